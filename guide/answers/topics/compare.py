"""Two places side by side: what each is like, how long, how hard, how far from Hà Nội, and whom each suits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple, Optional

from guide.answers.compose import Answer
from guide.answers.gather import MAIN_SITES
from guide.answers.journeys import DEFAULT_ORIGIN, rounded
from guide.answers.places import brief, contains, innermost, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import KEEPERS
from guide.answers.topics.duration import days_of
from guide.answers.topics.food import tell_dish
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import RoadTrip, roads_of, standing_place
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
EFFORTS = {"easy": 0, "moderate": 1, "hard": 2}
SHOWN = 3
OTHERS = ("person", "festival", "route", "dish", "programme")
ABOUT = ("role", "summary", "description", "offer")  # where a record says in a sentence or two what it is


class Side(NamedTuple):
    """What is compared of one place."""

    place: Place
    trip: Optional[RoadTrip]
    cable_car: bool
    parts: int
    free: Optional[bool]


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The places named, else the main sites; a single one is set against the first other main site."""
    reply = Answer(site, question, wording)
    others = [ref for ref in question.subjects if ref.kind in OTHERS]
    if len(others) > 1:
        return _tell_others(reply, others[:SHOWN])
    refs = _refs(site, question)
    sides = [_side(reply, ref) for ref in refs[:SHOWN]]
    _inside(reply, sides)
    for side in sides:
        _tell(reply, side)
    _verdict(reply, sides)
    for side in sides[:2]:
        reply.offer("overview", side.place.ref)
    reply.offer("distance", *(side.place.ref for side in sides[:2]), title=wording.say("quick.distance"))
    return reply.point(*(side.place.ref for side in sides)).done()


def _tell_others(reply: Answer, refs: list[Ref]) -> Reply:
    """People, festivals, routes and dishes have no figures to set against each other: each is told in its own words."""
    for ref in refs:
        record = reply.site.get(ref)
        if ref.kind == "dish":
            tell_dish(reply, record)
            continue
        about = next((words.in_(reply.lang) for name in ABOUT if (words := getattr(record, name, None))), "")
        reply.say("compare.other", name=reply.name(ref), about=about)
        reply.offer(KEEPERS[ref.kind], ref, title=brief(reply.name(ref)))
    return reply.done()


def _refs(site: SiteDb, question: Question) -> list[Ref]:
    places = [ref for named in question.subjects if (ref := standing_place(site, named)) and ref.kind == "place"]
    named = list(dict.fromkeys(places)) if len(places) == 2 else list(innermost(site, list(dict.fromkeys(places))))
    if len(named) >= 2:
        return named
    others = [ref for ref in MAIN_SITES if ref not in named]
    return [*named, *others[: 2 - len(named)]] if named else others[:SHOWN]


def _side(reply: Answer, ref: Ref) -> Side:
    site = reply.site
    place = site.get(ref)
    prices = [price for price in site.prices(ref, reply.today).current if price.adult is not None]
    reply.cite(*(price.source for price in prices[:1]))
    return Side(
        place,
        roads_of(site).trip(reply.question.origin or DEFAULT_ORIGIN, ref),
        bool(site.cable_cars_at(place.id)),
        len(site.children(place.id)),
        prices[0].adult == 0 if prices else None,
    )


def _tell(reply: Answer, side: Side) -> None:
    place, trip = side.place, side.trip if side.trip and side.trip.legs else None
    start = short_name(reply.site, reply.question.origin or DEFAULT_ORIGIN, reply.wording)
    reply.say(
        "compare.side",
        name=short_name(reply.site, place.ref, reply.wording),
        character=_first_sentence(reply, place),
        minutes=place.minutes,
        days=days_of(place.minutes),
        effort=place.effort,
        cable_car=side.cable_car,
        parts=side.parts,
        free=side.free,
        start=start,
        km=trip.km if trip else None,
        drive=rounded(trip.minutes) if trip else None,
    )
    if trip:
        reply.cite(*trip.sources)


def _first_sentence(reply: Answer, place: Place) -> str:
    first, dot, _ = place.summary.in_(reply.lang).partition(". ")
    return f"{first}." if dot else first


def _verdict(reply: Answer, sides: list[Side]) -> None:
    """What speaks for each, as far as the figures tell: a place stands where it alone is best."""
    best = {
        "easier": _lowest(sides, lambda side: EFFORTS.get(side.place.effort or "")),
        "nearer": _lowest(sides, lambda side: side.trip.minutes if side.trip and side.trip.legs else None),
        "shorter": _lowest(sides, lambda side: side.place.minutes),
        "richer": _lowest(sides, lambda side: -side.parts),
    }
    points = [
        {
            "name": short_name(reply.site, side.place.ref, reply.wording),
            "points": [point for point, winner in best.items() if winner is side],
        }
        for side in sides
    ]
    start = short_name(reply.site, reply.question.origin or DEFAULT_ORIGIN, reply.wording)
    reply.say("compare.verdict", start=start, sides=[it for it in points if it["points"]])


def _inside(reply: Answer, sides: list[Side]) -> None:
    """Where one of two places lies within the other, comparing them needs that said first."""
    for inner in sides:
        for outer in sides:
            if contains(reply.site, outer.place.ref, inner.place.ref):
                reply.say(
                    "compare.inside",
                    inner=short_name(reply.site, inner.place.ref, reply.wording),
                    outer=short_name(reply.site, outer.place.ref, reply.wording),
                )


def _lowest(sides: list[Side], value: Callable[[Side], Optional[float]]) -> Optional[Side]:
    """The one side with the lowest value; None when some value is unknown or the lowest is shared."""
    values = [value(side) for side in sides]
    known = [it for it in values if it is not None]
    if len(known) < len(sides) or values.count(min(known)) > 1:
        return None
    return sides[values.index(min(known))]
