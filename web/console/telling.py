"""The history in sentences: who changed what of what, before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Iterable, Iterator, Mapping, Optional

from guide.answers.formats import number, plain_day
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.fields import STATEMENTS
from guide.sitedb.records import Change
from web.console.models import Account
from web.console.words import has, say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNSAID = ("id", "subject", "position", "field", "lang", *STATEMENTS)


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
    row = change.after or change.before or {}
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
        site.name(ref, lang) if ref and site.find(ref) else "",
        tuple(_rows(change.before or {}, change.after or {}, row, lang)),
        change.reverted_by is not None,
    )


def told_all(changes: Iterable[Change], site: SiteDb, lang: str) -> list[Told]:
    """Changes in the reader's language, without the notes of sources that go along with them."""
    return [told(change, site, lang) for change in changes if change.table not in ("source", "subject_source")]


def subject_of(change: Change) -> Optional[Ref]:
    """The subject that a change is about; None when about none or all."""
    return Ref(*change.subject.split("/", 1)) if change.subject else None


def _rows(before: Mapping[str, Any], after: Mapping[str, Any], row: Mapping[str, Any], lang: str) -> Iterator[Any]:
    own = f"{_called(lang, 'label', row['field'])} · {_called(lang, 'in', row['lang'])}" if "field" in row else ""
    for name in row:
        old, new = before.get(name), after.get(name)
        if name in _UNSAID or old == new or name.endswith("source"):
            continue
        yield own or _called(lang, "label", name), _said(lang, name, old), _said(lang, name, new)


def _said(lang: str, name: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    known = f"choice.{name}.{value}"
    if has(lang, known):
        return say(lang, known)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return plain_day(date.fromisoformat(value), lang)
    return number(value, lang) if isinstance(value, int) else str(value)


def _called(lang: str, prefix: str, name: str) -> str:
    return say(lang, f"{prefix}.{name}") if has(lang, f"{prefix}.{name}") else name
