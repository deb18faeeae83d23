"""Who changed what: setting the actor for the triggers, reading the history, undoing a change."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Iterator, Optional

from guide.refs import Ref
from guide.sitedb.errors import NoSuchChange, RevertConflict
from guide.sitedb.records import Change
from guide.sitedb.tables import TABLES
from guide.sitedb.triggers import row_as_json

# The columns of the history that a Change is made from.
FIELDS = "id, at, actor, action, tbl, row_key, before, after, reverted_by, subject, batch"


@contextmanager
def acting(connection: sqlite3.Connection, actor: str) -> Iterator[sqlite3.Connection]:
    """A transaction whose changes the history puts down to ``actor``, all under one batch; undone when it fails.

    ``connection`` is any connection to the site database in autocommit mode, a Django one's inner connection included.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        batch = "(SELECT coalesce(max(id), 0) + 1 FROM history)"
        connection.execute(f"UPDATE acting SET name = ?, batch = {batch}", (actor,))
        yield connection
        connection.execute("UPDATE acting SET name = NULL, batch = NULL")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def history(connection: sqlite3.Connection, ref: Optional[Ref | str], limit: int) -> list[Change]:
    """The changes of a subject (or of one row, such as ``fact/12``; None: of everything), newest first."""
    where, values = _about(ref)
    rows = connection.execute(f"SELECT {FIELDS} FROM history {where} ORDER BY id DESC LIMIT ?", (*values, limit))
    return [change_of(row) for row in rows]


