"""Where to leave the vehicle and what it costs; a price that has lapsed is never told as today's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.cues import tells
from guide.answers.gather import HOME
from guide.answers.places import is_property, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import redirect, say_assumed
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import roads_of, standing_place
from guide.sitedb.records import Fact, Place, Price, Words

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN_PRICES = 3
SHOWN_FACTS = 3


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Parking at the place named, at what contains it or at its parts; else at Yên Tử."""
    ref = question.subject or HOME
    place = site.find(standing_place(site, ref) or ref)
    if not isinstance(place, Place):
        return redirect(site, question, wording)
    reply = Answer(site, question, wording)
    say_assumed(reply, place.ref, question.subject is None)
    spots = _spots(site, place)
    prices, lapsed = _prices(reply, spots)
    facts = _facts(site, spots, stale=bool(lapsed and not prices))
    park = _park(reply, place, {price.subject for price in (*prices, *lapsed)})
    _tell_prices(reply, place, prices, lapsed)
    if facts and not park and not prices and not lapsed:
        reply.say("parking.at", name=short_name(site, place.ref, wording))
    texts = [fact.words.in_(reply.lang) for fact in facts[:SHOWN_FACTS]]
    shown = reply.fitting(texts, at_least=1)
    reply.bullets(texts[:shown]).cite(*(fact.source for fact in facts[:shown]))
    if not prices and not lapsed and not facts:
        reply.unknown("parking.unknown", place.ref, name=short_name(site, place.ref, wording))
    return reply.offer("directions", place.ref).offer("bus", place.ref).done()


def _spots(site: SiteDb, place: Place) -> list[Place]:
    """The place, its parts, and the complexes around it with theirs: one parks at the gate of the whole."""
    around = [outer for outer in site.ancestors(place.id) if not is_property(outer)]
    spots = [place, *site.children(place.id), *around]
    for outer in around:
        spots += site.children(outer.id)
    return list({spot.ref: spot for spot in spots}.values())


def _is_parking(price: Price) -> bool:
    return tells(price.item, "fee")


def _prices(reply: Answer, spots: Sequence[Place]) -> tuple[list[Price], list[Price]]:
    """Parking prices in force today, and those that are past."""
    lists = [reply.site.prices(spot.ref, reply.today) for spot in spots]
    current = [price for prices in lists for price in prices.current if _is_parking(price)]
    return _once(current), _once(price for prices in lists for price in prices.old if _is_parking(price))


def _once(prices: Iterable[Price]) -> list[Price]:
    """Each amount with its last day once: a complex and its car park may both tell it."""
    return list({(price.adult, price.valid_to): price for price in prices}.values())


def _facts(site: SiteDb, spots: Sequence[Place], stale: bool) -> list[Fact]:
    """Facts that speak of parking, the place's own first; none that call it free once that has lapsed."""
    facts = [fact for spot in spots for fact in site.facts(spot.ref) if tells(fact.words, "parking")]
    return [fact for fact in facts if not (stale and tells(fact.words, "free"))]


def _park(reply: Answer, place: Place, priced: set[Ref]) -> Place | None:
    """The car park that is a place itself: the one with a price before others, then the nearest."""
    parks = [spot for spot in _spots(reply.site, place) if spot.kind == "station" and _is_park(spot)]
    roads = roads_of(reply.site)
    order = sorted(parks, key=lambda spot: (spot.ref not in priced, roads.crow_km(place.ref, spot.ref) or 0.0))
    for park in order[:1]:
        reply.say(
            "parking.park",
            name=reply.name(park.ref),
            of=short_name(reply.site, place.ref, reply.wording),
            itself=park.ref == place.ref,
        )
        reply.point(park.ref)
    return next(iter(order), None)


def _is_park(spot: Place) -> bool:
    names = [spot.name.in_("vi"), *spot.aliases.get("vi", ())]
    return any(tells(Words(vi=name), "parking") for name in names)


def _tell_prices(reply: Answer, place: Place, prices: list[Price], lapsed: list[Price]) -> None:
    for price in prices[:SHOWN_PRICES]:
        reply.say("parking.price", **_figures(reply, price))
        reply.cite(price.source)
    if prices or not lapsed:
        return
    for price in lapsed[:SHOWN_PRICES]:
        reply.say("parking.lapsed", **_figures(reply, price))
        reply.cite(price.source)
    reply.contact(place.ref)


def _figures(reply: Answer, price: Price) -> dict[str, object]:
    told = price.adult == 0 and price.valid_to is not None  # its note would only say "free until then" again
    return {
        "where": short_name(reply.site, price.subject, reply.wording),
        "item": price.item.in_(reply.lang),
        "amount": price.adult,
        "high": price.adult_max,
        "note": "" if told else price.note.in_(reply.lang),
        "since": price.valid_from,
        "until": price.valid_to,
    }
