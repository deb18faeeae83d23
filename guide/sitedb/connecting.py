"""Opens the database file, for reading or for writing, and says clearly when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from guide.sitedb.errors import DatabaseBroken, DatabaseMissing

SCHEMA_VERSION = 9  # the number of migrations (a test holds it equal): readers need not import them to compare
BUSY_MS = 5000  # how long to wait for another writer


def default_path() -> Path:
    """Where the site database is: environment TRUC_SITE_DB, else var/site.db below the working directory."""
    return Path(os.environ.get("TRUC_SITE_DB") or "var/site.db")


def connect(path: Path, writable: bool) -> sqlite3.Connection:
    """A connection to an existing, current database; DatabaseMissing or DatabaseBroken otherwise.

    It is in autocommit mode: transactions are begun where they are meant.
    """
    if not path.is_file():
        raise DatabaseMissing(path)
    try:
        connection = open_file(path)
        _check(connection, path)
        connection.execute(f"PRAGMA query_only = {0 if writable else 1}")
    except sqlite3.Error as error:
        raise DatabaseBroken(path, str(error)) from error
    return connection


def open_file(path: Path) -> sqlite3.Connection:
    """A connection set up as every one of ours is. It makes the file when there is none."""
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")  # safe with WAL; a power cut may lose the last write, no more
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        reason = f"its schema has version {version}, this program needs {SCHEMA_VERSION}"
        raise DatabaseBroken(path, reason if version else "it is no site database")
    connection.execute("SELECT number FROM revision").fetchone()
