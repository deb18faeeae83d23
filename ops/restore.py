"""``./run restore``: put a backup in place of what there is, which is kept beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from guide.sitedb import SiteDbError
from guide.sitedb.replicas import check
from ops.archive import BadBackup, unpack
from ops.backup import take
from ops.errors import OpsError
from ops.settings import Settings
from ops.state import State
from ops.valuables import POSTGRES, SQLITE, Valuable, valuables


class Running(OpsError):
    """The servers would go on writing to what is replaced."""

    def __init__(self) -> None:
        super().__init__("Trúc is running here. Stop it first (./run stop), or say --while-running.")


class NotRestored(OpsError):
    """A database of PostgreSQL could not be replaced."""


def restore(settings: Settings, file: Path, while_running: bool = False) -> Path:
    """Restore; the folder in which the former state is kept. Raises Running, BadBackup, NotRestored."""
    if State.read(settings.state) and not while_running:
        raise Running
    settings.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.var) as work:
        names = set(unpack(file, Path(work))["sha256"])
        given = [one for one in valuables(settings) if one.name in names]
        _check(file, Path(work), given)
        before = settings.var / f"before-restore-{datetime.now(timezone.utc):%Y-%m-%dT%H%M%S%f}Z"
        before.mkdir(mode=0o700)
        _replace_databases(Path(work), before, [one for one in given if one.kind == POSTGRES])
        for one in given:
            if one.kind != POSTGRES:
                _replace_file(Path(work) / one.name, one.path, before)
    return before


def _check(file: Path, folder: Path, given: list[Valuable]) -> None:
    for one in given:
        if one.kind == SQLITE:
            try:
                check(folder / one.name)
            except SiteDbError as fault:
                raise BadBackup(file, str(fault)) from fault


def _replace_file(new: Path, place: Path, before: Path) -> None:
    """The former file and what SQLite keeps beside it go to ``before``; the new one is there in one step."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_file():
        shutil.copy2(place, before / place.name)
    for journal in ("-wal", "-shm"):
        beside = place.with_name(place.name + journal)
        if beside.is_file():
            shutil.move(beside, before / beside.name)
    ready = place.with_name(f".{place.name}.{os.getpid()}")
    with open(os.open(ready, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out, new.open("rb") as content:
        shutil.copyfileobj(content, out)
    ready.replace(place)


def _replace_databases(folder: Path, before: Path, given: list[Valuable]) -> None:
    try:
        take(given, before)
        for one in given:
            how = ["--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={one.place}"]
            subprocess.run(["pg_restore", *how, str(folder / one.name)], check=True)
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotRestored(f"PostgreSQL was left as it was: {fault}") from fault
