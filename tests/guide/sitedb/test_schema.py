"""The schema, as the console's models and every other reader of the file rely on it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from guide.sitedb import DatabaseBroken, DatabaseMissing, SiteDb, schema
from guide.sitedb.connecting import SCHEMA_VERSION, connect
from guide.sitedb.tables import TABLES


@pytest.fixture
def empty() -> sqlite3.Connection:
    """A database with the schema and no facts."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(connection)
    return connection


def test_readers_know_the_number_of_migrations(empty: sqlite3.Connection) -> None:
    assert empty.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_migrating_twice_does_nothing(empty: sqlite3.Connection) -> None:
    assert schema.migrate(empty) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_key_of_one_column(empty: sqlite3.Connection, table: str) -> None:
    assert Database(empty)[table].pks == ["id"]


def test_no_migration_changes_a_table_behind_the_page_of_tables(empty: sqlite3.Connection) -> None:
    columns = {name: [column.name for column in Database(empty)[name].columns] for name in TABLES}
    assert columns == {name: list(table.columns) for name, table in TABLES.items()}


def test_languages_are_rows(empty: sqlite3.Connection) -> None:
    columns = {column for table in TABLES.values() for column in table.columns}
    assert not {column for column in columns if column.endswith(("_vi", "_en"))}


def test_the_file_is_in_wal_mode_with_foreign_keys_on(site: SiteDb) -> None:
    assert site.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert site.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert site.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_missing_database_is_named_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match=r"gone\.db.*\./run load"):
        SiteDb.open(tmp_path / "gone.db")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"this is no database, it only has its name" * 20, id="text"),
        pytest.param(b"", id="empty"),
        pytest.param(b"SQLite format 3\x00" + b"\xff" * 500, id="damaged"),
    ],
)
def test_a_broken_database_is_named_with_the_command_that_rebuilds_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "site.db").write_bytes(content)
    with pytest.raises(DatabaseBroken, match=r"site\.db.*\./run load"):
        SiteDb.open(tmp_path / "site.db")


def test_a_database_of_another_version_is_not_used(fresh_site: SiteDb) -> None:
    fresh_site.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DatabaseBroken, match="version 99"):
        connect(fresh_site.path, writable=False)
