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
from guide.sitedb.records import Words
from guide.sitedb.tables import TABLES
from guide.sitedb.validating import RowCheck

STAFF_SOURCE = "staff"


class Writer:
    """Changes within one ``acting`` transaction. ``today`` dates what staff enter; None leaves it undated."""

    def __init__(self, connection: sqlite3.Connection, today: Optional[date]) -> None:
        self._db, self._today, self._check = connection, today, RowCheck(connection)

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
        self._update(target.table, {**now, **self._check.row(target.table, {**now, **changes}, changes)})

    def _update(self, table: str, row: Mapping[str, Any]) -> None:
        names = [name for name in row if name != "id"]
        assigned = ", ".join(f"{name} = ?" for name in names)
        self._db.execute(f"UPDATE {table} SET {assigned} WHERE id = ?", [*(row[name] for name in names), row["id"]])

    def _set_text(self, target: f.Target, field: str, value: Any, lang: Optional[str]) -> None:
        if lang is None:
            raise Invalid([Problem("", field, value, "is a text: say its language (lang='vi', 'en' …)")])
        where, key = f"{target.owner} = ? AND field = ? AND lang = ?", (target.key, field, lang)
        if value is None:
            if field == "name" and lang in v.LANGUAGES:
                raise Invalid([Problem("", f"{field}.{lang}", None, "is needed: change it instead of taking it out")])
            self._db.execute(f"DELETE FROM {target.text_table} WHERE {where}", key)
            return
        row = {target.owner: target.key, "field": field, "lang": lang, "value": value}
        row = self._check.row(target.text_table, row, row)
        there = self._db.execute(f"SELECT id FROM {target.text_table} WHERE {where}", key).fetchone()
        if there:
            self._db.execute(f"UPDATE {target.text_table} SET value = ? WHERE id = ?", (row["value"], there[0]))
        else:
            self._insert(target.text_table, **row)

    def _set_list(self, target: f.Target, field: str, value: Any) -> None:
        kind, role = f.POINTS_TO.get(field), f.LISTS[target.kind][field]
        slugs = [value] if isinstance(value, str) else list(value or ())
        ids = [slug if "/" in slug else f"{kind}/{slug}" if kind else self._node(slug) for slug in slugs]
        rows = [
            {"subject": target.key, "role": role, "target": id_, "position": number} for number, id_ in enumerate(ids)
        ]
        checked = [self._check.row("relation", row, row, f"{field}[{number}]") for number, row in enumerate(rows)]
        self._db.execute("DELETE FROM relation WHERE subject = ? AND role = ?", (target.key, role))
        for row in checked:
            self._insert("relation", **row)

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

    # adding

    def add_source(
        self,
        id: str,
        title: str,
        url: Optional[str] = None,
        publisher: Optional[str] = None,
        published: Optional[str] = None,
    ) -> str:
        """Add a source that other rows can name; returns its id."""
        return str(
            self._add("source", id=id, title=title, url=url, publisher=publisher, date=published, basis="published")
        )

    def add_place(
        self,
        id: str,
        kind: str,
        name: Mapping[str, str],
        summary: Mapping[str, str],
        part_of: Optional[str] = None,
        province: Optional[str] = None,
        province_before: Optional[str] = None,
        address: Optional[Mapping[str, str]] = None,
        lat: Optional[float] = None,
        lon: Optional[float] = None,
        **columns: Any,
    ) -> Ref:
        """Add a place. Its province is that of the place it is part of, unless named. Returns its reference."""
        ref = f"place/{self._check.value(v.Slug, 'id', id)}"
        if self._db.execute("SELECT 1 FROM subject WHERE id = ?", (ref,)).fetchone():
            raise Invalid([Problem("", "id", id, "is the id of another place: choose a different one")])
        words = {
            "name": self._check.words("name", name),
            "summary": self._check.words("summary", summary),
            "address": self._check.words("address", address or {}),
        }
        inside = self._provinces_of(part_of)
        row = {
            "id": ref,
            "kind": kind,
            "part_of": part_of and f"place/{part_of}",
            "lat": lat,
            "lon": lon,
            "wheelchair": "unknown",
            "province_now": province or inside[0],
            "province_before": province_before or province or inside[1],
            "minutes_estimated": 0,
            "effort_estimated": 0,
            "location_source": self.staff_source() if lat is not None else None,
            **columns,
        }
        self._insert("subject", id=ref, kind="place", position=0)
        self._add("place", **row)
        self._add_texts("text", "subject", ref, words)
        return Ref("place", id)

    def _provinces_of(self, place: Optional[str]) -> tuple[Any, Any]:
        row = self._db.execute(
            "SELECT province_now, province_before FROM place WHERE id = ?", (f"place/{place}",)
        ).fetchone()
        return row or (None, None)

    def add_alias(self, ref: Ref | str, alias: str, lang: str = "") -> None:
        """Add a name that people type for a subject."""
        target = self._target(ref)
        count = self._db.execute("SELECT count(*) FROM alias WHERE subject = ?", (target.key,)).fetchone()[0]
        self._add("alias", subject=target.key, lang=lang, value=alias, position=count)

    def add_fact(
        self, ref: Optional[Ref | str], topic: str, words: Mapping[str, str], source: Optional[str] = None
    ) -> int:
        """Add a fact about a subject (None: one that holds everywhere); returns its number."""
        texts = {"text": self._check.words("text", words, needed=True)}
        subject = self._target(ref).key if ref else None
        last = self._db.execute("SELECT count(*) FROM fact WHERE subject IS ?", (subject,)).fetchone()[0]
        id_ = self._add("fact", subject=subject, topic=topic, source=source or self.staff_source(), position=last)
        return self._add_texts("fact_text", "fact", id_, texts)

    def add_price(
        self,
        ref: Ref | str,
        item: Mapping[str, str],
        adult: Optional[int],
        child: Optional[int] = None,
        note: Optional[Mapping[str, str]] = None,
        source: Optional[str] = None,
        **columns: Any,
    ) -> int:
        """Add a price (columns: adult_max, unit, days, valid_from, valid_to, current); returns its number."""
        texts = {"item": self._check.words("item", item, needed=True), "note": self._check.words("note", note or {})}
        subject = self._target(ref).key
        last = self._db.execute("SELECT count(*) FROM price WHERE subject = ?", (subject,)).fetchone()[0]
        row = {"unit": "VND", "current": 1, "source": source or self.staff_source(), "position": last, **columns}
        id_ = self._add("price", subject=subject, adult=adult, child=child, **row)
        return self._add_texts("price_text", "price", id_, texts)

    def add_notice(
        self,
        ref: Optional[Ref | str],
        kind: str,
        words: Mapping[str, str],
        starts: Any = None,
        ends: Any = None,
        source: Optional[str] = None,
    ) -> int:
        """Add a closure or an announcement (None: about everything), in force between two dates; returns its number."""
        texts = {"text": self._check.words("text", words, needed=True)}
        subject = self._target(ref).key if ref else None
        id_ = self._add(
            "notice", subject=subject, kind=kind, starts=starts, ends=ends, source=source or self.staff_source()
        )
        return self._add_texts("notice_text", "notice", id_, texts)

    def add_staff_answer(
        self,
        question: Mapping[str, str],
        answer: Mapping[str, str],
        ref: Optional[Ref | str] = None,
        source: Optional[str] = None,
    ) -> int:
        """Add a question and its answer; returns its number."""
        texts = {
            "question": self._check.words("question", question, needed=True),
            "answer": self._check.words("answer", answer, needed=True),
        }
        subject = self._target(ref).key if ref else None
        updated = self._today.isoformat() if self._today else None
        id_ = self._add("staff_answer", subject=subject, source=source or self.staff_source(), updated=updated)
        return self._add_texts("staff_answer_text", "staff_answer", id_, texts)

    def delete(self, ref: Ref | str) -> None:
        """Delete a subject with all that is said about it, or one statement such as ``notice/3``. Can be reverted."""
        target = self._target(ref)
        self._db.execute(
            f"DELETE FROM {'subject' if target.owner == 'subject' else target.kind} WHERE id = ?", (target.key,)
        )

    # checking

    def _add(self, table: str, **row: Any) -> Any:
        complete = {name: row.get(name) for name in TABLES[table].columns if name != "id" or "id" in row}
        unknown = set(row) - set(complete)
        if unknown:
            raise Invalid(Problem("", name, row[name], f"is no field of {table}") for name in sorted(unknown))
        return self._insert(table, **self._check.row(table, complete, complete))

    def _insert(self, table: str, **row: Any) -> Any:
        marks = ", ".join("?" * len(row))
        try:
            cursor = self._db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        except sqlite3.IntegrityError as error:
            raise Invalid([Problem("", table, next(iter(row.values())), f"is there already ({error})")]) from error
        return row.get("id", cursor.lastrowid)

    def _add_texts(self, table: str, owner: str, key: Any, texts: Mapping[str, Words]) -> Any:
        for field, words in texts.items():
            for lang, value in words.items():
                self._insert(table, **{owner: key, "field": field, "lang": lang, "value": value})
        return key


def _no_field(kind: str, field: str) -> str:
    near = difflib.get_close_matches(field, f.known(kind), 1)
    return f"is no field of {kind}" + (f"; did you mean {near[0]}?" if near else f": {', '.join(f.known(kind))}")
