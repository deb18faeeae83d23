"""What belongs to a subject in numbers: lists of other subjects, lists of texts, rows of other tables, sources.

Read as plain lists, and set as a whole: rows that stay as they are are left alone, so that the history tells only of
what has changed.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Iterator, Mapping, Sequence

from guide.sitedb import fields as f
from guide.sitedb.records import LANGUAGES
from guide.sitedb.tables import TABLES
from guide.sitedb.writing import Writer

SOURCES = "sources"


def read(connection: sqlite3.Connection, kind: str, key: str) -> dict[str, Any]:
    """All lists of a subject by field: ``stops``, ``goals.vi``, ``operators.``, ``editions``."""
    found: dict[str, Any] = {}
    for name, role in f.LISTS.get(kind, {}).items():
        query = "SELECT target FROM relation WHERE subject = ? AND role = ? ORDER BY position"
        found[name] = [target for (target,) in connection.execute(query, (key, role))]
    for name, spoken in f.LISTED.get(kind, {}).items():
        for lang in LANGUAGES if spoken else ("",):
            found[f"{name}.{lang}"] = [value for _, value in _listed(connection, key, name, lang)]
    for name, part in f.PARTS.get(kind, {}).items():
        found[name] = [{column: row[column] for column in part.columns} for row in _rows(connection, key, part)]
    return found


def sources(connection: sqlite3.Connection, kind: str, key: str) -> list[str]:
    """The sources of a subject that has them as a whole."""
    query = "SELECT source FROM subject_source WHERE subject = ? ORDER BY position"
    return [id_ for (id_,) in connection.execute(query, (key,))]


def is_part(kind: str, field: str) -> bool:
    """Whether a field is a list of one of these kinds."""
    name = field.partition(".")[0]
    whole = name == SOURCES and kind in f.SOURCED_AS_A_WHOLE
    return whole or any(name in known.get(kind, {}) for known in (f.LISTS, f.LISTED, f.PARTS))  # type: ignore[attr-defined]


def set_part(connection: sqlite3.Connection, writer: Writer, kind: str, key: str, field: str, value: Any) -> None:
    """Set one of these lists; Invalid where a row of it cannot be."""
    name, _, lang = field.partition(".")
    if name == SOURCES:
        _set_sources(connection, writer, key, value or ())
    elif name in f.PARTS.get(kind, {}):
        _set_rows(connection, writer, key, name, f.PARTS[kind][name], value or ())
    elif name in f.LISTED.get(kind, {}):
        _set_listed(connection, writer, key, name, lang, value or ())
    elif value != read(connection, kind, key)[name]:
        writer.set(f"{kind}/{key.partition('/')[2]}", name, value or [])


def _listed(connection: sqlite3.Connection, key: str, name: str, lang: str) -> list[tuple[int, str]]:
    query = "SELECT field, value FROM text WHERE subject = ? AND lang = ? AND field GLOB ?"
    numbered = ((int(field.rpartition(".")[2]), value) for field, value in connection.execute(
        query, (key, lang, f"{name}.[0-9]*")
    ))  # fmt: skip
    return sorted(numbered)


def _set_listed(
    connection: sqlite3.Connection, writer: Writer, key: str, name: str, lang: str, wanted: Sequence[str]
) -> None:
    there = {number for number, _ in _listed(connection, key, name, lang)}
    for number, text in enumerate(wanted, 1):
        writer.put_text("text", "subject", key, f"{name}.{number}", lang, text)
    for number in there - set(range(1, len(wanted) + 1)):
        connection.execute(
            "DELETE FROM text WHERE subject = ? AND field = ? AND lang = ?", (key, f"{name}.{number}", lang)
        )


def _rows(connection: sqlite3.Connection, key: str, part: f.Part) -> Iterator[dict[str, Any]]:
    columns = TABLES[part.table].columns
    where = "".join(f" AND {name} = ?" for name in part.fixed)
    order = "position" if "position" in columns else ", ".join(TABLES[part.table].natural[1:])
    query = f"SELECT {', '.join(columns)} FROM {part.table} WHERE subject = ?{where} ORDER BY {order}"
    for row in connection.execute(query, (key, *part.fixed.values())):
        yield dict(zip(columns, row, strict=True))


def _set_rows(
    connection: sqlite3.Connection,
    writer: Writer,
    key: str,
    field: str,
    part: f.Part,
    wanted: Sequence[Mapping[str, Any]],
) -> None:
    table = TABLES[part.table]
    there = {tuple(row[name] for name in table.natural): row for row in _rows(connection, key, part)}
    for number, given in enumerate(wanted):
        at = {"position": number} if "position" in table.columns else {}
        row = {**dict.fromkeys(part.columns), **part.fixed, **given, **at, "subject": key}
        checked = writer.check.row(part.table, row, row, f"{field}[{number + 1}]")
        old = there.pop(tuple(checked[name] for name in table.natural), None)
        if old and all(old[name] == value for name, value in checked.items()):
            continue
        source = {"source": writer.staff_source()} if "source" in table.columns else {}
        if old:
            writer.update_row(part.table, {**old, **checked, **source})
        else:
            writer.insert_row(part.table, **checked, **source)
    for row in there.values():
        connection.execute(f"DELETE FROM {part.table} WHERE id = ?", (row["id"],))


def _set_sources(connection: sqlite3.Connection, writer: Writer, key: str, wanted: Sequence[str]) -> None:
    there = set(sources(connection, "", key))
    for id_ in there - set(wanted):
        connection.execute("DELETE FROM subject_source WHERE subject = ? AND source = ?", (key, id_))
    for position, id_ in enumerate(wanted):
        if id_ not in there:
            row = {"subject": key, "source": id_, "position": position}
            writer.insert_row("subject_source", **writer.check.row("subject_source", row, row, SOURCES))
