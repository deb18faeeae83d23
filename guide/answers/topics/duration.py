"""How much time to allow: on site, for a climb, for a festival or for a whole route."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Optional

from guide.answers.compose import Answer
from guide.answers.cues import tells
from guide.answers.gather import nearest_facts
from guide.answers.places import contains, is_property, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import redirect
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

DAY_MINUTES = 480  # a visit this long takes the day
SHOWN_PARTS = 6
SHOWN_CLIMBS = 2


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The time for the subject; for nothing named, the time at each of the main sites."""
    reply = Answer(site, question, wording)
    ref = question.subject
    if ref is None:
        return _main_sites(reply)
    if ref.kind == "route":
        return _route(reply, ref)
    if ref.kind == "festival":
        festival = site.get(ref)
        reply.say("duration.festival", name=festival.name.in_(reply.lang), days=festival.days)
        return reply.cite(festival.date_source).offer("festival", ref).done()
    place = site.find(standing_place(site, ref) or ref)
    if not isinstance(place, Place):
        return redirect(site, question, wording)
    return _place(reply, place)


def days_of(minutes: Optional[int]) -> int:
    """The whole days of a long visit; 0 for one of hours."""
    return math.ceil(minutes / (24 * 60)) if minutes and minutes >= DAY_MINUTES else 0


def _place(reply: Answer, place: Place) -> Reply:
    if place.minutes is None:
        return _without_figure(reply, place)
    reply.say(
        "duration.place",
        name=short_name(reply.site, place.ref, reply.wording),
        minutes=place.minutes,
        days=days_of(place.minutes),
        effort=place.effort,
        estimate="minutes" in place.estimates,
    )
    _parts(reply, place)
    _climb(reply, place)
    return _lead_on(reply, place.ref).done()


def _without_figure(reply: Answer, place: Place) -> Reply:
    parts = [part for part in reply.site.children(place.id) if part.minutes]
    if is_property(place) or parts:
        return _main_sites(reply)
    reply.unknown("duration.unknown", place.ref, name=short_name(reply.site, place.ref, reply.wording))
    return _lead_on(reply, place.ref).done()


def _parts(reply: Answer, place: Place) -> None:
    """The time at the larger parts of a complex."""
    timed = (part for part in reply.site.children(place.id) if part.minutes)
    parts = sorted(timed, key=lambda part: -(part.minutes or 0))
    rows = [
        reply.phrase(
            "duration.row",
            name=short_name(reply.site, part.ref, reply.wording),
            minutes=part.minutes,
            days=days_of(part.minutes),
        )
        for part in parts[:SHOWN_PARTS]
    ]
    if len(rows) > 1:
        reply.say("duration.parts", rows=rows)


def _climb(reply: Answer, place: Place) -> None:
    """What is known of the climb, where there is one: it takes more time than the visit."""
    if place.effort == "easy":
        return
    climb = nearest_facts(reply.site, place.ref, ("climbing",), reply.question.text, reply.lang)
    if climb and climb.relation != "part":
        timed = [fact for fact in climb.facts if tells(fact.words, "time")]
        reply.facts(timed, limit=SHOWN_CLIMBS)


def _route(reply: Answer, ref: Ref) -> Reply:
    route = reply.site.get(ref)
    reply.say(
        "duration.route",
        name=route.name.in_(reply.lang),
        low=route.days_min,
        high=route.days_max,
        stops=len(route.stops),
    )
    return reply.cite(route.source).offer("route", ref).done()


def _main_sites(reply: Answer) -> Reply:
    """The time at each component of the World Heritage property and at the complexes that hold them."""
    places = {place.ref: place for place in _visited(reply.site) if place.minutes}
    rows = [
        reply.phrase(
            "duration.row",
            name=short_name(reply.site, ref, reply.wording),
            minutes=place.minutes,
            days=days_of(place.minutes),
        )
        for ref, place in places.items()
    ]
    reply.say("duration.main_sites").bullets(rows).say("duration.main_sites_end")
    for ref in list(places)[:3]:
        reply.offer("duration", ref)
    return reply.offer("plan_trip").done()


def _visited(site: SiteDb) -> list[Place]:
    """The complexes of the property for their components, longest visit first."""
    components = site.places(heritage=True)
    visits: dict[Ref, Place] = {}
    for place in components:
        around = [outer for outer in site.ancestors(place.id) if not is_property(outer) and outer.minutes]
        visit = around[-1] if around else place
        visits.setdefault(visit.ref, visit)
    outer = [one for one in visits.values() if not any(contains(site, other, one.ref) for other in visits)]
    return sorted(outer, key=lambda place: -(place.minutes or 0))


def _lead_on(reply: Answer, ref: Ref) -> Answer:
    return reply.offer("directions", ref).offer("climbing", ref).offer("best_time", ref)
