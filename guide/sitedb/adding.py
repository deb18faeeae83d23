"""What is new: subjects, statements about them, sources. Validated as the loader does, made within ``acting``."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from guide.refs import Ref
from guide.sitedb import fields as f
from guide.sitedb import values as v
from guide.sitedb.errors import Invalid
from guide.sitedb.problems import Problem
from guide.sitedb.records import Words
from guide.sitedb.tables import TABLE_OF_KIND, TABLES
from guide.sitedb.writing import Writer

Texts = Mapping[str, Optional[Mapping[str, str]]]
NEEDED = {"text", "item", "question", "answer", "alt"}  # texts without which a statement says nothing
FILLED_IN: dict[str, dict[str, Any]] = {"price": {"unit": "VND", "current": 1}}  # where nothing else is said
_SUBJECT_ID = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")  # a road's has two hyphens between its ends


class Adder(Writer):
    """Changes within one ``acting`` transaction, with those that add something."""

    def add_source(
        self,
        id: str,
        title: str,
        url: Optional[str] = None,
        publisher: Optional[str] = None,
        published: Optional[str] = None,
        **columns: Any,
    ) -> str:
        """Add a source that other rows can name; returns its id."""
        row = {"basis": "published", "url": url, "publisher": publisher, "date": published, **columns}
        return str(self._add("source", id=id, title=title, **row))

    def add_subject(self, kind: str, id: str, columns: Mapping[str, Any]) -> Ref:
        """Add a subject with its columns; its texts and lists are set afterwards. Returns its reference."""
        ref = f"{kind}/{id}"
        if not _SUBJECT_ID.fullmatch(id):
            raise Invalid([Problem("", "id", id, "write an id of small letters, digits and hyphens")])
        if self._db.execute("SELECT 1 FROM subject WHERE id = ?", (ref,)).fetchone():
            raise Invalid([Problem("", "id", id, f"is the id of another {kind}: choose a different one")])
        table, target = TABLES[TABLE_OF_KIND[kind]], f.target(ref)
        assert target is not None  # of a kind that has a table
        known = f.columns(kind)
        columns = {key: self._resolved(target, key, each) if key in known else each for key, each in columns.items()}
        unsaid = {name: 0 for name, column in table.columns.items() if column.required and column.kind is v.Bool}
        sources = {
            column: self.staff_source()
            for name, value in columns.items()
            if value is not None and (column := f.source_column(kind, name))
        }
        last = self._db.execute("SELECT max(position) FROM subject").fetchone()[0] or 0
        self.insert_row("subject", id=ref, kind=kind, position=last + 1)
        self._add(table.name, id=ref, **{**unsaid, **sources, **columns})
        return Ref(kind, id)

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
        words = {
            "name": self.check.words("name", name, needed=True),
            "summary": self.check.words("summary", summary),
            "address": self.check.words("address", address or {}),
        }
        inside = self._provinces_of(part_of)
        row = {
            "kind": kind,
            "part_of": part_of if not part_of or "/" in part_of else f"place/{part_of}",
            "lat": lat,
            "lon": lon,
            "wheelchair": "unknown",
            "province_now": province or inside[0],
            "province_before": province_before or province or inside[1],
            **columns,
        }
        ref = self.add_subject("place", str(self.check.value(v.Slug, "id", id)), row)
        self._add_texts("text", "subject", str(ref), words)
        return ref

    def _provinces_of(self, place: Optional[str]) -> tuple[Any, Any]:
        inside = f"place/{(place or '').rpartition('/')[2]}"
        row = self._db.execute("SELECT province_now, province_before FROM place WHERE id = ?", (inside,)).fetchone()
        return row or (None, None)

    def add_alias(self, ref: Ref | str, alias: str, lang: str = "") -> None:
        """Add a name that people type for a subject."""
        target = self._target(ref)
        count = self._db.execute("SELECT count(*) FROM alias WHERE subject = ?", (target.key,)).fetchone()[0]
        self._add("alias", subject=target.key, lang=lang, value=alias, position=count)

    def add_statement(
        self,
        kind: str,
        ref: Optional[Ref | str],
        columns: Mapping[str, Any],
        texts: Texts,
        source: Optional[str] = None,
    ) -> int:
        """Add a fact, price, notice, photo or staff's answer about a subject (None: about everything); its number."""
        checked = {name: self.check.words(name, texts.get(name) or {}, needed=name in NEEDED) for name in f.TEXTS[kind]}
        subject = self._target(ref).key if ref else None
        row = {**FILLED_IN.get(kind, {}), "source": source or self.staff_source(), **columns, "subject": subject}
        if "position" in TABLES[kind].columns:
            query = f"SELECT count(*) FROM {kind} WHERE subject IS ?"
            row["position"] = self._db.execute(query, (subject,)).fetchone()[0]
        if "updated" in TABLES[kind].columns:
            row["updated"] = self._today.isoformat() if self._today else None
        id_ = self._add(kind, **row)
        return self._add_texts(f"{kind}_text", kind, id_, checked)

    def add_fact(
        self, ref: Optional[Ref | str], topic: str, words: Mapping[str, str], source: Optional[str] = None
    ) -> int:
        """Add a fact about a subject (None: one that holds everywhere); returns its number."""
        return self.add_statement("fact", ref, {"topic": topic}, {"text": words}, source)

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
        amounts = {"adult": adult, "child": child, **columns}
        return self.add_statement("price", ref, amounts, {"item": item, "note": note}, source)

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
        span = {"kind": kind, "starts": starts, "ends": ends}
        return self.add_statement("notice", ref, span, {"text": words}, source)

    def add_staff_answer(
        self,
        question: Mapping[str, str],
        answer: Mapping[str, str],
        ref: Optional[Ref | str] = None,
        source: Optional[str] = None,
    ) -> int:
        """Add a question and its answer; returns its number."""
        return self.add_statement("staff_answer", ref, {}, {"question": question, "answer": answer}, source)

    def _add(self, table: str, **row: Any) -> Any:
        complete = {name: row.get(name) for name in TABLES[table].columns if name != "id" or "id" in row}
        unknown = set(row) - set(complete)
        if unknown:
            raise Invalid(Problem("", name, row[name], f"is no field of {table}") for name in sorted(unknown))
        return self.insert_row(table, **self.check.row(table, complete, complete))

    def _add_texts(self, table: str, owner: str, key: Any, texts: Mapping[str, Words]) -> Any:
        for field, words in texts.items():
            for lang, value in words.items():
                self.insert_row(table, **{owner: key, "field": field, "lang": lang, "value": value})
        return key
