"""``load``: from data/facts into the database, all or nothing, and never over what staff have written.

The loader remembers a hash of every row it wrote (table ``loaded``). A row whose hash still fits is the loader's to
change or take away; any other was edited by somebody, stays as it is and is named in the report.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, Optional

from guide.sitedb import files, schema
from guide.sitedb.checking import check
from guide.sitedb.collecting import Collected, Row
from guide.sitedb.connecting import SCHEMA_VERSION, connect, open_file
from guide.sitedb.errors import DatabaseBroken, LoadErrors, Unwritable
from guide.sitedb.merging import Difference, Plan, identity, plan, row_hash

ACTOR = "load"


@dataclass(frozen=True)
class LoadReport:
    """What a load did. ``kept``: differences left because staff made them; ``aside``: where a broken file went."""

    path: Path
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    kept: tuple[Difference, ...] = ()
    created: bool = False
    aside: Optional[Path] = None

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.inserted or self.updated or self.deleted)

    def __str__(self) -> str:
        """The report in sentences."""
        return "\n".join([*self._did(), *self._left()])

    def _did(self) -> Iterator[str]:
        if self.aside:
            yield f"The database could not be used; it was moved to {self.aside} and built anew."
        if self.created:
            yield f"{self.path}: built, {self.inserted} rows."
        elif self.changed:
            yield f"{self.path}: {self.inserted} rows added, {self.updated} changed, {self.deleted} taken away."
        else:
            yield f"{self.path}: up to date."

    def _left(self) -> Iterator[str]:
        if self.kept:
            yield f"Left as staff have them ({len(self.kept)}; load with --overwrite to take the files' values):"
            yield from (f"  {difference}" for difference in self.kept)


def load(facts_dir: Path | str, path: Path | str, overwrite: bool = False) -> LoadReport:
    """Bring the database up to the files; LoadErrors with every mistake of the files, and then nothing is written.

    There is one transaction: readers see all of it or nothing. ``overwrite`` gives up what staff changed in rows that
    the files have. A database that cannot be read is moved aside and built anew.
    """
    collected, path = read_facts(facts_dir), Path(path)
    try:
        return _load(collected, path, overwrite)
    except (sqlite3.OperationalError, OSError) as error:
        raise Unwritable(path, error) from error


def _load(collected: Collected, path: Path, overwrite: bool) -> LoadReport:
    if not path.exists():
        return _create(collected, path)
    try:
        connect(path, writable=True).close()
    except DatabaseBroken:
        if not _migrated(path):
            return _create(collected, path, aside=_move_aside(path))
    connection = connect(path, writable=True)
    try:
        return _merge(connection, collected, path, overwrite)
    finally:
        connection.close()


def read_facts(facts_dir: Path | str) -> Collected:
    """The rows that the files stand for; LoadErrors when they have mistakes."""
    collected = files.read(Path(facts_dir))
    problems = check(collected)
    if problems:
        raise LoadErrors(files.with_lines(problems, Path(facts_dir)))
    return collected


def build(facts_dir: Path | str, path: Path | str) -> Path:
    """A new database from the files, in place of one that may be there. It appears when it is complete."""
    return _create(read_facts(facts_dir), Path(path)).path


def _create(collected: Collected, path: Path, aside: Optional[Path] = None) -> LoadReport:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    _remove(new)
    connection = open_file(new)
    try:
        schema.migrate(connection)
        _fill(connection, collected)
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
    _remove(path)
    os.replace(new, path)
    return LoadReport(path, inserted=sum(1 for _ in collected), created=True, aside=aside)


def _fill(connection: sqlite3.Connection, collected: Collected) -> None:
    """Write all rows. The history does not list them one by one: it begins with the first change after this."""
    connection.execute("PRAGMA synchronous = OFF")  # the file is not in use yet
    connection.execute("BEGIN")
    connection.execute("PRAGMA defer_foreign_keys = ON")  # a place may come before the one that contains it
    connection.execute("UPDATE acting SET recording = 0")
    for row in collected:
        _insert(connection, row)
    _remember(connection, collected)
    connection.execute("UPDATE acting SET recording = 1")
    connection.execute("COMMIT")
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.execute("ANALYZE")


def _migrated(path: Path) -> bool:
    """Whether the file is an older database of ours, now brought up to date."""
    try:
        connection = open_file(path)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
                return False
            schema.migrate(connection)
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION)
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def _move_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    os.replace(path, aside)
    _remove(path)
    return aside


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _merge(connection: sqlite3.Connection, collected: Collected, path: Path, overwrite: bool) -> LoadReport:
    connection.execute("BEGIN IMMEDIATE")
    try:
        todo = plan(connection, collected, overwrite)
        _write(connection, todo)
        _remember(connection, collected, todo)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return LoadReport(path, len(todo.inserts), len(todo.updates), len(todo.deletes), tuple(todo.kept))


def _write(connection: sqlite3.Connection, todo: Plan) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    batch = "SELECT coalesce(max(id), 0) + 1 FROM history"
    connection.execute(f"UPDATE acting SET name = ?, batch = ({batch})", (ACTOR,))
    for table, id_ in todo.deletes:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))
    for row, id_ in todo.updates:
        names = [name for name in row.values if name != "id"]
        assigned = ", ".join(f"{name} = ?" for name in names)
        values = [*(row.values[name] for name in names), id_]
        connection.execute(f"UPDATE {row.table} SET {assigned} WHERE id = ?", values)
    for row in todo.inserts:
        _insert(connection, row)
    connection.execute("UPDATE acting SET name = NULL, batch = NULL")


def _insert(connection: sqlite3.Connection, row: Row) -> None:
    marks = ", ".join("?" * len(row.values))
    connection.execute(f"INSERT INTO {row.table} ({', '.join(row.values)}) VALUES ({marks})", list(row.values.values()))


def _remember(connection: sqlite3.Connection, rows: Iterable[Row], todo: Optional[Plan] = None) -> None:
    """Write down what the loader now stands for; what it left to staff keeps the hash of the load before."""
    left = todo.left if todo else set()
    hashes = {identity(row.table, row.key): row_hash(row.table, row.values) for row in rows}
    kept = {key: todo.base[key] for key in left if key in todo.base} if todo else {}
    fresh = {**{key: value for key, value in hashes.items() if key not in left}, **kept}
    old = todo.base if todo else {}
    connection.executemany("DELETE FROM loaded WHERE id = ?", [(key,) for key in old if key not in fresh])
    changed = [(key, value) for key, value in fresh.items() if old.get(key) != value]
    connection.executemany("INSERT OR REPLACE INTO loaded VALUES (?, ?)", changed)


__all__ = ["Difference", "LoadReport", "build", "load", "read_facts"]
