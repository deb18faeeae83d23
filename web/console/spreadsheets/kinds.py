"""Which sheets there are: what a line of each is about, and the columns that can be filled in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Iterator, Mapping, NamedTuple, Optional

from django import forms

from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.fields import STATEMENTS
from guide.sitedb.sheets import ALIASES
from web.console.fact_forms import FactForm
from web.console.kinds import OF_STATEMENTS
from web.console.roles import places_in
from web.console.words import say

SHEETS: dict[str, tuple[str, ...]] = {
    "price": OF_STATEMENTS["price"],
    "hours": ("hours", "hours_note"),
    "contact": ("phone", "website", "email"),
    "words": ("name", ALIASES, "summary", "address", "best_time"),
    "notice": OF_STATEMENTS["notice"],
    "staff_answer": OF_STATEMENTS["staff_answer"],
}
SUBJECTS = {
    "hours": ("place", "cable_car", "eating", "lodging"),
    "contact": ("place", "eating", "lodging"),
    "words": ("place",),
}


class Line(NamedTuple):
    """A line: the sheet of values it shows, what it is about, and that one's name."""

    ref: str
    subject: Optional[Ref]
    name: str


def form_of(lang: str, sheet: str, kind: str, values: Mapping[str, Any], data: Any = None) -> FactForm:
    """The form whose fields are the columns of a sheet, for a kind of subject or statement."""
    return FactForm(lang, kind, SHEETS[sheet], values, data)


@lru_cache(maxsize=None)
def fields_of(lang: str, sheet: str, kind: str) -> Mapping[str, forms.Field]:
    """The fields of that form, to show values with."""
    return form_of(lang, sheet, kind, {}).fields


def columns(lang: str, sheet: str) -> dict[str, str]:
    """What the columns are called, by key: the form's own labels."""
    kind = sheet if sheet in STATEMENTS else SUBJECTS[sheet][0]
    return {key: str(field.label) for key, field in fields_of(lang, sheet, kind).items()}


def lines(site: SiteDb, lang: str, sheet: str, area: str = "") -> Iterator[Line]:
    """The lines of a sheet, of an area (``province/…`` or ``place/…``) or of all."""
    inside = places_in(site, [area]) if area else None
    for ref, subject in _all(site, sheet):
        if inside is not None and not (subject and set(site.belongs_to(subject)) & inside):
            continue
        name = site.name(subject, lang) if subject else say(lang, "sheets.everywhere")
        yield Line(ref, subject, name)


def _all(site: SiteDb, sheet: str) -> Iterator[tuple[str, Optional[Ref]]]:
    if sheet in SUBJECTS:
        for kind in SUBJECTS[sheet]:
            yield from ((str(record.ref), record.ref) for record in site.all(kind))
        return
    found: list[Any] = {
        "price": site.every_price,
        "notice": site.every_notice,
        "staff_answer": site.staff_answers,
    }[sheet]()
    yield from ((f"{sheet}/{each.id}", each.subject) for each in found)
