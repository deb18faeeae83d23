"""Programs of the system that the tests need: found, installed where we may, else said what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ops import debian
from ops.debian import PROGRAMS, ProgramMissing, install, missing, program


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing installed; programs put into this folder are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(debian, "ELSEWHERE", ())
    return tmp_path


def put(folder: Path, name: str, script: str = "exit 0") -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize("package", PROGRAMS)
def test_a_program_is_found_under_any_of_its_names(package: str, empty_path: Path) -> None:
    assert package in missing()
    with pytest.raises(ProgramMissing, match=f"apt-get install {package}"):
        program(package)
    put(empty_path, PROGRAMS[package][-1])
    assert program(package) == str(empty_path / PROGRAMS[package][-1]) and package not in missing()


def test_what_is_missing_is_installed_without_starting_a_service(
    empty_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    put(empty_path, "apt-get", f'echo "$RUNLEVEL $*" >> {empty_path}/said')
    install(["redis-server"])
    update, installing = (empty_path / "said").read_text().splitlines()
    assert update.endswith(" update") and installing.startswith("1 ") and installing.endswith(" redis-server")


@pytest.mark.parametrize(
    ("user", "apt"),
    [
        pytest.param(1000, "exit 0", id="not-root"),
        pytest.param(0, None, id="not-debian"),
        pytest.param(0, "exit 100", id="apt-fails"),
    ],
)
def test_where_nothing_can_be_installed_it_says_what_to_do(
    empty_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, apt: str | None
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    if apt:
        put(empty_path, "apt-get", apt)
    with pytest.raises(ProgramMissing, match="sudo apt-get install redis-server chromium"):
        install(["redis-server", "chromium"])


def test_nothing_is_asked_of_apt_when_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("apt was called")

    monkeypatch.setattr(subprocess, "run", never)
    monkeypatch.setattr(shutil, "which", lambda name, path: f"/usr/bin/{name}")
    assert debian.missing() == []
    install(debian.missing())
