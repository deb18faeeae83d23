"""Lists: the places of a kind in a province, a town or a complex; the components of the World Heritage property."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Optional, Union

from guide.answers.compose import Answer
from guide.answers.cues import found, tells
from guide.answers.gather import MAIN_SITES, PROPERTY
from guide.answers.places import SERVICES, area_name, is_property, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.vicinity import road_km
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Gateway, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
NOTICES = False  # a list is about many places; their notices come when one is asked about
SHOWN = 12
AROUND_KM = 20.0  # by road: what lies this near a town is offered when the town itself has none
Listed = Union[Place, Gateway]


class Request(NamedTuple):
    """What is to be listed. ``within``: the place or town; ``heritage``: the components of the property.

    ``person``: the places of somebody's life; ``wishes``: free, easy.
    """

    kind: Optional[str]
    province: Optional[str]
    within: Optional[Ref]
    heritage: bool
    person: Optional[Ref] = None
    wishes: tuple[str, ...] = ()


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The list asked for, counted, with at most a dozen names and the number of the others."""
    reply = Answer(site, question, wording)
    asked = _request(site, question)
    listed = _listed(site, asked, reply.today)
    around = [] if listed or asked.within is None else _around(site, asked, reply.today)
    if not listed and not around:
        return _none(reply, asked)
    if around:
        reply.say("list.around", kind=_kind(reply, asked), where=_where(reply, asked), count=len(around))
    else:
        counted = reply.phrase("kinds.counted", kind=asked.kind or "place", count=len(listed))
        reply.say(
            "list.intro",
            counted=counted,
            count=len(listed),
            heritage=asked.heritage,
            where=_where(reply, asked),
            person=reply.name(asked.person) if asked.person else None,
            wishes=asked.wishes,
        )
    return _names(reply, listed or around, asked)


def _request(site: SiteDb, question: Question) -> Request:
    places = [ref for ref in question.subjects if ref.kind == "place"]
    whole = any(is_property(place) for ref in places if (place := site.find(ref)))
    heritage = whole or (bool(found(question.text, "heritage")) and not question.place_kind)
    within = next((ref for ref in places if not is_property(site.get(ref))), None)
    person = next((ref for ref in question.subjects if ref.kind == "person"), None)
    wishes = found(question.text, "wish")
    return Request(question.place_kind, question.province, within, heritage, person, wishes)


def _listed(site: SiteDb, asked: Request, today: date) -> list[Listed]:
    """The places asked for, components of the property first; gateways where their kind is asked for."""
    within = asked.within.id if asked.within else None
    places = site.places(kind=asked.kind, province=asked.province, within=within, heritage=asked.heritage or None)
    visited = [it for it in places if not is_property(it) and (asked.kind or it.kind not in SERVICES)]
    if asked.person:
        visited = [it for it in visited if it.id in site.get(asked.person).places]
    fit = [it for it in visited if all(_grants(site, it, wish, today) for wish in asked.wishes)]
    ordered = sorted(fit, key=lambda it: (not it.heritage_component, not it.heritage_property))
    return [*ordered, *(_gateways(site, asked) if asked.kind and not within and not asked.wishes else [])]


def _grants(site: SiteDb, place: Place, wish: str, today: date) -> bool:
    """Whether a place is easy to get about, or free to enter by a price in force today."""
    if wish == "easy":
        return place.effort == "easy"
    return any(price.adult == 0 and not tells(price.item, "fee") for price in site.prices(place.ref, today).current)


def _gateways(site: SiteDb, asked: Request) -> list[Gateway]:
    names = {asked.province, area_name(site, asked.province, "vi")} if asked.province else None
    return [
        it
        for it in site.all("gateway")
        if it.kind == asked.kind
        and not site.find(Ref("place", it.id))
        and (names is None or {it.province_now, it.province_before} & names)
    ]


def _around(site: SiteDb, asked: Request, today: date) -> list[Listed]:
    """What there is of the kind near a town that has none itself, nearest first."""
    if asked.within is None:
        return []
    others = [(road_km(site, asked.within, it.ref), it) for it in _listed(site, asked._replace(within=None), today)]
    return [it for km, it in sorted(others, key=lambda pair: pair[0]) if km <= AROUND_KM]


def _where(reply: Answer, asked: Request) -> Optional[str]:
    if asked.within:
        return short_name(reply.site, asked.within, reply.wording)
    return area_name(reply.site, asked.province, reply.lang) if asked.province else None


def _kind(reply: Answer, asked: Request) -> Optional[str]:
    return reply.phrase(f"kinds.{asked.kind}") if asked.kind else None


def _names(reply: Answer, listed: list[Listed], asked: Request) -> Reply:
    page = reply.question.page
    shown = listed[page * SHOWN :][:SHOWN] or listed[:SHOWN]
    nowhere = asked.within is None and asked.province is None
    reply.bullets(
        reply.phrase(
            "list.row",
            name=short_name(reply.site, it.ref, reply.wording),
            before=it.province_before,
            province=it.province_now if nowhere else None,
        )
        for it in shown
    )
    rest = len(listed) - SHOWN * page - len(shown)
    if rest > 0:
        reply.say("list.more", count=rest).offer_more()
    for it in shown[:3]:
        reply.offer("overview", it.ref)
    return reply.listing(*(it.ref for it in shown)).point(*(it.ref for it in shown)).done()


def _none(reply: Answer, asked: Request) -> Reply:
    """Nothing of that kind there: say so, and offer what there is."""
    reply.known = False
    reply.say("list.none", kind=_kind(reply, asked), where=_where(reply, asked))
    for ref in MAIN_SITES:
        reply.offer("nearby", ref)
    return reply.offer("list", PROPERTY).done()
