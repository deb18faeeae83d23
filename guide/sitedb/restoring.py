"""Taking back more than one change: all that was saved together, a subject as it was at a moment, what was deleted."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone
from typing import Any, Iterable, NamedTuple, Optional

from guide.refs import Ref
from guide.sitedb import fields as f
from guide.sitedb.errors import NoSuchChange, RevertConflict
from guide.sitedb.history import FIELDS, batch_of, change_of, row_now
from guide.sitedb.records import Change
from guide.sitedb.tables import TABLES

Row = Optional[dict[str, Any]]


class Deleted(NamedTuple):
    """A subject or statement that was deleted and is still gone; ``rows`` counts what went with it, by table."""

    change: Change
    name: dict[str, str]
    rows: dict[str, int]


def revert_batch(connection: sqlite3.Connection, batch: str) -> int:
    """Undo all that was written together, within ``acting``; their number. RevertConflict where one was built on."""
    changes = batch_of(connection, batch)
    if not changes:
        raise NoSuchChange(0)
    rows = _rows(changes)
    for key, (_, last) in rows.items():
        if row_now(connection, *key) != last.after:
            raise RevertConflict(last.id, f"{last.table} {last.row_key}", None)
    _put_back(connection, rows)
    return _mark(connection, changes)


def restore(connection: sqlite3.Connection, ref: Ref | str, moment: datetime) -> int:
    """Make a subject and all that is said about it what it was at a moment, within ``acting``; the number of rows."""
    at = moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    query = f"SELECT {FIELDS} FROM history WHERE subject = ? AND at > ? AND tbl <> 'source' ORDER BY id"
    rows = _rows(change_of(row) for row in connection.execute(query, (str(ref), f"{at}.999Z")))
    different = {key: pair for key, pair in rows.items() if row_now(connection, *key) != pair[0].before}
    _put_back(connection, different)
    return len(different)


def deleted(connection: sqlite3.Connection, limit: int) -> list[Deleted]:
    """What was deleted and is still gone, the latest first: subjects, and statements that did not go with a subject."""
    kinds = ("subject", *f.STATEMENTS)
    marks = ", ".join("?" * len(kinds))
    query = f"""SELECT {FIELDS} FROM history WHERE action = 'delete' AND reverted_by IS NULL AND tbl IN ({marks})
        AND (tbl = 'subject' OR NOT EXISTS (SELECT 1 FROM history AS whole WHERE whole.batch = history.batch
        AND whole.action = 'delete' AND whole.tbl = 'subject' AND whole.row_key = history.subject))
        ORDER BY id DESC LIMIT ?"""
    changes = [change_of(row) for row in connection.execute(query, (*kinds, limit))]
    return [_deleted(connection, each) for each in changes if row_now(connection, each.table, each.row_key) is None]


def _deleted(connection: sqlite3.Connection, change: Change) -> Deleted:
    with_it = [
        each for each in batch_of(connection, change.batch)
        if each.action == "delete" and (each.subject == change.row_key or _is_text_of(change, each) or each == change)
    ]  # fmt: skip
    count: dict[str, int] = {}
    for each in with_it:
        count[each.table] = count.get(each.table, 0) + 1
    said = [each.before or {} for each in with_it if each.table in ("text", f"{change.table}_text")]
    first = "name" if change.table == "subject" else f.TEXTS[change.table][0]
    return Deleted(change, {row["lang"]: row["value"] for row in said if row["field"] == first}, count)


def _is_text_of(change: Change, other: Change) -> bool:
    return other.table == f"{change.table}_text" and str((other.before or {}).get(change.table)) == change.row_key


def _rows(changes: Iterable[Change]) -> dict[tuple[str, str], tuple[Change, Change]]:
    """The first and the last of the changes of each row."""
    found: dict[tuple[str, str], tuple[Change, Change]] = {}
    for change in changes:
        key = (change.table, change.row_key)
        found[key] = (found[key][0] if key in found else change, change)
    return found


def _put_back(connection: sqlite3.Connection, rows: dict[tuple[str, str], tuple[Change, Change]]) -> None:
    """Each row as it was before the first of its changes; what was not there goes first, so that nothing collides."""
    order = list(TABLES)
    for key in sorted(rows, key=lambda key: order.index(key[0]), reverse=True):
        if rows[key][0].before is None and row_now(connection, *key) is not None:
            _delete(connection, rows[key])
    for key in sorted(rows, key=lambda key: order.index(key[0])):
        before = rows[key][0].before
        if before is not None:
            _write(connection, key, before)


def _delete(connection: sqlite3.Connection, changes: tuple[Change, Change]) -> None:
    first, last = changes
    if first.table == "source" and _in_use(connection, first.row_key):
        return  # somebody else rests upon it by now
    connection.execute(f"DELETE FROM {first.table} WHERE id = ?", ((last.after or first.after or {})["id"],))


def _in_use(connection: sqlite3.Connection, source: str) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM {name} WHERE {column} = ? LIMIT 1", (source,)).fetchone()
        for name, table in TABLES.items()
        for column, spec in table.references()
        if spec.ref == "source"
    )


def _write(connection: sqlite3.Connection, key: tuple[str, str], row: dict[str, Any]) -> None:
    table = key[0]
    names = [name for name in TABLES[table].columns if name in row]
    if row_now(connection, *key) is None:
        marks = ", ".join("?" * len(names))
        query = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
        connection.execute(query, [row[name] for name in names])
    else:
        assigned = ", ".join(f"{name} = ?" for name in names)
        connection.execute(f"UPDATE {table} SET {assigned} WHERE id = ?", [*(row[name] for name in names), row["id"]])


def _mark(connection: sqlite3.Connection, changes: list[Change]) -> int:
    for each in changes:
        by = "SELECT max(id) FROM history WHERE tbl = ? AND row_key = ?"
        connection.execute(f"UPDATE history SET reverted_by = ({by}) WHERE id = ?", (each.table, each.row_key, each.id))
    return len(changes)