def last(connection: sqlite3.Connection) -> int:
    """The number of the latest change; 0 when there is none."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()[0]
    return number


def between(connection: sqlite3.Connection, first: int, last: Optional[int] = None) -> list[Change]:
    """The changes with these numbers (to the latest, without ``last``), newest first."""
    query = f"SELECT {FIELDS} FROM history WHERE id >= ? AND id <= coalesce(?, id) ORDER BY id DESC"
    return [change_of(row) for row in connection.execute(query, (first, last))]


def _about(ref: Optional[Ref | str]) -> tuple[str, tuple[str, ...]]:
    if ref is None:
        return "", ()
    table, _, key = str(ref).partition("/")
    if table in TABLES and TABLES[table].numbered:
        return "WHERE tbl = ? AND row_key = ?", (table, key)
    return "WHERE subject = ?", (str(ref),)


def change_of(row: tuple[Any, ...]) -> Change:
    """A change from a row of ``FIELDS``."""
    id_, at, actor, action, table, key, before, after, reverted_by, subject, batch = row
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    return Change(id_, moment, actor, action, table, key, _parsed(before), _parsed(after), reverted_by, subject, batch)


def _parsed(text: Optional[str]) -> Optional[dict[str, Any]]:
    return None if text is None else json.loads(text)


def revert(connection: sqlite3.Connection, change_id: int) -> list[int]:
    """Undo a change, within ``acting``; returns the ids of all changes undone.

    Undoing the insert or the delete of a row takes along what was inserted or deleted with it and belongs to it: the
    texts of a place, the rows that a deletion took away. RevertConflict when a row is no longer as the change left it,
    or when something was built upon it since.
    """
    change = _get(connection, change_id)
    group = [change, *_companions(connection, change)]
    for each in group:
        _check_unchanged(connection, change, each)
    if change.action == "insert":
        _check_unused(connection, change, group)
    for each in group:
        _undo(connection, each)
        connection.execute(
            "UPDATE history SET reverted_by = (SELECT max(id) FROM history WHERE tbl = ? AND row_key = ?) WHERE id = ?",
            (each.table, each.row_key, each.id),
        )
    return [each.id for each in group]


def batch_of(connection: sqlite3.Connection, batch: str) -> list[Change]:
    """All that was written together, oldest first."""
    rows = connection.execute(f"SELECT {FIELDS} FROM history WHERE batch = ? ORDER BY id", (batch,))
    return [change_of(row) for row in rows]


def find(connection: sqlite3.Connection, change_id: int) -> Optional[Change]:
    """One change, or None."""
    try:
        return _get(connection, change_id)
    except NoSuchChange:
        return None


def _get(connection: sqlite3.Connection, change_id: int) -> Change:
    row = connection.execute(f"SELECT {FIELDS} FROM history WHERE id = ?", (change_id,)).fetchone()
    if row is None:
        raise NoSuchChange(change_id)
    return change_of(row)


def _row(change: Change) -> dict[str, Any]:
    return change.after or change.before or {}


def _companions(connection: sqlite3.Connection, change: Change) -> list[Change]:
    """What the same batch inserted or deleted below this row, at any depth, and references that its going emptied."""
    if change.action == "update":
        return []
    same = "SELECT batch FROM history WHERE id = ?"
    rows = connection.execute(
        f"SELECT {FIELDS} FROM history WHERE batch = ({same}) AND action IN (?, ?) AND id <> ? ORDER BY id",
        (change.id, change.action, "update" if change.action == "delete" else change.action, change.id),
    )
    others, members = [change_of(row) for row in rows], {(change.table, change.row_key)}
    found: list[Change] = []
    while True:
        joining = [other for other in others if _led_to(other, members)]
        if not joining:
            return sorted(found, key=lambda each: each.id)
        found += joining
        members |= {(other.table, other.row_key) for other in joining if other.action != "update"}
        others = [other for other in others if other not in joining]


def _led_to(change: Change, members: set[tuple[str, str]]) -> bool:
    """Whether the row that was inserted or deleted has a reference to a member, or the update took such a one out."""
    row, after = (change.before or {}, change.after or {}) if change.action == "update" else (_row(change), {})
    references = [
        name for name, column in TABLES[change.table].references() if (column.ref, str(row.get(name))) in members
    ]
    return any(after.get(name) != row[name] for name in references)


def _check_unchanged(connection: sqlite3.Connection, asked: Change, change: Change) -> None:
    if row_now(connection, change.table, change.row_key) != change.after:
        raise RevertConflict(asked.id, f"{change.table} {change.row_key}", _later(connection, change))


def row_now(connection: sqlite3.Connection, table: str, key: str) -> Optional[dict[str, Any]]:
    """A row as the history would keep it; None where there is none."""
    query = f"SELECT {row_as_json(table, 'now')} FROM {table} AS now WHERE now.id = ?"
    there = connection.execute(query, (int(key) if TABLES[table].numbered else key,)).fetchone()
    return _parsed(there[0]) if there else None


def _later(connection: sqlite3.Connection, change: Change) -> Optional[str]:
    later = "SELECT id, actor, at FROM history WHERE tbl = ? AND row_key = ? AND id > ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(later, (change.table, change.row_key, change.id)).fetchone()
    return f"'{row[1]}' in change {row[0]} of {row[2][:16].replace('T', ' ')} UTC" if row else None


def _check_unused(connection: sqlite3.Connection, asked: Change, group: list[Change]) -> None:
    """Nothing outside the group may lead to a row that is about to go."""
    members = {(each.table, each.row_key) for each in group}
    for each in group:
        for name, table in TABLES.items():
            for column, spec in table.references():
                if spec.ref != each.table:
                    continue
                for (id_,) in connection.execute(f"SELECT id FROM {name} WHERE {column} = ?", (_key(each),)):
                    if (name, str(id_)) not in members:
                        raise RevertConflict(asked.id, f"{name} {id_} was built upon {each.table} {each.row_key}", None)


def _key(change: Change) -> Any:
    return _row(change)["id"]


def _undo(connection: sqlite3.Connection, change: Change) -> None:
    if change.action == "insert":
        connection.execute(f"DELETE FROM {change.table} WHERE id = ?", (_key(change),))
        return
    before = change.before or {}
    names = [name for name in TABLES[change.table].columns if name in before]
    values = [before[name] for name in names]
    if change.action == "delete":
        marks = ", ".join("?" * len(names))
        connection.execute(f"INSERT INTO {change.table} ({', '.join(names)}) VALUES ({marks})", values)
    else:
        assigned = ", ".join(f"{name} = ?" for name in names)
        connection.execute(f"UPDATE {change.table} SET {assigned} WHERE id = ?", (*values, _key(change)))
