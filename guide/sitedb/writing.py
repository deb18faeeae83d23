"""Changes by hand: each is validated as the loader does and made within ``acting``: the history knows by whom."""

from __future__ import annotations

import difflib
import sqlite3
from datetime import date
from typing import Any, Mapping, Optional

from guide.refs import Ref
from guide.sitedb import fields as f
from guide.sitedb import values as v
from guide.sitedb.errors import Invalid, NotFound
from guide.sitedb.problems import Problem
from guide.sitedb.tables import TABLES
from guide.sitedb.validating import RowCheck

STAFF_SOURCE = "staff"


class Writer:
    """Changes within one ``acting`` transaction. ``today`` dates what staff enter; None leaves it undated."""

    def __init__(self, connection: sqlite3.Connection, today: Optional[date]) -> None:
        self._db, self._today, self.check = connection, today, RowCheck(connection)

    # setting

    def set(
        self, ref: Ref | str, field: str, value: Any, lang: Optional[str] = None, source: Optional[str] = None
    ) -> None:
        """Set a column, a text (with its language) or a list of subjects; None takes it out.

        Where the value has a source, it becomes ``source``, else the staff: the old source no longer speaks for it.
        """
        target = self._target(ref)
        column = f.source_column(target.kind, field)
        origin = {column: source or self.staff_source()} if column else {}
        if field in f.columns(target.kind):
            self._set_columns(target, {field: self._resolved(target, field, value), **origin})
            return
        if field in f.TEXTS[target.kind]:
            self._set_text(target, field, value, lang)
        elif field in f.LISTS.get(target.kind, {}):
            self._set_list(target, field, value)
        else:
            raise Invalid([Problem("", field, None, _no_field(target.kind, field))])
        if origin:
            self._set_columns(target, origin)

    def set_columns(self, ref: Ref | str, values: Mapping[str, Any]) -> None:
        """Set several columns together, so that a span can be moved as a whole; sources as with ``set``."""
        target = self._target(ref)
        unknown = set(values) - set(f.columns(target.kind))
        if unknown:
            raise Invalid(Problem("", name, None, _no_field(target.kind, name)) for name in sorted(unknown))
        origins = {column for field in values if (column := f.source_column(target.kind, field))}
        resolved = {field: self._resolved(target, field, value) for field, value in values.items()}
        self._set_columns(target, {**dict.fromkeys(origins, self.staff_source()), **resolved})

    def _target(self, ref: Ref | str) -> f.Target:
        target = f.target(str(ref))
        table = "subject" if target and target.owner == "subject" else target and target.kind
        if target is None or not self._db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (target.key,)).fetchone():
            raise NotFound(ref)
        return target

    def _resolved(self, target: f.Target, field: str, value: Any) -> Any:
        """A reference may be given without its kind, as in the files: ``yen-tu`` for ``place/yen-tu``."""
        table = TABLES[target.table].columns[field].ref if target.table else None
        if table in ("place", "subject", "rail_line", "area") and isinstance(value, str) and "/" not in value:
            return self._node(value) if table == "subject" else f"{ {'area': 'province'}.get(table, table) }/{value}"
        return value

    def _node(self, slug: str) -> str:
        gateway = f"gateway/{slug}"
        return (
            gateway
            if self._db.execute("SELECT 1 FROM subject WHERE id = ?", (gateway,)).fetchone()
            else f"place/{slug}"
        )

    def _set_columns(self, target: f.Target, changes: Mapping[str, Any]) -> None:
        assert target.table is not None  # a kind without a table has no columns
        row = self._db.execute(f"SELECT * FROM {target.table} WHERE id = ?", (target.key,))
        names = [column[0] for column in row.description]
        now = dict(zip(names, row.fetchone(), strict=True))
        self.update_row(target.table, {**now, **self.check.row(target.table, {**now, **changes}, changes)})

    def _set_text(self, target: f.Target, field: str, value: Any, lang: Optional[str]) -> None:
        if lang is None:
            raise Invalid([Problem("", field, value, "is a text: say its language (lang='vi', 'en' …)")])
        where, key = f"{target.owner} = ? AND field = ? AND lang = ?", (target.key, field, lang)
        if value is None:
            if field == "name" and lang in v.LANGUAGES:
                raise Invalid([Problem("", f"{field}.{lang}", None, "is needed: change it instead of taking it out")])
            self._db.execute(f"DELETE FROM {target.text_table} WHERE {where}", key)
            return
        self.put_text(target.text_table, target.owner, target.key, field, lang, value)

    def _set_list(self, target: f.Target, field: str, value: Any) -> None:
        kind, role = f.POINTS_TO.get(field), f.LISTS[target.kind][field]
        slugs = [value] if isinstance(value, str) else list(value or ())
        ids = [slug if "/" in slug else f"{kind}/{slug}" if kind else self._node(slug) for slug in slugs]
        rows = [
            {"subject": target.key, "role": role, "target": id_, "position": number} for number, id_ in enumerate(ids)
        ]
        checked = [self.check.row("relation", row, row, f"{field}[{number}]") for number, row in enumerate(rows)]
        self._db.execute("DELETE FROM relation WHERE subject = ? AND role = ?", (target.key, role))
        for row in checked:
            self.insert_row("relation", **row)

    def staff_source(self) -> Optional[str]:
        """The source of what staff enter today; None when the day was not given."""
        if self._today is None:
            return None
        id_ = f"{STAFF_SOURCE}#{self._today.isoformat()}"
        if not self._db.execute("SELECT 1 FROM source WHERE id = ?", (id_,)).fetchone():
            shipped = "SELECT ?, title, url, publisher, ?, NULL, basis FROM source WHERE id = ?"
            columns = "id, title, url, publisher, date, read, basis"
            self._db.execute(f"INSERT INTO source ({columns}) {shipped}", (id_, self._today.isoformat(), STAFF_SOURCE))
        return id_

    def delete(self, ref: Ref | str) -> None:
        """Delete a subject with all that is said about it, or one statement such as ``notice/3``. Can be reverted."""
        target = self._target(ref)
        self._db.execute(
            f"DELETE FROM {'subject' if target.owner == 'subject' else target.kind} WHERE id = ?", (target.key,)
        )

    # rows

    def insert_row(self, table: str, **row: Any) -> Any:
        """A row that has been checked; returns its key. Invalid where one like it is there already."""
        marks = ", ".join("?" * len(row))
        try:
            cursor = self._db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        except sqlite3.IntegrityError as error:
            raise Invalid([Problem("", table, next(iter(row.values())), f"is there already ({error})")]) from error
        return row.get("id", cursor.lastrowid)

    def update_row(self, table: str, row: Mapping[str, Any]) -> None:
        """A whole row, with its key, that has been checked."""
        names = [name for name in row if name != "id"]
        assigned = ", ".join(f"{name} = ?" for name in names)
        self._db.execute(f"UPDATE {table} SET {assigned} WHERE id = ?", [*(row[name] for name in names), row["id"]])

    def put_text(self, table: str, owner: str, key: Any, field: str, lang: str, value: Any) -> None:
        """One text of what ``owner`` names, new or in place of another."""
        row = {owner: key, "field": field, "lang": lang, "value": value}
        row = self.check.row(table, row, row)
        where = f"{owner} = ? AND field = ? AND lang = ?"
        there = self._db.execute(f"SELECT id FROM {table} WHERE {where}", (key, field, lang)).fetchone()
        if there:
            self._db.execute(f"UPDATE {table} SET value = ? WHERE id = ?", (row["value"], there[0]))
        else:
            self.insert_row(table, **row)


def _no_field(kind: str, field: str) -> str:
    near = difflib.get_close_matches(field, f.known(kind), 1)
    return f"is no field of {kind}" + (f"; did you mean {near[0]}?" if near else f": {', '.join(f.known(kind))}")
