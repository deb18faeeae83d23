"""Where to stay: what is near, whether it must be rung first, prices only as far as a source gives them.

A place that has closed is never recommended; one known only from an old source is told with the request to ring first.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.places import area_name, outermost, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.vicinity import Reached, by_distance
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Venue
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN = 5
SHOWN_AREAS = 8
SHOWN_BEYOND = 3
FARTHEST_KM = 120.0  # by road: as far as one drives for a bed at the end of the day


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """A lodging that was named, the lodgings near a place, or the areas where there are any."""
    reply = Answer(site, question, wording)
    ref = question.subject
    if ref and ref.kind == "lodging":
        return _one(reply, site.get(ref))
    place = standing_place(site, ref) if ref else None
    if place is None:
        return _areas(reply, question)
    return _near(reply, place)


def open_lodgings(site: SiteDb) -> list[Venue]:
    """Every lodging that may be recommended."""
    return [venue for venue in site.all("lodging") if venue.status != "closed"]


def _near(reply: Answer, place: Ref) -> Reply:
    """The lodgings of the nearest area that has any, then the areas beyond it with their numbers."""
    found = by_distance(reply.site, place, open_lodgings(reply.site), lambda venue: (venue.near,), FARTHEST_KM)
    name = short_name(reply.site, place, reply.wording)
    if not found:
        reply.unknown("lodging.none", place, name=name)
        return reply.offer("lodging", title=reply.phrase("lodging.elsewhere_title")).done()
    nearest = sorted((it for it in found if it.km == found[0].km), key=lambda it: _rank(it.record))
    page = nearest[reply.question.page * SHOWN :][:SHOWN] or nearest[:SHOWN]
    reply.say("lodging.near", name=name, inside=found[0].km == 0)
    rows = [_row(reply, it) for it in page]
    shown = reply.fitting(rows, at_least=2)
    reply.bullets(rows[:shown]).listing(*(it.record.ref for it in page[:shown]))
    for it in page[: min(shown, 2)]:
        reply.cite(*it.record.sources[:1]).offer("lodging", it.record.ref, title=reply.name(it.record.ref))
    if len(nearest) > shown:
        reply.offer_more()
    _beyond(reply, found[len(nearest) :])
    _gap(reply, place)
    return reply.say("lodging.ask_price").point(*(it.record.ref for it in page[:shown])).done()


def _rank(venue: Venue) -> tuple[bool, int]:
    """Those with a usable source first, then by stars."""
    return venue.status != "in_source", -(venue.stars or 0)


def _row(reply: Answer, it: Reached[Venue]) -> str:
    venue = it.record
    name, kind = reply.name(venue.ref), reply.phrase(f"venues.{venue.kind}")
    return reply.phrase(
        "lodging.row",
        name=name,
        kind=None if fold(kind) in fold(name) else kind,
        stars=venue.stars,
        km=it.km,
        rooms=venue.rooms,
        area=short_name(reply.site, it.place, reply.wording),
        status=venue.status,
        about=venue.about.in_(reply.lang),
    )


def _beyond(reply: Answer, others: list[Reached[Venue]]) -> None:
    """The next areas that have lodgings, with how far they are and how many."""
    areas: dict[Ref, list[float]] = {}
    for it in others:
        areas.setdefault(outermost(reply.site, it.place), []).append(it.km)
    shown = list(areas)[:SHOWN_BEYOND]
    rows = [
        reply.phrase(
            "lodging.beyond_row",
            name=short_name(reply.site, area, reply.wording),
            km=min(areas[area]),
            count=len(areas[area]),
        )
        for area in shown
    ]
    if rows:
        reply.say("lodging.beyond", rows=rows)
    for area in shown[:2]:
        reply.offer("lodging", area)


def _gap(reply: Answer, place: Ref) -> None:
    """What the research says about a place where no lodging was found."""
    for row in reply.site.advice(topic="lodging_gap", place=place.id if place.kind == "place" else None):
        if place.id in row.places:
            reply.add(row.words.in_(reply.lang))


def _one(reply: Answer, venue: Venue) -> Reply:
    """One lodging: what it is, where, for whom, its price if a source gives one, and whom to ring."""
    near, name = standing_place(reply.site, venue.ref), reply.name(venue.ref)
    reply.say(
        "lodging.one",
        name=name,
        kind=reply.phrase(f"venues.{venue.kind}"),
        stars=venue.stars,
        rooms=venue.rooms,
        address=venue.address,
        status=venue.status,
        about=venue.about.in_(reply.lang),
        near=area_of(reply, venue),
    )
    reply.cite(*venue.sources)
    if venue.status == "closed":
        return reply.offer("lodging", near).done() if near else reply.done()
    reply.facts(reply.site.facts(venue.ref), limit=2)
    _price(reply, venue)
    reply.say("lodging.contact", phone=venue.phone, website=venue.website, note=venue.phone_note.in_(reply.lang))
    reply.point(venue.ref)
    return _lead_on(reply, near).done()


def area_of(reply: Answer, venue: Venue) -> str | None:
    """The place that a venue is at; where that is the venue itself under its own name, what contains it."""
    near = standing_place(reply.site, venue.ref)
    if near is None:
        return None
    own = fold(reply.name(venue.ref))
    around = [near, *(place.ref for place in reply.site.ancestors(near.id))]
    return next((it for ref in around if fold(it := short_name(reply.site, ref, reply.wording)) != own), None)


def _lead_on(reply: Answer, near: Ref | None) -> Answer:
    return reply.offer("directions", near).offer("food", near).offer("nearby", near) if near else reply


def _price(reply: Answer, venue: Venue) -> None:
    prices = reply.site.prices(venue.ref, reply.today)
    price = next((price for price in (*prices.current, *prices.old) if price.adult is not None), None)
    if price is None:
        reply.say("lodging.no_price")
        return
    reply.say(
        "lodging.price", low=price.adult, high=price.adult_max, since=price.valid_from, note=price.note.in_(reply.lang)
    )
    reply.cite(price.source)


def _areas(reply: Answer, question: Question) -> Reply:
    """Nothing named: where there are lodgings at all, the most first; in the province, when one was named."""
    lodgings = [venue for venue in open_lodgings(reply.site) if venue.near]
    if question.province:
        ids = {place.id for place in reply.site.places(province=question.province)}
        lodgings = [venue for venue in lodgings if venue.near in ids]
    counts = Counter(outermost(reply.site, Ref("place", venue.near or "")) for venue in lodgings)
    where = area_name(reply.site, question.province, reply.lang) if question.province else None
    if not counts:
        return reply.unknown("lodging.none", None, name=where or "").done()
    areas = counts.most_common(SHOWN_AREAS)
    names = {ref: short_name(reply.site, ref, reply.wording) for ref, _ in areas}
    reply.say("lodging.areas", where=where)
    reply.bullets(reply.phrase("lodging.area", name=names[ref], count=count) for ref, count in areas)
    reply.listing(*names)
    reply.say("lodging.ask")
    for ref, _ in areas[:4]:
        reply.offer("lodging", ref, title=names[ref])
    return reply.cite(*(source for venue in lodgings[:1] for source in venue.sources[:1])).done()
