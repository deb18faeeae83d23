"""How far it is: km and driving time between two subjects, from Hà Nội when no start is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers import journeys as ways
from guide.answers.compose import Answer
from guide.answers.places import short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.roads import RoadTrip, roads_of

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
SHOWN = 3


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Each way asked for with its length and time; a question back when nothing was named."""
    reply = Answer(site, question, wording)
    asked = ways.journeys(site, question)
    if not asked:
        return ways.ask_where(reply, "distance")
    ways.say_where(reply)
    for journey in asked[:SHOWN]:
        _tell(reply, journey)
    if asked[0].assumed:
        reply.say("travel.assumed", start=short_name(site, asked[0].start, wording))
    for topic in ("directions", "bus"):
        reply.offer(topic, *dict.fromkeys((asked[0].start, asked[0].end)), title=wording.say(f"quick.{topic}"))
    return reply.offer("nearby", asked[-1].end).done()


def _tell(reply: Answer, journey: ways.Journey) -> None:
    if ways.is_spread(reply.site, journey.end):
        return ways.tell_spread(reply, journey)
    trip = ways.quickest(reply.site, journey)
    if trip is None:
        return _as_the_crow_flies(reply, journey)
    if not trip.legs:
        return ways.say_same_area(reply, trip)
    ways.say_total(reply, trip)
    ways.say_last_part(reply, trip)
    slower = ways.by_vehicle(reply.site, trip)
    if slower:
        ways.say_total(reply, slower, "distance.by_car")
    _say_bridges(reply, trip)
    ways.draw(reply, trip)


def _say_bridges(reply: Answer, trip: RoadTrip) -> None:
    bridges = ways.bridge_names(reply, trip.legs)
    if bridges:
        reply.say("travel.bridges", bridges=bridges)


def _as_the_crow_flies(reply: Answer, journey: ways.Journey) -> None:
    names = {end: short_name(reply.site, getattr(journey, end), reply.wording) for end in ("start", "end")}
    km = roads_of(reply.site).crow_km(journey.start, journey.end)
    if km is None:
        reply.unknown("distance.unknown", journey.end, **names)
    else:
        reply.say("distance.crow", km=km, **names)
