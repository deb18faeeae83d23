"""The history in sentences: who changed what of what, before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Iterable, Iterator, Optional

from guide.answers.formats import number, plain_day
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb import values as v
from guide.sitedb.fields import STATEMENTS
from guide.sitedb.records import Change
from guide.sitedb.tables import TABLES
from guide.sitedb.writing import STAFF_SOURCE
from web.console.kinds import record_of
from web.console.models import Account
from web.console.words import has, say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNSAID = ("id", "subject", "position", "field", "lang", "file", "width", "height", *STATEMENTS)


@dataclass(frozen=True)
class Told:
    """One change as the page shows it. ``rows`` are (what, before, after); ``subject`` is where it leads."""

    number: int
    at: datetime
    actor: str
    who: str
    action: str
    what: str
    subject: Optional[Ref]
    name: str
    rows: tuple[tuple[str, str, str], ...]
    reverted: bool


def told(change: Change, site: SiteDb, lang: str) -> Told:
    """A change in the reader's language."""
    ref = subject_of(change)
    person = Account.objects.filter(email=change.actor).first()
    return Told(
        change.id,
        change.at,
        change.actor,
        person.name if person else _called(lang, "who", change.actor),
        change.action,
        _called(lang, "table", change.table),
        ref,
        _named(site, ref, lang),
        tuple(_rows(change, site, lang)),
        change.reverted_by is not None,
    )


def told_all(changes: Iterable[Change], site: SiteDb, lang: str) -> list[Told]:
    """Changes in the reader's language, without the notes of sources that go along with them."""
    return [told(change, site, lang) for change in changes if worth_telling(change)]


def worth_telling(change: Change) -> bool:
    """Whether a change is more than a note of the staff's day as a source."""
    return change.table != "subject_source" and not change.row_key.startswith(f"{STAFF_SOURCE}#")


@dataclass(frozen=True)
class Entry:
    """What was saved together. ``number`` is its first change; ``undone``: all of it has been taken back."""

    batch: str
    number: int
    at: datetime
    actor: str
    who: str
    refs: tuple[Ref, ...]
    lines: tuple[Told, ...]
    undone: bool


def entries(changes: Iterable[Change], site: SiteDb, lang: str) -> list[Entry]:
    """Changes by what was saved together, the latest first."""
    batches: dict[str, list[Change]] = {}
    for change in changes:
        batches.setdefault(change.batch, []).append(change)
    return [
        _entry(batch, every, telling, site, lang)
        for batch, every in batches.items()
        if (telling := [change for change in every if worth_telling(change)])
    ]


def _entry(batch: str, every: list[Change], telling: list[Change], site: SiteDb, lang: str) -> Entry:
    lines = [told(change, site, lang) for change in telling]
    refs = dict.fromkeys(ref for change in telling if (ref := subject_of(change)))
    undone = all(change.reverted_by is not None for change in telling)
    first = lines[0]
    return Entry(batch, first.number, first.at, first.actor, first.who, tuple(refs), tuple(lines), undone)


def _named(site: SiteDb, ref: Optional[Ref], lang: str) -> str:
    record = record_of(site, ref) if ref else None
    return record.name.in_(lang) if record else ""


def subject_of(change: Change) -> Optional[Ref]:
    """The subject that a change is about; None when about none or all."""
    return Ref.of(change.subject) if change.subject else None


def _rows(change: Change, site: SiteDb, lang: str) -> Iterator[tuple[str, str, str]]:
    before, after = change.before or {}, change.after or {}
    row, unsaid = after or before, (*_UNSAID, *(("role",) if change.table == "relation" else ()))
    own = f"{_called(lang, 'label', row['field'])} · {_called(lang, 'in', row['lang'])}" if "field" in row else ""
    for name in row:
        old, new = before.get(name), after.get(name)
        if name not in unsaid and old != new and not name.endswith("source"):
            label = own or _called(lang, f"label_of.{change.table}", name, _called(lang, "label", name))
            yield label, _said(site, lang, change.table, name, old), _said(site, lang, change.table, name, new)


def _said(site: SiteDb, lang: str, table: str, name: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    column, known = TABLES[table].columns.get(name), f"choice.{name}.{value}"
    if has(lang, known):
        return say(lang, known)
    if column and column.kind is v.Bool:
        return say(lang, f"choice.yes.{int(value)}")
    if column and column.ref and isinstance(value, str) and "/" in value:
        return _named(site, Ref.of(value), lang) or value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return plain_day(date.fromisoformat(value), lang)
    return number(value, lang) if isinstance(value, int) else str(value)


def _called(lang: str, prefix: str, name: str, otherwise: Optional[str] = None) -> str:
    return say(lang, f"{prefix}.{name}") if has(lang, f"{prefix}.{name}") else otherwise or name
