"""Lists: the places of a kind in a province, a town or a complex; the components of the World Heritage property."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from guide.answers.compose import Answer
from guide.answers.cues import found
from guide.answers.gather import MAIN_SITES, PROPERTY
from guide.answers.places import is_property, short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
NOTICES = False  # a list is about many places; their notices come when one is asked about
SHOWN = 12


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The list asked for, counted, with at most a dozen names and the number of the others."""
    reply = Answer(site, question, wording)
    heritage = _heritage_asked(site, question)
    places = _places(site, question, heritage)
    where = _where(reply, question)
    if not places:
        return _none(reply, question, where)
    shown = places[question.page * SHOWN:][:SHOWN] or places[:SHOWN]
    what = "heritage" if heritage else question.place_kind or "place"
    reply.say("list.intro", counted=_counted(reply, what, len(places)), heritage=heritage, where=where)
    reply.bullets(_rows(reply, shown, where is None))
    rest = len(places) - SHOWN * question.page - len(shown)
    if rest > 0:
        reply.say("list.more", count=rest).offer_more()
    for place in shown[:3]:
        reply.offer("overview", place.ref)
    reply.point(*(place.ref for place in shown))
    return reply.done()


def _heritage_asked(site: SiteDb, question: Question) -> bool:
    """Whether the components of the property are meant: it is named, or the words say so."""
    named = any(isinstance(place := site.find(ref), Place) and is_property(place) for ref in question.subjects)
    return named or bool(found(question.text, "heritage")) and not question.place_kind


def _places(site: SiteDb, question: Question, heritage: bool) -> list[Place]:
    within = next((ref.id for ref in question.subjects if ref.kind == "place" and not _is_whole(site, ref)), None)
    places = site.places(kind=question.place_kind, province=question.province, within=within, heritage=heritage or None)
    return [place for place in places if not is_property(place) and place.id != within]


def _is_whole(site: SiteDb, ref: Ref) -> bool:
    place = site.find(ref)
    return isinstance(place, Place) and is_property(place)


def _where(reply: Answer, question: Question) -> Optional[str]:
    if question.province:
        return question.province
    named = [ref for ref in question.subjects if not _is_whole(reply.site, ref)]
    return short_name(reply.site, named[0], reply.wording) if named else None


def _counted(reply: Answer, what: str, count: int) -> str:
    return reply.phrase("kinds.counted", kind="place" if what == "heritage" else what, count=count)


def _rows(reply: Answer, places: list[Place], with_province: bool) -> list[str]:
    return [
        reply.phrase("list.row", name=short_name(reply.site, place.ref, reply.wording), before=place.province_before,
                     province=place.province_now if with_province else None)
        for place in places
    ]


def _none(reply: Answer, question: Question, where: Optional[str]) -> Reply:
    """Nothing of that kind there: say so, and offer what there is."""
    kind = reply.phrase(f"kinds.{question.place_kind}") if question.place_kind else None
    reply.known = False
    reply.say("list.none", kind=kind, where=where)
    for ref in MAIN_SITES:
        reply.offer("nearby", ref)
    return reply.offer("list", PROPERTY).done()
