"""Whether something is up to date is decided by what the files hold, never by their dates."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ops.freshness import Stamp, digest


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A small tree of inputs."""
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "config.yml").write_text("language: vi\n")
    (tmp_path / "data" / "nlu" / "greet.vi.yml").write_text("chào bạn\n")
    return tmp_path


def inputs(clone: Path) -> str:
    return digest([clone / "config.yml", clone / "data", clone / "domain.yml"], clone)


def test_dates_do_not_matter(clone: Path) -> None:
    before = inputs(clone)
    os.utime(clone / "config.yml", (0, 0))
    assert inputs(clone) == before


def test_another_clone_of_the_same_files_is_the_same(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "clone"
    shutil.copytree(clone, other)
    assert inputs(other) == inputs(clone)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda clone: (clone / "config.yml").write_text("language: en\n"), id="content"),
        pytest.param(lambda clone: (clone / "data" / "nlu" / "new.yml").write_text(""), id="new empty file"),
        pytest.param(lambda clone: (clone / "data" / "nlu" / "greet.vi.yml").unlink(), id="file gone"),
        pytest.param(lambda clone: (clone / "data" / "nlu").rename(clone / "data" / "nlu2"), id="folder renamed"),
        pytest.param(lambda clone: (clone / "domain.yml").write_text("x"), id="missing input appears"),
    ],
)
def test_a_change_is_seen(clone: Path, change) -> None:
    before = inputs(clone)
    change(clone)
    assert inputs(clone) != before


def test_compiled_files_are_no_input(clone: Path) -> None:
    before = inputs(clone)
    (clone / "data" / "__pycache__").mkdir()
    (clone / "data" / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert inputs(clone) == before


def test_a_stamp_matches_only_its_own_inputs_and_only_while_the_product_is_there(tmp_path: Path) -> None:
    product = tmp_path / "truc.tar.gz"
    stamp = Stamp(product)
    assert not stamp.matches("abc"), "nothing was made yet"
    product.write_bytes(b"model")
    stamp.write("abc", seconds=3)
    assert stamp.matches("abc")
    assert not stamp.matches("abd")
    assert stamp.read()["seconds"] == 3
    product.unlink()
    assert not stamp.matches("abc")


def test_a_broken_stamp_counts_as_none(tmp_path: Path) -> None:
    product = tmp_path / "site.db"
    product.touch()
    Stamp(product).path.write_text("{half")
    assert not Stamp(product).matches("abc")
