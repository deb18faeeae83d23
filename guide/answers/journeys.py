"""From where to where a question means, and a trip in the words that directions, distance and routes share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Optional

from guide.answers.compose import Answer
from guide.answers.cues import found, tells
from guide.answers.places import innermost, is_property, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.refs import Ref
from guide.roads import RoadLeg, RoadTrip, roads_of, standing_place
from guide.sitedb.records import Place, Words
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

DEFAULT_ORIGIN = Ref("place", "ha-noi")  # where most visitors set out; the answer says that it was assumed
MAIN_SITE = Ref("place", "yen-tu")  # meant by "how do I get there" when nothing was named before
COMMON_ENDS = (MAIN_SITE, Ref("place", "con-son"), Ref("place", "chua-vinh-nghiem"), Ref("place", "bai-chay"))
OTHER_STARTS = (Ref("gateway", "san-bay-noi-bai"), Ref("place", "hai-phong"))
DESTINATIONS = ("place", "gateway", "lodging", "eating", "help")  # kinds that one travels to themselves
ROUND_MINUTES = 5
_ROAD_KINDS = {"ql": "national", "dt": "provincial", "ct.": "expressway"}
_ROAD_CODE = re.compile(rf"({'|'.join(map(re.escape, _ROAD_KINDS))})\s*(\d\w*)\s*")


class Journey(NamedTuple):
    """One way that is asked for. ``assumed``: the visitor did not say where they start."""

    start: Ref
    end: Ref
    assumed: bool = False


class Step(NamedTuple):
    """A stretch of a trip as it is told: links on the same road are one step."""

    name: str
    mode: str
    roads: tuple[str, ...]
    via: tuple[str, ...]
    km: float
    minutes: float


def journeys(site: SiteDb, question: Question) -> tuple[Journey, ...]:
    """The ways asked for: from the origin, else from the first of several subjects, else from Hà Nội."""
    ends = (_destination(site, ref) for ref in innermost(site, question.subjects))
    named = tuple(dict.fromkeys(ref for ref in ends if ref != question.origin))
    if question.origin and named:
        return tuple(Journey(*pair) for pair in pairwise((question.origin, *named)))
    if question.origin:
        return (Journey(question.origin, MAIN_SITE),) if question.origin != MAIN_SITE else ()
    if len(named) > 1:
        return tuple(Journey(*pair) for pair in pairwise(named))
    end = named[0] if named else None
    return (Journey(DEFAULT_ORIGIN, end, assumed=True),) if end and end != DEFAULT_ORIGIN else ()


def _destination(site: SiteDb, ref: Ref) -> Ref:
    """Where one goes for a subject: itself, or for a festival, a dish or a person the place that it is bound to."""
    return ref if ref.kind in DESTINATIONS else standing_place(site, ref) or ref


def say_where(reply: Answer) -> None:
    """Name the place that stands for a festival, dish or person, so that the way to it makes sense."""
    for ref in reply.question.subjects:
        place = _destination(reply.site, ref)
        if place != ref:
            reply.say("travel.stands", name=reply.name(ref), place=short_name(reply.site, place, reply.wording))


def rounded(minutes: float) -> int:
    """Driving time no finer than five minutes, as no driver can promise more."""
    return max(ROUND_MINUTES, ROUND_MINUTES * round(minutes / ROUND_MINUTES))


def steps(reply: Answer, trip: RoadTrip) -> list[Step]:
    """The trip as a traveller hears it, links on the same road told as one."""
    told: list[Step] = []
    for leg in trip.legs:
        name, roads = short_name(reply.site, leg.end, reply.wording), road_names(reply, leg)
        last = told[-1] if told else None
        if last and last.mode == leg.mode and roads and last.roads[-1:] == roads[-1:]:
            via = (*last.via, last.name)
            told[-1] = Step(name, leg.mode, last.roads, via, last.km + leg.km, last.minutes + leg.minutes)
        else:
            told.append(Step(name, leg.mode, roads, (), leg.km, leg.minutes))
    return told


def road_names(reply: Answer, leg: RoadLeg) -> tuple[str, ...]:
    """The roads of a leg in the words of the language: ``QL18`` → ``quốc lộ 18`` / ``National Road 18``."""
    return tuple(dict.fromkeys(name for road in leg.roads if (name := _road_name(reply, road))))


def _road_name(reply: Answer, road: str) -> str:
    code = _ROAD_CODE.match(fold(road))  # folding keeps the length of these codes
    if code is None:
        return reply.phrase("travel.road_other", road=road)
    kind = _ROAD_KINDS[code[1]]
    return reply.phrase(f"travel.road_{kind}", number=road[slice(*code.span(2))], name=road[code.end() :])


def bridge_names(reply: Answer, legs: Iterable[RoadLeg]) -> list[str]:
    """The bridges that the legs cross, each once."""
    ids = dict.fromkeys(id_ for leg in legs for id_ in leg.bridges)
    return [reply.name(Ref("bridge", id_)) for id_ in ids if reply.site.find(Ref("bridge", id_))]


def trip_notes(reply: Answer, trip: RoadTrip) -> list[str]:
    """What to know about the legs: always for ferries and boats, else only what is no mere remark on a source."""
    worth = [leg for leg in trip.legs if leg.note and _worth_telling(leg)]
    return [reply.phrase("travel.note", mode=leg.mode, text=leg.note.in_(reply.lang)) for leg in worth if leg.note]


def _worth_telling(leg: RoadLeg) -> bool:
    return leg.mode in ("ferry", "boat") or (leg.source is not None and leg.source.basis != "published")


def uses_expressway(trip: RoadTrip) -> bool:
    """Whether a leg runs on an expressway, which motorbikes must not use."""
    return any(tells(Words(vi=road), "expressway") for leg in trip.legs for road in leg.roads)


def quickest(site: SiteDb, journey: Journey) -> Optional[RoadTrip]:
    """The quickest trip for this journey by any means in the road graph."""
    return roads_of(site).trip(journey.start, journey.end)


def by_vehicle(site: SiteDb, trip: RoadTrip) -> Optional[RoadTrip]:
    """The trip that a car can make where the quickest one is by boat; None where that is the same or there is none."""
    if "boat" not in trip.modes:
        return None
    return roads_of(site).trip(trip.start, trip.end, boats=False)


def ask_where(reply: Answer, room: str) -> Reply:
    """Ask back when neither start nor destination was named, with the ways most asked for to choose from."""
    reply.say(f"{room}.ask")
    for end in COMMON_ENDS:
        reply.offer(reply.question.topic, DEFAULT_ORIGIN, end, title=short_name(reply.site, end, reply.wording))
    return reply.done()


def say_total(reply: Answer, trip: RoadTrip, phrase: str = "travel.total") -> None:
    """Say how far and how long, and how sure that is; cites the links' sources."""
    start, end = (short_name(reply.site, ref, reply.wording) for ref in (trip.start, trip.end))
    motorbike = "motorbike" in found(reply.question.text, "vehicle")
    reply.say(
        phrase, start=start, end=end, km=trip.km, minutes=rounded(trip.minutes), modes=trip.modes, motorbike=motorbike
    )
    if trip.approximate:
        first = trip.legs[0].mode == "approach" and len(trip.legs) > 1
        reply.say("travel.approximate", which="start" if first else "end")
    reply.cite(*trip.sources)


