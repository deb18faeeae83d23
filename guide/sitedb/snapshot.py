"""Everything the database holds at one version, read at once, so that every query after it is cheap.

What is read here belongs to one transaction: a reader never sees half of somebody's change.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any, Iterable, Mapping, Optional

from guide.refs import KINDS, Ref
from guide.sitedb.records import Location, Name, Source, Words

_TABLES = (
    "source",
    "subject",
    "text",
    "alias",
    "relation",
    "subject_source",
    "place",
    "person",
    "festival",
    "programme",
    "route",
    "gateway",
    "bus_line",
    "cable_car",
    "boat",
    "bridge",
    "rail_line",
    "train",
    "dish",
    "venue",
    "help",
    "elsewhere",
    "area",
    "advice",
    "holiday",
    "road_link",
    "trail",
    "trail_stop",
    "fact",
    "fact_text",
    "price",
    "price_text",
    "notice",
    "notice_text",
    "staff_answer",
    "staff_answer_text",
    "photo",
    "photo_text",
    "festival_day",
    "festival_edition",
    "climate",
    "sun",
    "holiday_date",
)
Values = Mapping[str, Any]


class Snapshot:
    """The rows of one version, and the look-ups that records are made from."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        own = not connection.in_transaction  # a writer reads its own changes before it commits them
        if own:
            connection.execute("BEGIN")
        try:
            self.version: int = connection.execute("SELECT number FROM revision").fetchone()[0]
            self._rows = {name: _read(connection, name) for name in _TABLES}
        finally:
            if own:
                connection.execute("COMMIT")
        self.subjects: dict[str, Values] = {row["id"]: row for row in self._rows["subject"]}
        self.texts = _texts(self._rows["text"], "subject")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table, in the order of its primary key."""
        return self._rows[table]

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {row["id"]: Source(**row) for row in self._rows["source"]}

    @cached_property
    def aliases(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Aliases by subject and language."""
        found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for row in sorted(self._rows["alias"], key=lambda row: row["position"]):
            of_subject = found[row["subject"]]
            of_subject[row["lang"]] = (*of_subject.get(row["lang"], ()), row["value"])
        return found

    @cached_property
    def relations(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Targets by subject and role, in order."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in sorted(self._rows["relation"], key=lambda row: row["position"]):
            found[row["subject"], row["role"]].append(row["target"])
        return {key: tuple(targets) for key, targets in found.items()}

    @cached_property
    def sources_of(self) -> dict[str, tuple[Source, ...]]:
        """The sources of subjects that have several."""
        found: dict[str, list[Source]] = defaultdict(list)
        for row in sorted(self._rows["subject_source"], key=lambda row: row["position"]):
            if row["source"] in self.sources:  # a shell that keeps no foreign keys may have deleted it
                found[row["subject"]].append(self.sources[row["source"]])
        return {key: tuple(sources) for key, sources in found.items()}

    @cached_property
    def fact_texts(self) -> dict[int, dict[str, Words]]:
        """Texts of facts by fact and field."""
        return _texts(self._rows["fact_text"], "fact")

    @cached_property
    def price_texts(self) -> dict[int, dict[str, Words]]:
        """Texts of prices by price and field."""
        return _texts(self._rows["price_text"], "price")

    @cached_property
    def notice_texts(self) -> dict[int, dict[str, Words]]:
        """Texts of notices by notice and field."""
        return _texts(self._rows["notice_text"], "notice")

    @cached_property
    def answer_texts(self) -> dict[int, dict[str, Words]]:
        """Texts of staff's answers by answer and field."""
        return _texts(self._rows["staff_answer_text"], "staff_answer")

    @cached_property
    def photo_texts(self) -> dict[int, dict[str, Words]]:
        """Texts of photos by photo and field."""
        return _texts(self._rows["photo_text"], "photo")

    def words(self, subject: str, field: str) -> Words:
        """A text of a subject in all its languages; empty when there is none."""
        return self.texts.get(subject, {}).get(field) or Words()

    def listed(self, subject: str, field: str) -> list[Words]:
        """A list of texts, in order (fields ``goals.1``, ``goals.2`` …)."""
        fields = self.texts.get(subject, {})
        numbered = [name for name in fields if name.rpartition(".")[0] == field]
        return [fields[name] for name in sorted(numbered, key=lambda name: int(name.rpartition(".")[2]))]

    def plain(self, subject: str, field: str) -> tuple[str, ...]:
        """A list of texts that have no language, such as names of roads."""
        return tuple(words[""] for words in self.listed(subject, field) if words.get(""))

    def targets(self, subject: str, role: str) -> tuple[str, ...]:
        """The ids, without their kind, that a subject points to in a role, in order."""
        return tuple(slug(target) or "" for target in self.relations.get((subject, role), ()))

    def source(self, id_: Optional[str]) -> Optional[Source]:
        """A source by its id; None for none."""
        return None if id_ is None else self.sources.get(id_)

    def names(self) -> Iterable[Name]:
        """Every name and alias of the kinds that a visitor may mean."""
        for id_, row in self.subjects.items():
            if row["kind"] not in KINDS:
                continue
            ref = Ref(row["kind"], slug(id_) or "")
            for lang, text in self.words(id_, "name").items():
                yield Name(ref, text, lang, True)
            for lang, texts in self.aliases.get(id_, {}).items():
                yield from (Name(ref, text, lang, False) for text in texts)


def slug(id_: Optional[str]) -> Optional[str]:
    """``place/chua-dong`` → ``chua-dong``."""
    return None if id_ is None else id_.partition("/")[2]


def ref(id_: Optional[str]) -> Optional[Ref]:
    """``place/chua-dong`` → its Ref, for internal kinds too."""
    return None if id_ is None else Ref.of(id_)


def spot(row: Values) -> Optional[Location]:
    """The location in a row, when it has one."""
    return None if row["lat"] is None or row["lon"] is None else Location(row["lat"], row["lon"], row["accuracy_m"])


def day(text: Optional[str]) -> Optional[date]:
    """A date of the database; of a year or a month, its first day."""
    return None if not text else date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])


def truth(value: Optional[int]) -> Optional[bool]:
    """0, 1 or unknown."""
    return None if value is None else bool(value)


def months(text: Optional[str]) -> tuple[int, ...]:
    """``"1,2,12"`` → (1, 2, 12)."""
    return tuple(int(part) for part in text.split(",")) if text else ()


def _read(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY {'position, id' if table in _POSITIONED else 'id'}")
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


_POSITIONED = ("subject", "fact", "price", "photo")


def _texts(rows: Iterable[Values], owner: str) -> dict[Any, dict[str, Words]]:
    found: dict[Any, dict[str, Words]] = defaultdict(dict)
    for row in rows:
        found[row[owner]].setdefault(row["field"], Words())[row["lang"]] = row["value"]
    return found
