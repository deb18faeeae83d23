"""The triggers that record every change and keep the search current, whoever writes: bot, console, shell.

The history's actor is the name in the one row of ``acting``. The API sets it within its own transaction and takes it
out before the commit, so that no other writer ever sees it; where it is empty, somebody wrote without the API: 'shell'.

``INSERT OR REPLACE`` deletes rows without firing delete triggers. A trigger before each insert therefore keeps the rows
that are about to be replaced in ``replaced``, and the one after it records them.

Search text is folded here as in guide.text: SQLite's tokenizer takes the diacritics off (``remove_diacritics 2``), and
đ, which has none to take off, becomes d by ``replace``.
"""

from __future__ import annotations

from typing import Collection, Iterator

from guide.sitedb.tables import SEARCHED, TABLES, Table

_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


def row_as_json(table: str, row: str) -> str:
    """A row as the history keeps it, as an SQL expression; ``row`` is the name it goes by in the query."""
    return _json(TABLES[table], row)


def _json(table: Table, row: str) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in table.columns) + ")"


def _subject(table: Table, row: str) -> str:
    """The subject that a row is about. A parent deleted just before its children is found in the history."""
    if table.subject is None:
        return "NULL"
    parent, dot, column = table.subject.partition(".")
    if not dot:
        return f"{row}.{table.subject}"
    here = f"SELECT {column} FROM {parent} WHERE id = {row}.{parent}"
    gone = f"SELECT subject FROM history WHERE tbl = '{parent}' AND row_key = {row}.{parent} ORDER BY id DESC LIMIT 1"
    return f"coalesce(({here}), ({gone}))"


def _record(table: Table, action: str, row: str, key: str, before: str, after: str, tail: str = "") -> str:
    return f"""INSERT INTO history (at, actor, batch, action, tbl, row_key, subject, before, after)
        SELECT {_NOW}, coalesce(acting.name, 'shell'), coalesce(acting.batch, {_NOW}), {action}, '{table.name}', {key},
        {_subject(table, row)}, {before}, {after} FROM acting {tail or "WHERE acting.recording"};"""


def _folded(value: str) -> str:
    return f"replace(replace({value}, char(273), 'd'), char(272), 'D')"


def search_rowid(table: str, row_id: str = "id") -> str:
    """The row of the search index that belongs to a row of a searched table, as an SQL expression."""
    return f"({row_id} * {len(SEARCHED)} + {SEARCHED.index(table)})"


def index_row(table: Table, row: str) -> str:
    """The statement that puts a row into the search index: names weigh more than other text."""
    named = "1" if table.name == "alias" else f"{row}.field = 'name'" if table.name == "text" else "0"
    text = _folded(f"{row}.value")
    return f"""INSERT INTO search (rowid, name, body, tbl, row) SELECT {search_rowid(table.name, row + ".id")},
        iif({named}, {text}, ''), iif({named}, '', {text}), '{table.name}', {row}.id"""


def _unindex(table: Table, row_id: str, where: str = "") -> str:
    if table.name not in SEARCHED:
        return ""
    return f"DELETE FROM search WHERE rowid IN (SELECT {search_rowid(table.name, row_id)} {where});"


def _index(table: Table) -> str:
    return index_row(table, "NEW") + ";" if table.name in SEARCHED else ""


_REVISION = "UPDATE revision SET number = number + 1;"


def _before_insert(table: Table) -> str:
    same = " AND ".join(f"old.{name} = NEW.{name}" for name in table.natural)
    return f"""CREATE TRIGGER {table.name}_replacing BEFORE INSERT ON {table.name} BEGIN
        DELETE FROM replaced WHERE tbl = '{table.name}';
        INSERT INTO replaced SELECT '{table.name}', old.id, {_json(table, "old")} FROM {table.name} AS old
        WHERE old.id = NEW.id OR ({same}); END"""


def _after_insert(table: Table) -> str:
    kept = f"FROM replaced WHERE tbl = '{table.name}'"
    before = f"(SELECT before {kept} AND row_key = NEW.id)"
    action = f"iif({before} IS NULL, 'insert', 'update')"
    gone = f", replaced WHERE acting.recording AND replaced.tbl = '{table.name}' AND replaced.row_key <> NEW.id"
    same = f"WHERE acting.recording AND {before} IS NOT {_json(table, 'NEW')}"
    return f"""CREATE TRIGGER {table.name}_inserted AFTER INSERT ON {table.name} BEGIN
        {_unindex(table, "row_key", kept)}
        {_record(table, "'delete'", "NEW", "replaced.row_key", "replaced.before", "NULL", gone)}
        {_record(table, action, "NEW", "NEW.id", before, _json(table, "NEW"), same)}
        DELETE {kept}; {_index(table)} {_REVISION} END"""


def _after_update(table: Table) -> str:
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in table.columns)
    record = _record(table, "'update'", "NEW", "NEW.id", _json(table, "OLD"), _json(table, "NEW"))
    return f"""CREATE TRIGGER {table.name}_updated AFTER UPDATE ON {table.name} WHEN {changed} BEGIN
        {_unindex(table, "OLD.id")} {record} {_index(table)} {_REVISION} END"""


def _before_delete(table: Table) -> str:
    # Before, not after: foreign keys delete the children in between, and they look their subject up in this record.
    record = _record(table, "'delete'", "OLD", "OLD.id", _json(table, "OLD"), "NULL")
    # Some connections (sqlite-utils' among them) set recursive_triggers, and then REPLACE comes by here as well.
    seen = f"DELETE FROM replaced WHERE tbl = '{table.name}' AND row_key = OLD.id;"
    return f"""CREATE TRIGGER {table.name}_deleted BEFORE DELETE ON {table.name} BEGIN
        {_unindex(table, "OLD.id")} {record} {seen} {_REVISION} END"""


def statements(tables: Collection[str]) -> Iterator[str]:
    """The statements that make the triggers of these tables; drop the old ones first where there are any."""
    for table in (TABLES[name] for name in TABLES if name in tables):
        yield from (_before_insert(table), _after_insert(table), _after_update(table), _before_delete(table))


def names() -> Iterator[str]:
    """The names of all triggers."""
    return (f"{table}_{event}" for table in TABLES for event in ("replacing", "inserted", "updated", "deleted"))
