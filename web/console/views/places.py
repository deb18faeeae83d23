"""Finding a place or another subject, and everything about it on one page."""

from __future__ import annotations

from typing import Any, Iterator, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.refs import Ref
from guide.text import fold
from web.console.days_form import solar_days
from web.console.facts_of import notices_of
from web.console.hours_form import said
from web.console.kinds import HOURS, KINDS, parts_of, record_of, refs_of
from web.console.page import page, site
from web.console.roles import EDITING, may_edit, places_in
from web.console.showing import lines
from web.console.telling import told_all
from web.pages.facts import now

SHOWN = 60
CHANGES_SHOWN = 8


class Found(NamedTuple):
    """A line of the list."""

    ref: Ref
    name: str
    kind: str
    where: str
    unknown: int
    mine: bool


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Subjects by name (marks may be missing), kind and area; those that the reader looks after first."""
    wanted = {name: request.GET.get(name, "") for name in ("q", "kind", "area")}
    kind = wanted["kind"] if wanted["kind"] in KINDS else "place"
    found = list(_matching(request, kind, fold(wanted["q"]).strip(), wanted["area"]))
    found.sort(key=lambda each: (not each.mine, fold(each.name)))
    areas = [(str(each.ref), each.name.in_(request.lang)) for each in site().provinces() if each.level == "province"]
    return page(
        request,
        "places",
        found=found[:SHOWN],
        more=max(len(found) - SHOWN, 0),
        wanted={**wanted, "kind": kind},
        kinds=KINDS,
        editing=request.user.role in EDITING,
        areas=[area for area in areas if places_in(site(), [area[0]])],
    )


def _matching(request: HttpRequest, kind: str, text: str, area: str) -> Iterator[Found]:
    known, lang = site(), request.lang
    inside = places_in(known, [area]) if area else None
    for subject in filter(None, (record_of(known, ref) for ref in refs_of(known, kind))):
        names = [*subject.name.values(), *(alias for each in subject.aliases.values() for alias in each)]
        if text and not any(text in fold(name) for name in names):
            continue
        if inside is not None and not set(known.belongs_to(subject.ref)) & inside:
            continue
        unknown = len(known.missing(subject.ref)) if known.find(subject.ref) else 0
        where = getattr(subject, "province_now", "") or ""
        mine = may_edit(request.user, known, subject.ref)
        yield Found(subject.ref, subject.name.in_(lang), getattr(subject, "kind", kind), where, unknown, mine)


def subject_of(kind: str, key: str) -> Any:
    """The record of a subject in an address; 404 when there is none or the console does not show its kind."""
    found = record_of(site(), Ref(kind, key)) if kind in KINDS else None
    if found is None:
        raise Http404
    return found


@require_safe
def subject(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is known of a subject, each part with its way to be corrected."""
    record, known, today = subject_of(kind, key), site(), now().date()
    named, prices, sheet = known.find(record.ref) is not None, known.prices(record.ref, today), known.sheet(record.ref)
    parts = {part: names for part, names in parts_of(kind).items() if part != HOURS}
    return page(
        request,
        "subject",
        record=record,
        named=named,
        where=[known.get(Ref("place", id_)) for id_ in known.belongs_to(record.ref) if kind != "place"][:6],
        mine=may_edit(request.user, known, record.ref),
        parts=[(part, list(lines(known, sheet, names, request.lang))) for part, names in parts.items()],
        days=solar_days(dict(sheet.values), request.lang, now()) if kind == "festival" else [],
        has_hours=HOURS in parts_of(kind),
        hours=said(sheet.values["hours"], request.lang, now()) if sheet.values.get("hours") else [],
        prices=[*prices.current, *prices.coming],
        old_prices=prices.old,
        notices=notices_of(known, record.ref),
        answers=known.staff_answers(record.ref),
        facts=known.facts(record.ref),
        photos=known.photos(record.ref),
        history=told_all(known.history(record.ref, CHANGES_SHOWN), known, request.lang),
    )
