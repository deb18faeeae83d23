"""Everything that can be set of a subject or a statement on one sheet, with a stamp to tell whether it has changed.

Keys are columns (``adult``), texts by language (``item.vi``) and aliases by language (``aliases.vi``, ``aliases.``).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Iterator, Mapping

from guide.refs import Ref
from guide.sitedb import fields as f
from guide.sitedb.errors import Invalid, NotFound, SiteDbError
from guide.sitedb.problems import Problem
from guide.sitedb.records import LANGUAGES
from guide.sitedb.tables import TABLES
from guide.sitedb.writing import Writer

ALIASES = "aliases"


class ChangedMeanwhile(SiteDbError):
    """Somebody else changed the sheet after it was read."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} was changed by somebody else in the meantime: look at the new values first")
        self.ref = ref


@dataclass(frozen=True)
class Sheet:
    """The values of one subject or statement; ``subject`` is what a statement is about."""

    ref: str
    subject: str | None
    values: Mapping[str, Any]

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
    subject = ref if parent == "subject" else row["subject"]
    own = _row(connection, target.table, target.key) if target.table else {}
    return Sheet(ref, subject, {**_columns(target, own), **_texts(connection, target), **_aliases(connection, target)})


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


def update(connection: sqlite3.Connection, writer: Writer, ref: str, changes: Mapping[str, Any]) -> None:
    """Set several values of a sheet at once, within ``acting``; Invalid names every one that is wrong by its key."""
    columns = {key: value for key, value in changes.items() if "." not in key}
    problems = list(_attempt(lambda: writer.set_columns(ref, columns))) if columns else []
    for key, value in changes.items():
        field, dot, lang = key.partition(".")
        if dot and field == ALIASES:
            problems += _attempt(lambda lang=lang, value=value: _set_aliases(connection, writer, ref, lang, value))
        elif dot:
            said = _attempt(lambda field=field, lang=lang, value=value: writer.set(ref, field, value, lang))
            problems += (problem._replace(field=key) for problem in said)
    if problems:
        raise Invalid(problems)


def _attempt(change: Any) -> Iterator[Problem]:
    try:
        change()
    except Invalid as invalid:
        yield from invalid.problems


def _set_aliases(connection: sqlite3.Connection, writer: Writer, ref: str, lang: str, wanted: list[str]) -> None:
    """Those that are to go go, those that are new come last; the rest stays as it is, in its order."""
    there = {value for (value,) in connection.execute(
        "SELECT value FROM alias WHERE subject = ? AND lang = ?", (ref, lang)
    )}  # fmt: skip
    for value in there - set(wanted):
        connection.execute("DELETE FROM alias WHERE subject = ? AND lang = ? AND value = ?", (ref, lang, value))
    for value in dict.fromkeys(wanted):
        if value not in there:
            writer.add_alias(Ref(*ref.split("/", 1)), value, lang)
