"""Copies of SQLite files that others go on writing: as they were at one moment, whole and checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from guide.sitedb.connecting import BUSY_MS, connect
from guide.sitedb.errors import DatabaseBroken, DatabaseMissing

NOT_FOR_READERS = ("history", "replaced", "unanswered", "ratings", "draft")
"""Tables that only the console reads. What staff did and what visitors asked has no business on other machines."""


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is now, compacted, without keeping writers waiting. ``target`` must not be there.

    Raises DatabaseMissing, DatabaseBroken.
    """
    if not source.is_file():
        raise DatabaseMissing(source)
    try:
        with closing(sqlite3.connect(source, timeout=BUSY_MS / 1000)) as database:
            database.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as fault:
        raise DatabaseBroken(source, str(fault)) from fault


def copy_for_readers(source: Path, target: Path) -> int:
    """Copy the site database without what its readers have no need of; return the version that was copied."""
    copy(source, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = ON")
        there = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in there & set(NOT_FOR_READERS):
            database.execute(f"DELETE FROM {table}")
        database.execute("VACUUM")
        number: int = database.execute("SELECT number FROM revision").fetchone()[0]
    return number


def check(path: Path) -> None:
    """Read all of a SQLite file. Raises DatabaseBroken where anything in it is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            [(verdict,), *_] = database.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.Error as fault:
        raise DatabaseBroken(path, str(fault)) from fault
    if verdict != "ok":
        raise DatabaseBroken(path, str(verdict))


def check_site(path: Path) -> None:
    """Whether this is a site database that this program can read. Raises DatabaseBroken."""
    check(path)
    connect(path, writable=False).close()
