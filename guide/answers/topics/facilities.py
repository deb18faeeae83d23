"""Practical things: toilets, cash, SIM cards, water, petrol, charging, visas, lost property.

What is wanted is read from the visitor's words; the answer is every piece of advice, and every fact of the place, that
speaks of it. So a sentence that staff add about toilets is found without any change here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Optional

from guide.answers.compose import Answer
from guide.answers.cues import found, tells
from guide.answers.gather import related
from guide.answers.places import is_property, short_name
from guide.answers.question import Question
from guide.answers.relevance import by_relevance
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Place, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN = 4
TOLD_IN = ("getting_there", "climbing", "lodging", "food", "accessibility", "safety", "etiquette", "souvenir")
NOT_ADVICE = ("climate", "packing")
ANYWHERE = ("visa", "power", "tipping", "language", "clock", "embassy", "insurance", "lost", "complaint")
ESSENTIALS = ("money", "phone", "water", "toilet")


class Told(NamedTuple):
    """A sentence from the site database, with its source and whether it is of the place itself or of all."""

    text: str
    source: Optional[Source]
    own: bool


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """What is known of each thing asked for, at the place named; the essentials when nothing particular is asked."""
    reply = Answer(site, question, wording)
    place = standing_place(site, question.subject) if question.subject else None
    asked = found(question.text, "facility")
    if not asked and question.text.strip() and not found(question.text, "general"):
        return _unheard_of(reply, place)
    if not asked:
        return _essentials(reply, place)
    known = [_tell(reply, cue, place, SHOWN // len(asked) + 1) for cue in asked[:3]]
    if not any(known):
        reply.known = False
        reply.contact(place)
    return _lead_on(reply, place).done()


def sentences(site: SiteDb, cue: str, place: Optional[Ref], question: Question, lang: str) -> list[Told]:
    """Everything that speaks of the thing: facts of the place and of what it belongs to, then advice in force."""
    facts = [fact for ref in _around(site, place) for fact in site.facts(ref) if fact.topic in TOLD_IN]
    told = [Told(it.words.in_(lang), it.source, True) for it in facts if tells(it.words, cue)]
    today = question.now.date()
    for row in site.advice(place=place.id if place else None):
        local, lapsed = bool(row.places), bool(row.valid_to and row.valid_to < today)
        fits = row.topic not in NOT_ADVICE and not lapsed and (place or not local)
        if fits and tells(row.words, cue):
            told.append(Told(row.words.in_(lang), row.source, local))
    told = [one for one in told if one.source is None or one.source.basis != "gap" or cue == "information"]
    return by_relevance(told, lambda one: one.text, question.text)


def _around(site: SiteDb, place: Optional[Ref]) -> list[Ref]:
    if place is None:
        return []
    others = [ref for ref, _ in related(site, place) if not _is_whole(site, ref)]
    return [place, *others]


def _is_whole(site: SiteDb, ref: Ref) -> bool:
    record = site.find(ref)
    return isinstance(record, Place) and is_property(record)


def _tell(reply: Answer, cue: str, place: Optional[Ref], limit: int) -> bool:
    told = sentences(reply.site, cue, place, reply.question, reply.lang)
    name = short_name(reply.site, place, reply.wording) if place else None
    if not told:
        reply.say("facilities.unknown", what=reply.phrase(f"facilities.{cue}"), place=name)
        return False
    if place and cue not in ANYWHERE and not any(one.own for one in told):
        reply.say("facilities.in_general", what=reply.phrase(f"facilities.{cue}"), place=name)
    texts = [one.text for one in told[:limit]]
    shown = reply.fitting(texts)
    reply.bullets(texts[:shown]).cite(*(one.source for one in told[:shown]))
    return True


def _unheard_of(reply: Answer, place: Optional[Ref]) -> Reply:
    """Something that nobody has given us words for: say so, with whom to ask, rather than talk of other things."""
    name = short_name(reply.site, place, reply.wording) if place else None
    reply.unknown("facilities.unknown_thing", place, place=name)
    reply.say("facilities.ask")
    return _lead_on(reply, place).done()


def _essentials(reply: Answer, place: Optional[Ref]) -> Reply:
    """Nothing particular asked: one sentence on each of the things that people ask for most, and what can be asked."""
    reply.say("facilities.essentials", place=short_name(reply.site, place, reply.wording) if place else None)
    told = [one for cue in ESSENTIALS for one in sentences(reply.site, cue, place, reply.question, reply.lang)[:1]]
    reply.bullets(one.text for one in told).cite(*(one.source for one in told))
    reply.say("facilities.ask")
    return _lead_on(reply, place).done()


def _lead_on(reply: Answer, place: Optional[Ref]) -> Answer:
    refs = (place,) if place else ()
    return reply.offer("emergency", *refs).offer("parking", *refs).offer("contact", *refs)
