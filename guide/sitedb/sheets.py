"""Everything that can be set of a subject or a statement on one sheet, with a stamp to tell whether it has changed.

Keys are columns (``adult``), texts by language (``item.vi``), aliases by language (``aliases.vi``, ``aliases.``) and
lists (``stops``, ``editions``, ``goals.vi``). Sources are set by the names of their columns.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Iterator, Mapping

from guide.refs import Ref
from guide.sitedb import fields as f
from guide.sitedb import parts
from guide.sitedb.adding import Adder
from guide.sitedb.errors import Invalid, NotFound, SiteDbError
from guide.sitedb.problems import Problem
from guide.sitedb.records import LANGUAGES
from guide.sitedb.tables import TABLES

ALIASES = "aliases"


class ChangedMeanwhile(SiteDbError):
    """Somebody else changed the sheet after it was read."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} was changed by somebody else in the meantime: look at the new values first")
        self.ref = ref


@dataclass(frozen=True)
class Sheet:
    """The values of one subject, statement or source; ``subject`` is what a statement is about.

    ``sources`` are the ids behind the values: by column, and ``sources`` of a subject that has them as a whole.
    """

    ref: str
    subject: str | None
    values: Mapping[str, Any]
    sources: Mapping[str, Any]

    @property
    def stamp(self) -> str:
        """Differs when any value differs. Sources do not count: confirming a value does not change it."""
        text = json.dumps(self.values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read(connection: sqlite3.Connection, ref: str) -> Sheet:
    """The sheet as it is now; NotFound when there is no such subject or statement."""
    target = f.target(ref)
    if target is None:
        raise NotFound(ref)
    parent = target.kind if target.owner != "subject" else "subject"
    row = _row(connection, parent, target.key)
    subject = ref if parent == "subject" else row.get("subject")
    own = _row(connection, target.table, target.key) if target.table else {}
    values = {**_columns(target, own), **_texts(connection, target), **_aliases(connection, target)}
    origins: dict[str, Any] = {name: own[name] for name in f.source_columns(target.kind)}
    if target.kind in f.SOURCED_AS_A_WHOLE:
        origins[parts.SOURCES] = parts.sources(connection, target.kind, str(target.key))
    return Sheet(ref, subject, {**values, **parts.read(connection, target.kind, str(target.key))}, origins)


def _row(connection: sqlite3.Connection, table: str, key: object) -> dict[str, Any]:
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (key,))
    names = [column[0] for column in cursor.description]
    row = cursor.fetchone()
    if row is None:
        raise NotFound(key)
    return dict(zip(names, row, strict=True))


def _columns(target: f.Target, row: Mapping[str, Any]) -> dict[str, Any]:
    names = (name for name in f.columns(target.kind) if TABLES[target.table or ""].columns[name].ref != "source")
    return {name: row[name] for name in names}


def _texts(connection: sqlite3.Connection, target: f.Target) -> dict[str, Any]:
    if not target.text_table:
        return {}
    query = f"SELECT field, lang, value FROM {target.text_table} WHERE {target.owner} = ?"
    there = {f"{field}.{lang}": value for field, lang, value in connection.execute(query, (target.key,))}
    empty = {f"{field}.{lang}": None for field in f.TEXTS[target.kind] for lang in LANGUAGES}
    return {**empty, **{key: there[key] for key in there if key.partition(".")[0] in f.TEXTS[target.kind]}}


def _aliases(connection: sqlite3.Connection, target: f.Target) -> dict[str, Any]:
    if target.owner != "subject":
        return {}
    found: dict[str, Any] = {f"{ALIASES}.{lang}": [] for lang in ("", *LANGUAGES)}
    query = "SELECT lang, value FROM alias WHERE subject = ? ORDER BY position, id"
    for lang, value in connection.execute(query, (target.key,)):
        found.setdefault(f"{ALIASES}.{lang}", []).append(value)
    return found


def update(connection: sqlite3.Connection, writer: Adder, ref: str, changes: Mapping[str, Any]) -> None:
    """Set several values of a sheet at once, within ``acting``; Invalid names every one that is wrong by its key."""
    kind = ref.partition("/")[0]
    columns = {key: value for key, value in changes.items() if "." not in key and not parts.is_part(kind, key)}
    problems = list(_attempt(lambda: writer.set_columns(ref, columns))) if columns else []
    for key, value in changes.items():
        if key not in columns:
            said = _attempt(lambda key=key, value=value: _set(connection, writer, ref, key, value))
            problems += (problem._replace(field=key) for problem in said)
    if problems:
        raise Invalid(problems)


def _set(connection: sqlite3.Connection, writer: Adder, ref: str, key: str, value: Any) -> None:
    """One value that is no column."""
    kind, (field, _, lang) = ref.partition("/")[0], key.partition(".")
    if field == ALIASES:
        _set_aliases(connection, writer, ref, lang, value or [])
    elif parts.is_part(kind, key):
        parts.set_part(connection, writer, kind, ref, key, value)
    else:
        writer.set(ref, field, value, lang)


def add(connection: sqlite3.Connection, writer: Adder, ref: str, values: Mapping[str, Any]) -> Ref:
    """A new subject, or a source, with all its values, within ``acting``; Invalid names every one that is wrong."""
    kind, _, id_ = ref.partition("/")
    columns = {key: value for key, value in values.items() if key in f.columns(kind)}
    unnamed = [
        Problem("", key, None, "is needed: write it")
        for key in (f"name.{lang}" for lang in LANGUAGES)
        if "name" in f.TEXTS[kind] and not values.get(key)
    ]
    if kind == f.SOURCE:
        writer.add_source(id_, columns.pop("title", None), published=columns.pop("date", None), **columns)
        return Ref(kind, id_)
    problems = [*_attempt(lambda: writer.add_subject(kind, id_, columns)), *unnamed]
    if problems:
        raise Invalid(problems)
    update(connection, writer, ref, {key: value for key, value in values.items() if key not in columns and value})
    return Ref(kind, id_)


def _attempt(change: Any) -> Iterator[Problem]:
    try:
        change()
    except Invalid as invalid:
        yield from invalid.problems


def _set_aliases(connection: sqlite3.Connection, writer: Adder, ref: str, lang: str, wanted: list[str]) -> None:
    """Those that are to go go, those that are new come last; the rest stays as it is, in its order."""
    there = {value for (value,) in connection.execute(
        "SELECT value FROM alias WHERE subject = ? AND lang = ?", (ref, lang)
    )}  # fmt: skip
    for value in there - set(wanted):
        connection.execute("DELETE FROM alias WHERE subject = ? AND lang = ? AND value = ?", (ref, lang, value))
    for value in dict.fromkeys(wanted):
        if value not in there:
            writer.add_alias(Ref.of(ref), value, lang)
