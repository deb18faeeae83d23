"""Where to stay: what is near, whether it must be rung first, prices only as far as a source gives them.

A place that has closed is never recommended; one known only from an old source is told with the request to ring first.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.places import same_area, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.vicinity import Reached, by_distance
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import roads_of, standing_place
from guide.sitedb.records import Venue

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN = 5
SHOWN_AREAS = 8
GAP_KM = 12.0  # a town this near is the one where visitors would look for a room


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
    found = by_distance(reply.site, place, open_lodgings(reply.site), lambda venue: (venue.near,))
    name = short_name(reply.site, place, reply.wording)
    page = found[reply.question.page * SHOWN:][:SHOWN] or found[:SHOWN]
    if not found:
        reply.unknown("lodging.none", place, name=name)
        return reply.offer("lodging", title=reply.phrase("lodging.elsewhere_title")).done()
    reply.say("lodging.near", name=name, inside=page[0].km == 0)
    rows = [_row(reply, it) for it in page]
    shown = reply.fitting(rows, at_least=2)
    reply.bullets(rows[:shown])
    for it in page[:shown]:
        reply.cite(*it.record.sources[:1]).offer("lodging", it.record.ref, title=reply.name(it.record.ref))
    _gap(reply, place, found)
    reply.say("lodging.ask_price")
    if len(found) > shown:
        reply.offer_more()
    return reply.point(*(it.record.ref for it in page[:shown])).done()


def _row(reply: Answer, it: Reached[Venue]) -> str:
    venue = it.record
    return reply.phrase(
        "lodging.row", name=reply.name(venue.ref), kind=reply.phrase(f"venues.{venue.kind}"), stars=venue.stars,
        rooms=venue.rooms, area=short_name(reply.site, it.place, reply.wording), km=it.km, status=venue.status,
        about=venue.about.in_(reply.lang),
    )


def _gap(reply: Answer, place: Ref, found: list[Reached[Venue]]) -> None:
    """Where none is known in the town itself, say so: it explains the distances."""
    if found and found[0].km == 0:
        return
    roads = roads_of(reply.site)
    for row in reply.site.advice(topic="lodging_gap"):
        towns = [Ref("place", id_) for id_ in row.places]
        away = [0.0 if same_area(reply.site, place, town) else roads.crow_km(place, town) for town in towns]
        if any(km is not None and km <= GAP_KM for km in away):
            reply.add(row.words.in_(reply.lang))
            return


def _one(reply: Answer, venue: Venue) -> Reply:
    """One lodging: what it is, where, for whom, its price if a source gives one, and whom to ring."""
    near = standing_place(reply.site, venue.ref)
    reply.say("lodging.one", name=reply.name(venue.ref), kind=reply.phrase(f"venues.{venue.kind}"), stars=venue.stars,
              rooms=venue.rooms, address=venue.address, status=venue.status, about=venue.about.in_(reply.lang),
              near=short_name(reply.site, near, reply.wording) if near else None)
    reply.cite(*venue.sources)
    if venue.status == "closed":
        return reply.offer("lodging", near).done() if near else reply.done()
    reply.facts(reply.site.facts(venue.ref), limit=2)
    _price(reply, venue)
    reply.say("lodging.contact", phone=venue.phone, website=venue.website, note=venue.phone_note.in_(reply.lang))
    reply.point(venue.ref)
    return _lead_on(reply, near).done()


def _lead_on(reply: Answer, near: Ref | None) -> Answer:
    return reply.offer("directions", near).offer("food", near).offer("nearby", near) if near else reply


def _price(reply: Answer, venue: Venue) -> None:
    prices = reply.site.prices(venue.ref, reply.today)
    price = next((price for price in (*prices.current, *prices.old) if price.adult is not None), None)
    if price is None:
        reply.say("lodging.no_price")
        return
    reply.say("lodging.price", low=price.adult, high=price.adult_max, since=price.valid_from,
              note=price.note.in_(reply.lang))
    reply.cite(price.source)


def _areas(reply: Answer, question: Question) -> Reply:
    """Nothing named: where there are lodgings at all, the most first; in the province, when one was named."""
    lodgings = open_lodgings(reply.site)
    province = {place.id for place in reply.site.places(province=question.province)} if question.province else None
    counts = Counter(venue.near for venue in lodgings if venue.near and (province is None or venue.near in province))
    if not counts:
        return reply.unknown("lodging.none", None, name=question.province or "").done()
    areas = counts.most_common(SHOWN_AREAS)
    names = {id_: short_name(reply.site, Ref("place", id_), reply.wording) for id_, _ in areas}
    reply.say("lodging.areas", where=question.province)
    reply.bullets(reply.phrase("lodging.area", name=names[id_], count=count) for id_, count in areas)
    reply.say("lodging.ask")
    for id_, _ in areas[:4]:
        reply.offer("lodging", Ref("place", id_), title=names[id_])
    return reply.cite(*(source for venue in lodgings[:1] for source in venue.sources[:1])).done()

