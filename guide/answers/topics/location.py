"""Where a subject is: its address now and before the merger of provinces, the nearest town, a point on the map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Callable

from guide.answers.compose import Answer
from guide.answers.gather import PROPERTY
from guide.answers.places import SERVICES, area_name, is_property, short_name, short_names
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.topics.lodging import area_of
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import great_circle_km, roads_of, standing_place
from guide.sitedb.records import Dish, Gateway, Place, Subject, Venue

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ROUGH_M = 1000  # a point less exact than this is said to be approximate
SHOWN_PLACES = 5


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Where the subject is; for a province its former parts; for nothing named, where the heritage property lies."""
    reply = Answer(site, question, wording)
    if question.subject is None and question.province:
        return _province(reply, question.province)
    ref = question.subject or PROPERTY
    subject = site.find(ref)
    if subject is None:
        return reply.unknown("location.unknown", None, name="").done()
    _TELL.get(ref.kind, _by_places)(reply, subject)
    return _lead_on(reply, ref).done()


def _place(reply: Answer, place: Place) -> None:
    _premise(reply, place)
    inside = next((outer for outer in reply.site.ancestors(place.id) if not is_property(outer)), None)
    reply.say(
        "location.place",
        name=place.name.in_(reply.lang),
        address=place.address.in_(reply.lang),
        before=_before(place),
        province=place.province_now,
        province_before=place.province_before,
        inside=short_name(reply.site, inside.ref, reply.wording) if inside else None,
    )
    if not is_property(place):
        _town(reply, place)
        _point(reply, place.ref)


def _premise(reply: Answer, place: Place) -> None:
    """Whether the place lies in the province that the question names: it does, it did before the merger, or not."""
    asked = reply.question.province
    if asked is None or place.province_now is None or is_property(place):
        return
    names = {"asked": asked, "province": place.province_now, "before": place.province_before}
    said = {key: area_name(reply.site, name, reply.lang) for key, name in names.items() if name}
    truth = "is" if asked == place.province_now else "was" if asked == place.province_before else "is_not"
    reply.say(f"location.{truth}_in", name=reply.short(place.ref), **said)


def _before(place: Place) -> str | None:
    """The address before the merger, with its former province where it does not name it."""
    before = place.address_before
    if before and place.province_before and place.province_before not in before:
        return f"{before}, {place.province_before}"
    return before


def _town(reply: Answer, place: Place) -> None:
    """How far from the nearest town by road, for a place that is not a town itself."""
    if place.kind == "city" or place.location is None:
        return
    here = place.location
    towns = [town for town in reply.site.places(kind="city") if town.location and town.id != place.id]
    if not towns:
        return
    nearest = min(towns, key=lambda town: great_circle_km(here, town.location or here))
    trip = roads_of(reply.site).trip(nearest.ref, place.ref)
    if trip and trip.legs:
        reply.say(
            "location.town",
            town=short_name(reply.site, nearest.ref, reply.wording),
            km=trip.km,
            approximate=trip.approximate,
        )
        reply.cite(*trip.sources)


def _point(reply: Answer, ref: Ref) -> None:
    spot = roads_of(reply.site).location(ref)
    if spot is None:
        reply.say("location.no_point")
        return
    reply.point(ref)
    if spot.accuracy_m and spot.accuracy_m >= ROUGH_M:
        reply.say("location.rough", km=spot.accuracy_m / 1000)


def _gateway(reply: Answer, gateway: Gateway) -> None:
    reply.say(
        "location.gateway",
        name=gateway.name.in_(reply.lang),
        province=gateway.province_now,
        province_before=gateway.province_before,
    )
    _point(reply, gateway.ref)


def _venue(reply: Answer, venue: Venue) -> None:
    reply.say(
        "location.venue",
        name=venue.name.in_(reply.lang),
        address=venue.address,
        status=venue.status,
        near=area_of(reply, venue),
    )
    reply.cite(*venue.sources)
    _point(reply, venue.ref)


def _dish(reply: Answer, dish: Dish) -> None:
    reply.say("location.dish", name=dish.name.in_(reply.lang), where=dish.where.in_(reply.lang))
    reply.cite(dish.source).point(*(Ref("place", id_) for id_ in dish.places))


def _by_places(reply: Answer, subject: Subject) -> None:
    """A person, festival, route, line or bridge: the places that belong to it."""
    fields = ("places", "stops", "connects", "serves")
    ids = dict.fromkeys(id_ for field in fields for id_ in getattr(subject, field, ()))
    ends = [id_ for field in ("start", "area", "end") if (id_ := getattr(subject, field, None))]
    refs = [ref for id_ in (*ends, *ids) if (ref := _known(reply, id_))]
    name = subject.name.in_(reply.lang)
    if not refs:
        reply.unknown("location.unknown", None, name=name)
        return
    shown = refs[:SHOWN_PLACES]
    reply.say(
        "location.places",
        name=name,
        kind=subject.ref.kind,
        places=short_names(reply.site, shown, reply.wording),
        more=len(refs) - len(shown),
    )
    reply.point(*shown)


def _known(reply: Answer, id_: str) -> Ref | None:
    return next((ref for ref in (Ref("place", id_), Ref("gateway", id_)) if reply.site.find(ref)), None)


def _province(reply: Answer, asked: str) -> Reply:
    """What a province is called now, what it was made of, and how much there is to see."""
    places = [place for place in reply.site.places(province=asked) if place.kind not in SERVICES]
    if not places:
        return reply.unknown("location.unknown", None, name=area_name(reply.site, asked, reply.lang)).done()
    now = Counter(place.province_now for place in places).most_common(1)[0][0]
    before = {place.province_before for place in reply.site.places(province=now)} - {now}
    name = area_name(reply.site, asked, reply.lang)
    reply.say(
        "location.province",
        asked=name,
        name=area_name(reply.site, now, reply.lang),
        count=len(places),
        merged=sorted(area_name(reply.site, old, reply.lang) for old in before),
    )
    for place in sorted(places, key=lambda place: not place.heritage_component)[:2]:
        reply.offer("overview", place.ref)
    return reply.offer("overview", PROPERTY).done()


_TELL: dict[str, Callable[[Answer, Any], None]] = {
    "place": _place,
    "gateway": _gateway,
    "lodging": _venue,
    "eating": _venue,
    "dish": _dish,
}


def _lead_on(reply: Answer, ref: Ref) -> Answer:
    place = standing_place(reply.site, ref)
    return reply.offer("directions", place).offer("distance", place).offer("nearby", place) if place else reply
