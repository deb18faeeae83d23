"""What a load has to do: the files' rows, the database's rows and the hashes of the last load, compared."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any, Iterator, NamedTuple, Optional

from guide.sitedb.collecting import Collected, Key, Row
from guide.sitedb.tables import TABLES

Present = dict[str, dict[Key, dict[str, Any]]]


class Difference(NamedTuple):
    """A value of the files that the database does not have, because staff changed or deleted it.

    ``subject`` whose value it is; ``present`` and ``shipped`` are None where the row is not there.
    """

    subject: Optional[str]
    table: str
    what: str
    present: Any
    shipped: Any

    def __str__(self) -> str:
        present, shipped = ("nothing" if value is None else repr(value) for value in (self.present, self.shipped))
        return f"{self.subject or self.table} {self.what}: staff have {present}, the files have {shipped}"


@dataclass
class Plan:
    """Rows to insert, rows to update (with their primary key), primary keys to delete, and what is left to staff."""

    base: dict[str, str]
    inserts: list[Row] = field(default_factory=list)
    updates: list[tuple[Row, Any]] = field(default_factory=list)
    deletes: list[tuple[str, Any]] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    left: set[str] = field(default_factory=set)


def identity(table: str, key: Key) -> str:
    """A row's name in the table ``loaded``."""
    return "|".join([table, *map(str, key)])


def row_hash(table: str, values: dict[str, Any]) -> str:
    """A fingerprint of a row, without a primary key that SQLite gave out."""
    spec = TABLES[table]
    given_out = spec.numbered and spec.natural != ("id",)
    said = [values[name] for name in spec.columns if not (given_out and name == "id")]
    return hashlib.blake2b(json.dumps(said, ensure_ascii=False).encode("utf-8"), digest_size=12).hexdigest()


def present_rows(connection: sqlite3.Connection) -> Present:
    """All rows of the fact tables, by table and natural key."""
    found: Present = {}
    for name, table in TABLES.items():
        columns = list(table.columns)
        rows = (
            dict(zip(columns, row, strict=True))
            for row in connection.execute(f"SELECT {', '.join(columns)} FROM {name}")
        )
        found[name] = {tuple(row[key] for key in table.natural): row for row in rows}
    return found


def plan(connection: sqlite3.Connection, collected: Collected, overwrite: bool) -> Plan:
    """Compare, without writing."""
    todo = Plan(dict(connection.execute("SELECT id, hash FROM loaded")))
    present = present_rows(connection)
    for row in collected:
        _place(todo, row, present[row.table].get(row.key), overwrite)
    _drop_orphans(todo, present)
    _retire(todo, collected, present, overwrite)
    return todo


def _place(todo: Plan, row: Row, there: Optional[dict[str, Any]], overwrite: bool) -> None:
    """Decide about one row of the files."""
    name = identity(row.table, row.key)
    shipped, base = row_hash(row.table, row.values), todo.base.get(name)
    if there is None:
        if base is None or overwrite:
            todo.inserts.append(row)
        else:
            _leave(
                todo,
                name,
                Difference(_about(row.values), row.table, _what(row.values), None, row.values.get("value", "a row")),
            )
        return
    now = row_hash(row.table, there)
    if now == shipped:
        return
    if now == base or overwrite:
        todo.updates.append((row, there["id"]))
        return
    for column, value in row.values.items():
        if column != "id" and there[column] != value:
            what = _what(row.values) if column == "value" else column
            _leave(todo, name, Difference(_about(row.values), row.table, what, there[column], value))


def _leave(todo: Plan, name: str, difference: Difference) -> None:
    todo.left.add(name)
    todo.kept.append(difference)


def _about(values: dict[str, Any]) -> Optional[str]:
    """The subject that a row is about, as far as the row itself says; the id of a fact or price otherwise."""
    own = values.get("subject") or values.get("id")
    return (
        own
        if isinstance(own, str)
        else next((f"{name} {values[name]}" for name in ("fact", "price", "notice") if name in values), None)
    )


def _what(values: dict[str, Any]) -> str:
    parts = [str(values[name]) for name in ("field", "lang", "role", "topic", "value") if values.get(name)][:2]
    return " ".join(parts)


def _drop_orphans(todo: Plan, present: Present) -> None:
    """Take back inserts below something that staff deleted: the deletion stands for all of it."""
    there = {name: {row["id"] for row in rows.values()} for name, rows in present.items()}
    for row in todo.inserts:
        there[row.table].add(row.values["id"])
    while True:
        orphans = [
            row
            for row in todo.inserts
            if any(target not in there[table] for table, target in _targets(row.table, row.values))
        ]
        if not orphans:
            return
        for row in orphans:
            todo.inserts.remove(row)
            todo.left.add(identity(row.table, row.key))
            there[row.table].discard(row.values["id"])


def _targets(table: str, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, column in TABLES[table].references():
        if column.ref and values[name] is not None:
            yield column.ref, values[name]


def _retire(todo: Plan, collected: Collected, present: Present, overwrite: bool) -> None:
    """Decide about rows that the files no longer have: away with them, unless staff edited or built upon them."""
    going: dict[tuple[str, Any], tuple[str, dict[str, Any]]] = {}
    for table, rows in present.items():
        for key, values in rows.items():
            name = identity(table, key)
            if name not in todo.base or key in collected.rows[table]:
                continue
            if row_hash(table, values) == todo.base[name] or overwrite:
                going[table, values["id"]] = (name, values)
            else:
                _leave(todo, name, Difference(_about(values), table, _what(values), values.get("value", "a row"), None))
    _spare_parents(todo, present, going)
    todo.deletes = list(going)


def _spare_parents(todo: Plan, present: Present, going: dict[tuple[str, Any], tuple[str, dict[str, Any]]]) -> None:
    """Keep what a staying row needs, and with a subject all its rows: half a place is worse than an old one."""
    if not going:
        return
    staying = [
        (table, values)
        for table, rows in present.items()
        for values in rows.values()
        if (table, values["id"]) not in going
    ]
    staying += [(row.table, row.values) for row in todo.inserts]
    while staying:
        needed = {target for table, values in staying for target in _targets(table, values) if target in going}
        subjects = {id_ for table, id_ in needed if table == "subject"}
        needed |= {key for key, (_, values) in going.items() if {values.get("subject"), values["id"]} & subjects}
        needed |= {
            key
            for key, (_, values) in going.items()
            if ("fact", values.get("fact")) in needed or ("price", values.get("price")) in needed
        }
        staying = []
        for key in needed:
            name, values = going.pop(key)
            _leave(todo, name, Difference(_about(values), key[0], _what(values), "a row that others need", None))
            staying.append((key[0], values))
