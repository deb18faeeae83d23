"""Whom to call now: emergency numbers, the nearest hospital, and what to do when somebody or something is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import advice_for
from guide.answers.question import Question
from guide.answers.relevance import CLEARLY, scores
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.sitedb.records import Help, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ADVICE = ("lost", "embassy", "police", "health", "emergency", "complaint")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The numbers first, always; then the nearest hospital and the advice that the visitor's words ask for."""
    reply = Answer(site, question, wording)
    subject = site.find(question.subject) if question.subject else None
    place = place_of(site, question.subject) if question.subject else None
    if isinstance(subject, Help):
        _say_help(reply, subject)
    numbers = [help_ for help_ in site.help_for(place.id if place else None, kind="emergency") if help_.number]
    reply.say("emergency.dial", numbers=[(one.number, one.name.in_(reply.lang)) for one in numbers])
    reply.cite(*(source for one in numbers[:2] for source in one.sources[:1]))
    _say_asked(reply, place)
    if place and not isinstance(subject, Help):
        _say_hospital(reply, place)
    refs = (place.ref,) if place else ()
    return reply.offer("contact", *refs).offer("safety", *refs).offer("location" if refs else "help", *refs).done()


def _say_asked(reply: Answer, place: Optional[Place]) -> None:
    advice = advice_for(reply.site, ADVICE, place.id if place else None)
    rated = scores([one.words.in_(reply.lang) for one in advice], reply.question.text)
    best = max(range(len(advice)), key=lambda index: rated[index], default=None)
    told = [advice[best]] if best is not None and rated[best] >= CLEARLY else []
    told = told or [one for one in advice if one.topic == "emergency"][:1]
    reply.bullets(one.words.in_(reply.lang) for one in told).cite(*(one.source for one in told))


def _say_hospital(reply: Answer, place: Place) -> None:
    hospitals = reply.site.help_for(place.id, kind="hospital")
    if hospitals:
        reply.say("emergency.hospital", place=reply.short(place.ref))
        _say_help(reply, hospitals[0])
        reply.point(hospitals[0].ref)


def _say_help(reply: Answer, one: Help) -> None:
    told = reply.phrase(
        "emergency.help",
        name=one.name.in_(reply.lang),
        number=one.number,
        address=one.address.in_(reply.lang),
        use=one.use.in_(reply.lang),
        note=one.note.in_(reply.lang),
        uncertain=one.status in ("check", "unknown"),
    )
    reply.bullets([told]).cite(*one.sources[:1])
