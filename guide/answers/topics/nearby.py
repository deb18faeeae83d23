"""What is near: places in the same complex, then others by real road distance, with their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guide.answers.compose import Answer
from guide.answers.gather import HOME
from guide.answers.journeys import rounded
from guide.answers.places import SERVICES, areas_of, is_property, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import redirect, say_assumed
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import roads_of, standing_place
from guide.sitedb.records import Place
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN_INSIDE = 6
SHOWN_AROUND = 6
LOOKED_AT = 14  # the nearest as the crow flies, of which the road distance is then compared
FAR_KM = 60.0  # farther is no longer near
DETOUR_MINUTES = 40.0


class Near(NamedTuple):
    """A place with its road distance in km and driving time in minutes."""

    place: Place
    km: float
    minutes: float
    approximate: bool
    water: bool  # with a ferry or boat on the way


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Places near the subject, of one kind when the visitor named a kind."""
    ref = standing_place(site, question.subject) if question.subject else HOME
    if ref is None:
        return redirect(site, question, wording)
    reply = Answer(site, question, wording)
    if question.origin and question.origin != ref:
        return _on_the_way(reply, question.origin, ref)
    say_assumed(reply, ref, question.subject is None)
    inside = _inside(reply, ref)
    around = near(site, ref, question.place_kind)
    name = short_name(site, ref, wording)
    if inside:
        _tell_inside(reply, name, inside)
    if around:
        _tell_around(reply, ref, around[:SHOWN_AROUND], bool(inside))
    if not inside and not around:
        reply.unknown("nearby.none", ref, name=name, kind=question.place_kind)
    return reply.offer("food", ref).offer("lodging", ref).done()


def near(site: SiteDb, ref: Ref, kind: str | None = None) -> list[Near]:
    """Places outside the subject's own area by road distance, nearest first."""
    roads = roads_of(site)
    own = areas_of(site, ref)
    others = [it for it in site.places(kind=kind) if _visited(it, kind) and not own & areas_of(site, it.ref)]
    crow = [(km, it) for it in others if (km := roads.crow_km(ref, it.ref)) is not None and km <= FAR_KM]
    listed = {it.ref for _, it in crow}
    worth = sorted((pair for pair in crow if not _spoken_for(site, pair[1], listed)), key=lambda pair: pair[0])
    found = []
    for _, place in worth[:LOOKED_AT]:
        trip = roads.trip(ref, place.ref)
        if trip and trip.legs and trip.km <= FAR_KM:
            water = bool({"boat", "ferry"} & set(trip.modes))
            found.append(Near(place, trip.km, trip.minutes, trip.approximate, water))
    return sorted(found, key=lambda it: it.km)


def on_the_way(site: SiteDb, start: Ref, end: Ref, kind: str | None = None) -> list[tuple[float, Place]]:
    """Places that lengthen the trip by little, with the minutes they cost: those of the heritage first."""
    roads, ends = roads_of(site), areas_of(site, start) | areas_of(site, end)
    whole = roads.trip(start, end)
    found = []
    for place in site.places(kind=kind):
        if whole is None or not _visited(place, kind) or ends & areas_of(site, place.ref) or place.kind == "city":
            continue
        there, onward = roads.trip(start, place.ref), roads.trip(place.ref, end)
        if there and onward and there.minutes + onward.minutes - whole.minutes <= DETOUR_MINUTES:
            found.append((max(0.0, there.minutes + onward.minutes - whole.minutes), place))
    listed = {place.ref for _, place in found}
    worth = [it for it in found if not _spoken_for(site, it[1], listed)]
    return sorted(worth, key=lambda it: (not it[1].heritage_property, it[0]))


def _on_the_way(reply: Answer, start: Ref, end: Ref) -> Reply:
    """Where to stop between two places, by how much longer the drive becomes."""
    found = on_the_way(reply.site, start, end, reply.question.place_kind)[:SHOWN_AROUND]
    names = {"start": short_name(reply.site, start, reply.wording), "end": short_name(reply.site, end, reply.wording)}
    if not found:
        return reply.unknown("nearby.none_on_the_way", None, **names).offer("nearby", end).done()
    reply.say("nearby.on_the_way", **names)
    reply.bullets(
        reply.phrase(
            "nearby.stop",
            name=short_name(reply.site, place.ref, reply.wording),
            minutes=rounded(minutes) if minutes >= 1 else 0,
        )
        for minutes, place in found
    )
    for _, place in found[:2]:
        reply.offer("overview", place.ref)
    reply.listing(*(place.ref for _, place in found)).point(start, end, *(place.ref for _, place in found))
    return reply.offer("directions", start, end, title=reply.phrase("quick.directions")).done()


def _visited(place: Place, kind: str | None) -> bool:
    return not is_property(place) and (kind is not None or place.kind not in SERVICES)


def _spoken_for(site: SiteDb, place: Place, listed: set[Ref]) -> bool:
    """Whether a complex stands for this place, or this is a complex without a road of its own: then its parts do."""
    roads = roads_of(site)
    if not roads.is_node(place.ref) and site.children(place.id):
        return True
    return any(outer.ref in listed and roads.is_node(outer.ref) for outer in site.ancestors(place.id))


def _inside(reply: Answer, ref: Ref) -> list[Place]:
    """The other places of the same complex: parts of the place itself, else its neighbours, nearest first."""
    if ref.kind != "place":
        return []
    kind, site = reply.question.place_kind, reply.site
    outer = next((place.ref for place in site.ancestors(ref.id) if not is_property(place)), None)
    family = site.children(ref.id) or (site.children(outer.id) if outer else ())
    wanted = [it for it in family if it.ref != ref and (it.kind == kind if kind else it.kind not in SERVICES)]
    roads = roads_of(site)
    return sorted(wanted, key=lambda place: roads.crow_km(ref, place.ref) or 0.0)


def _tell_inside(reply: Answer, name: str, places: list[Place]) -> None:
    names = [short_name(reply.site, place.ref, reply.wording) for place in places]
    reply.say("nearby.inside", name=name, places=names[:SHOWN_INSIDE], more=len(names[SHOWN_INSIDE:]))
    reply.listing(*(place.ref for place in places[:SHOWN_INSIDE])).offer("overview", places[0].ref)


def _tell_around(reply: Answer, ref: Ref, around: list[Near], inside: bool) -> None:
    reply.say(
        "nearby.around",
        name=short_name(reply.site, ref, reply.wording),
        inside=inside,
        water=any(it.water for it in around),
    )
    reply.bullets(_row(reply, it) for it in around).listing(*(it.place.ref for it in around))
    for it in around[:2]:
        reply.offer("overview", it.place.ref)
    reply.point(ref, *(it.place.ref for it in around))


def _row(reply: Answer, it: Near) -> str:
    name, kind = short_name(reply.site, it.place.ref, reply.wording), reply.phrase(f"kinds.{it.place.kind}")
    told = fold(kind) in fold(name)
    return reply.phrase(
        "nearby.row",
        name=name,
        kind=None if told else kind,
        km=it.km,
        minutes=rounded(it.minutes),
        approximate=it.approximate,
    )
