"""Collects the rows that the fact files stand for, each with the place in the files that it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from guide.sitedb.problems import Problem
from guide.sitedb.records import Words
from guide.sitedb.tables import TABLES
from guide.sitedb.values import plain

Key = tuple[Any, ...]
COMMON_SOURCES = ("general", "advice", "gap", "computed", "staff")


@dataclass(frozen=True)
class Row:
    """One row to be: its values by column, and the file and field it was read from."""

    table: str
    values: dict[str, Any]
    file: str
    path: str

    @property
    def key(self) -> Key:
        """What tells the row from others of its table."""
        return tuple(self.values[name] for name in TABLES[self.table].natural)


@dataclass
class Collected:
    """All rows by table and key, and the problems met on the way."""

    rows: dict[str, dict[Key, Row]] = field(default_factory=lambda: {name: {} for name in TABLES})
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Take a row; a second one with the same key is a problem."""
        others = self.rows[row.table]
        if row.key in others:
            first = others[row.key]
            said = f"is there already, in {first.file} {first.path}: keep one of the two"
            self.problems.append(Problem(row.file, row.path, row.key[-1], said))
        else:
            others[row.key] = row

    def ids(self, table: str) -> set[Any]:
        """The primary keys of a table's rows."""
        return {row.values["id"] for row in self.rows[table].values()}

    def __iter__(self) -> Iterator[Row]:
        return (row for rows in self.rows.values() for row in rows.values())


def stable_number(*parts: object) -> int:
    """A primary key made from what a row says, so that it is the same in every database built from the files.

    40 bits: short enough for every language's integers; two of a few thousand rows meet once in 100,000 builds, and
    then the loader reports them as the same row.
    """
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=5).digest(), "big")