def say_same_area(reply: Answer, trip: RoadTrip) -> None:
    """Two subjects that one road leads to: how far apart, where the locations are exact enough to tell."""
    roads = roads_of(reply.site)
    km, spots = roads.crow_km(trip.start, trip.end), [roads.location(ref) for ref in (trip.start, trip.end)]
    blur = sum(spot.accuracy_m or 0 for spot in spots if spot) / 1000
    start, end, area = (short_name(reply.site, ref, reply.wording) for ref in (trip.start, trip.end, trip.reaches))
    reply.say("travel.same_area", start=start, end=end, area=area, km=km if km and km > blur else None)
    reply.point(trip.start, trip.end)


def is_spread(site: SiteDb, ref: Ref) -> bool:
    """Whether the subject is a whole World Heritage property, which has no single way to it."""
    place = site.find(ref)
    return isinstance(place, Place) and is_property(place)


def tell_spread(reply: Answer, journey: Journey) -> None:
    """A property spread over provinces: the nearest of its components in each, from this start."""
    nearest: dict[str, RoadTrip] = {}
    for place in reply.site.places(heritage=True):
        trip = quickest(reply.site, Journey(journey.start, place.ref))
        known = nearest.get(place.province_now)
        if trip and trip.legs and (known is None or trip.minutes < known.minutes):
            nearest[place.province_now] = trip
    rows = [
        {
            "province": province,
            "name": short_name(reply.site, trip.end, reply.wording),
            "km": trip.km,
            "minutes": rounded(trip.minutes),
        }
        for province, trip in sorted(nearest.items(), key=lambda item: item[1].minutes)
    ]
    reply.say("travel.spread", name=reply.name(journey.end), start=short_name(reply.site, journey.start, reply.wording))
    reply.bullets(reply.phrase("travel.spread_row", **row) for row in rows)
    for trip in nearest.values():
        reply.point(trip.end).cite(*trip.sources).offer(
            "directions", journey.start, trip.end, title=short_name(reply.site, trip.end, reply.wording)
        )


def say_last_part(reply: Answer, trip: RoadTrip) -> None:
    """Where the road ends short of the place itself: at the foot of its mountain, in its complex, at the pier."""
    if trip.reaches in (trip.end, trip.start) or trip.approximate and not _inside(reply, trip):
        return
    end = reply.site.find(trip.end)
    lines = reply.site.cable_cars_at(trip.end.id) if trip.end.kind == "place" else ()
    reply.say(
        "travel.last_part",
        reaches=short_name(reply.site, trip.reaches, reply.wording),
        end=short_name(reply.site, trip.end, reply.wording),
        kind=getattr(end, "kind", ""),
        cable_car=bool(lines),
        hard=getattr(end, "effort", None) in ("moderate", "hard"),
        pier=trip.reaches.kind == "gateway",
    )


def _inside(reply: Answer, trip: RoadTrip) -> bool:
    head = roads_of(reply.site).head(trip.end)
    return bool(head and head.inside)


def draw(reply: Answer, trip: RoadTrip) -> None:
    """The trip on the map: both ends, and a line through the places on the way."""
    reply.point(trip.start, trip.end)
    stops = (trip.start, *(leg.end for leg in trip.legs))
    spots = [spot for ref in stops if (spot := reply.site.location(ref))]
    reply.path((spot.lat, spot.lon) for spot in spots)
