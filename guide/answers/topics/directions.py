"""How to get there: the road with its bridges, coaches and trains, and the last part on foot, by cable car or boat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from guide.answers import journeys as ways
from guide.answers import transit
from guide.answers.compose import Answer
from guide.answers.cues import found, tells
from guide.answers.places import short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.topics import bus
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import RoadTrip
from guide.sitedb.records import Fact
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
PUBLIC = {"bus", "train", "boat"}
SHOWN_FACTS = 2


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Each way asked for; a question back when nothing was named."""
    reply = Answer(site, question, wording)
    asked = ways.journeys(site, question)
    if not asked:
        return ways.ask_where(reply, "directions")
    ways.say_where(reply)
    for journey in asked[:2]:
        _tell(reply, journey)
    if asked[0].assumed:
        reply.say("travel.assumed", start=short_name(site, asked[0].start, wording))
    return _lead_on(reply, asked).done()


def _tell(reply: Answer, journey: ways.Journey) -> None:
    if ways.is_spread(reply.site, journey.end):
        return ways.tell_spread(reply, journey)
    trip = ways.quickest(reply.site, journey)
    if trip is None:
        reply.unknown(
            "distance.unknown",
            journey.end,
            start=short_name(reply.site, journey.start, reply.wording),
            end=short_name(reply.site, journey.end, reply.wording),
        )
        return _facts(reply, journey)
    if not trip.legs:
        ways.say_same_area(reply, trip)
        return _facts(reply, journey)
    _tell_trip(reply, journey, trip)


def _tell_trip(reply: Answer, journey: ways.Journey, trip: RoadTrip) -> None:
    wanted = set(found(reply.question.text, "vehicle"))
    ways.say_total(reply, trip)
    parts = [_road, _public, ways.say_last_part] if not wanted & PUBLIC else [_public, _road, ways.say_last_part]
    for part in parts:
        part(reply, trip)
    _facts(reply, journey)
    ways.draw(reply, trip)


def _road(reply: Answer, trip: RoadTrip) -> None:
    """The road, for a car: the quickest one, or that with the car ferry where the quickest takes a boat."""
    driven = ways.by_vehicle(reply.site, trip) or trip
    chain = reply.phrase(
        "travel.chain", start=short_name(reply.site, trip.start, reply.wording), steps=ways.steps(reply, driven)
    )
    extras = []
    if bridges := ways.bridge_names(reply, driven.legs):
        extras.append(reply.phrase("travel.bridges", bridges=bridges))
    extras += ways.trip_notes(reply, driven)[:2]
    if any(leg.toll for leg in driven.legs):
        extras.append(reply.phrase("travel.toll"))
    reply.say("directions.road", chain=chain, extras=extras, boat="boat" in driven.modes)
    _motorbike(reply, driven)


def _motorbike(reply: Answer, trip: RoadTrip) -> None:
    if "motorbike" not in found(reply.question.text, "vehicle") or not ways.uses_expressway(trip):
        return
    rules = [row for row in reply.site.advice(topic="vehicle") if tells(row.words, "expressway")]
    for rule in rules[:1]:
        reply.add(rule.words.in_(reply.lang)).cite(rule.source)


def _public(reply: Answer, trip: RoadTrip) -> None:
    """The best coach and the trains, in a line each; more is told under the topic of buses."""
    rides = transit.rides(reply.site, trip.start, trip.end)[:1]
    trains = transit.train_rides(reply.site, trip.start, trip.end)[:1]
    for ride in rides:
        bus.say_ride(reply, ride, trip.end)
    for train in trains:
        bus.say_train(reply, train)
    bus.say_boats(reply, trip)
    if rides or trains:
        reply.offer("bus", *dict.fromkeys((trip.start, trip.end)), title=reply.phrase("quick.bus"))


def _facts(reply: Answer, journey: ways.Journey) -> None:
    """What the site database says about getting there, without what is told from another start."""
    facts = [fact for fact in reply.site.facts(journey.end, "getting_there") if _fits(reply.site, fact, journey.start)]
    rest = facts[reply.question.page * SHOWN_FACTS :] or facts
    texts = [fact.words.in_(reply.lang) for fact in rest[:SHOWN_FACTS]]
    shown = reply.fitting(texts, at_least=0 if reply.size() > 400 else 1)
    reply.bullets(texts[:shown]).cite(*(fact.source for fact in rest[:shown]))
    if len(rest) > shown:
        reply.offer_more()


def _fits(site: SiteDb, fact: Fact, start: Ref) -> bool:
    """No gap in the research, and no description that sets out from Hà Nội when the visitor does not."""
    if fact.source is not None and fact.source.basis == "gap":
        return False
    default = fold(site.name(ways.DEFAULT_ORIGIN, "vi"))
    return start == ways.DEFAULT_ORIGIN or default not in fold(fact.words.in_("vi"))


def _lead_on(reply: Answer, asked: Sequence[ways.Journey]) -> Answer:
    end = asked[-1].end
    if asked[0].assumed:
        for start in (it for it in ways.OTHER_STARTS if it != end):
            title = reply.phrase("travel.from_title", start=short_name(reply.site, start, reply.wording))
            reply.offer("directions", start, end, title=title)
    return reply.offer("parking", end).offer("nearby", end)