class Page:
    """One file being turned into rows: knows its sources, and which ids are gateways rather than places."""

    def __init__(self, into: Collected, file: str, sources: Mapping[str, Any], gateways: set[str]) -> None:
        self.into, self.file, self._sources, self._gateways = into, file, sources, gateways
        self._scope = file.rpartition(".")[0]
        self._position = 0

    def add(self, table: str, path: str, **values: Any) -> None:
        """Add a row; columns that are not named stay empty."""
        complete = {name: values.pop(name, None) for name in TABLES[table].columns}
        assert not values, f"{table} has no {sorted(values)}"
        self.into.add(Row(table, {name: plain(value) for name, value in complete.items()}, self.file, path))

    def add_sources(self) -> None:
        """Add the file's sources; those that all files share are in a file of their own."""
        for key, source in self._sources.items():
            if self._scope == "sources" or key not in COMMON_SOURCES:
                self.add("source", f"sources.{key}", id=self._source_id(key), **source.dict())

    def _source_id(self, key: str) -> str:
        return key if key in COMMON_SOURCES else f"{self._scope}#{key}"

    def source(self, key: Optional[str], path: str) -> Optional[str]:
        """The id of a source that the file lists; a problem when it does not."""
        if key is None:
            return None
        if key not in self._sources and key not in COMMON_SOURCES:
            self.into.problems.append(
                Problem(self.file, path, key, "is not listed under 'sources' of this file: add it there")
            )
            return None
        return self._source_id(key)

    def node(self, slug: Optional[str]) -> Optional[str]:
        """The subject behind an id in the transport tables, where places and gateways stand side by side."""
        if slug is None:
            return None
        return f"gateway/{slug}" if slug in self._gateways else f"place/{slug}"

    def subject(self, kind: str, named: Any, path: str = "") -> str:
        """Add the subject with its name, aliases and facts; returns its id."""
        subject = self.bare_subject(kind, named.id, path)
        self.text(subject, "name", named.name, path)
        for lang, aliases in _by_language(named.aliases):
            for position, alias in enumerate(dict.fromkeys(aliases)):
                self.add("alias", _in(path, "aliases"), subject=subject, lang=lang, value=alias, position=position)
        return subject

    def bare_subject(self, kind: str, slug: str, path: str) -> str:
        """Add a subject without a name of its own."""
        subject = f"{kind}/{slug}"
        self.add("subject", _in(path, "id"), id=subject, kind=kind, position=self._position)
        self._position += 1
        return subject

    def text(self, subject: str, name: str, words: Mapping[str, str], path: str) -> None:
        """Add a text in all its languages."""
        for lang, value in words.items():
            self.add("text", _in(path, name), subject=subject, field=name, lang=lang, value=value)

    def items(self, subject: str, name: str, texts: Sequence[Any], path: str) -> None:
        """Add a list of texts, in several languages or (names of roads, operators) in none."""
        for number, text in enumerate(texts, start=1):
            words = text if isinstance(text, dict) else Words({"": text})
            self.text(subject, f"{name}.{number}", words, path)

    def relate(self, subject: str, role: str, targets: Iterable[Optional[str]], path: str) -> None:
        """Add an ordered list of other subjects, such as the stops of a route."""
        for position, target in enumerate(targets):
            self.add("relation", f"{path}[{position}]", subject=subject, role=role, target=target, position=position)

    def sourced(self, subject: str, keys: Iterable[str], path: str) -> None:
        """Add the sources of a subject that has several."""
        for position, key in enumerate(keys):
            source = self.source(key, f"{path}[{position}]")
            if source:
                self.add("subject_source", f"{path}[{position}]", subject=subject, source=source, position=position)

    def facts(self, subject: str, facts: Sequence[Any], topic: Optional[str], path: str) -> list[int]:
        """Add facts; ``topic`` is that of facts which name none. Returns their ids."""
        ids = []
        for position, fact in enumerate(facts):
            here, about = f"{path}[{position}]", getattr(fact, "topic", None) or topic
            ids.append(id_ := stable_number(subject, about, fact.words["vi"]))
            self.add(
                "fact",
                here,
                id=id_,
                subject=subject,
                topic=about,
                position=position,
                source=self.source(fact.source, f"{here}.source"),
            )
            for lang, value in fact.words.items():
                self.add("fact_text", here, fact=id_, field="text", lang=lang, value=value)
        return ids

    def prices(self, subject: str, prices: Sequence[Any], name: Mapping[str, str], path: str = "") -> None:
        """Add prices; one without an item is the price of the subject itself and takes its name."""
        for position, price in enumerate(prices):
            here, item = f"{_in(path, 'prices')}[{position}]", price.item or name
            values = price.dict(exclude={"item", "note", "source"})
            id_ = stable_number(
                subject, item["vi"], price.valid_from, price.days, price.source, price.note.get("vi", "")
            )
            self.add(
                "price",
                here,
                id=id_,
                subject=subject,
                position=position,
                source=self.source(price.source, f"{here}.source"),
                **values,
            )
            for field_, words in (("item", item), ("note", price.note)):
                for lang, value in words.items():
                    self.add("price_text", here, price=id_, field=field_, lang=lang, value=value)

    def notices(self, subject: str, notices: Sequence[Any]) -> None:
        """Add what is in force at a place."""
        for position, notice in enumerate(notices):
            here, id_ = f"notices[{position}]", stable_number(subject, notice.kind, notice.words["vi"])
            source = self.source(notice.source, f"{here}.source")
            values = notice.dict(include={"kind", "starts", "ends"})
            self.add("notice", here, id=id_, subject=subject, source=source, **values)
            for lang, value in notice.words.items():
                self.add("notice_text", here, notice=id_, field="text", lang=lang, value=value)

    def spot(self, location: Any, path: str = "") -> dict[str, Any]:
        """The columns of a location."""
        if location is None:
            return {}
        source = self.source(location.source, _in(path, "location.source"))
        return {"lat": location.lat, "lon": location.lon, "accuracy_m": location.accuracy_m, "location_source": source}


def _in(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _by_language(aliases: Any) -> Iterable[tuple[str, Sequence[str]]]:
    return aliases.items() if isinstance(aliases, dict) else [("", aliases)]
