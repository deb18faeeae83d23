"""Finding a place or another subject, and everything about it on one page."""

from __future__ import annotations

from typing import Any, Iterator, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.refs import Ref
from guide.sitedb.records import LANGUAGES
from guide.text import fold
from web.console.facts_of import notices_of
from web.console.hours_form import said
from web.console.page import page, site
from web.console.roles import may_edit, places_in
from web.console.telling import told_all
from web.pages.facts import now

KINDS = ("place", "cable_car", "festival", "eating", "lodging", "boat", "bus_line", "route", "dish", "person")
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
        areas=[area for area in areas if places_in(site(), [area[0]])],
    )


def _matching(request: HttpRequest, kind: str, text: str, area: str) -> Iterator[Found]:
    known, lang = site(), request.lang
    inside = places_in(known, [area]) if area else None
    for subject in known.all(kind):
        names = [*subject.name.values(), *(alias for each in subject.aliases.values() for alias in each)]
        if text and not any(text in fold(name) for name in names):
            continue
        if inside is not None and not set(known.belongs_to(subject.ref)) & inside:
            continue
        unknown = len(known.missing(subject.ref))
        where = getattr(subject, "province_now", "") or ""
        mine = may_edit(request.user, known, subject.ref)
        yield Found(subject.ref, subject.name.in_(lang), getattr(subject, "kind", kind), where, unknown, mine)


def subject_of(kind: str, key: str) -> Any:
    """The record of a subject in an address; 404 when there is none or the console does not show its kind."""
    found = site().find(Ref(kind, key)) if kind in KINDS else None
    if found is None:
        raise Http404
    return found


@require_safe
def subject(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is known of a subject, each part with its way to be corrected."""
    record, known, today = subject_of(kind, key), site(), now().date()
    prices = known.prices(record.ref, today)
    expression = getattr(record, "hours", None)
    return page(
        request,
        "subject",
        record=record,
        where=[known.get(Ref("place", id_)) for id_ in known.belongs_to(record.ref) if kind != "place"],
        mine=may_edit(request.user, known, record.ref),
        texts=[(name, [(code, getattr(record, name).get(code)) for code in LANGUAGES]) for name in _texts(record)],
        has_hours=hasattr(record, "hours"),
        hours=said(expression, request.lang, now()) if expression else [],
        contact=[(name, getattr(record, name)) for name in ("phone", "website", "email") if hasattr(record, name)],
        prices=[*prices.current, *prices.coming],
        old_prices=prices.old,
        notices=notices_of(known, record.ref),
        answers=known.staff_answers(record.ref),
        missing=[field.partition(".") for _, field in known.missing(record.ref)],
        history=told_all(known.history(record.ref, CHANGES_SHOWN), known, request.lang),
    )


def _texts(record: Any) -> Iterator[str]:
    for name in ("name", "summary", "address", "best_time", "hours_note"):
        if getattr(record, name, None) is not None:
            yield name
