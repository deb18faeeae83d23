"""Staying safe on the mountain, on the water and in the crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from guide.answers.advising import Tip, is_a_climb, say_tips, tips
from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import HOME
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ADVICE = ("mountain", "crowd", "rescue", "lost")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """What to watch out for at the place, with the advice of this season, and the number to dial."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else site.get(HOME)
    reply.say("safety.title", place=reply.short(place.ref) if place else None)
    say_tips(reply, [tip for tip in tips(reply, place, ("safety",), ADVICE) if _applies(reply, tip, place)])
    ambulance = [help_ for help_ in site.help_for(None, kind="emergency") if help_.number]
    numbers = [(help_.number, help_.name.in_(reply.lang)) for help_ in ambulance if help_.number]
    if numbers and not any(number in reply.text() for number, _ in numbers):
        reply.say("safety.dial", numbers=numbers)
        reply.cite(*ambulance[0].sources[:1])
    refs = (place.ref,) if place else ()
    return reply.offer("emergency", *refs).offer("weather", *refs).offer("accessibility", *refs).done()


def _applies(reply: Answer, tip: Tip, place: Optional[Place]) -> bool:
    """Whether general advice fits: for the mountain where there is a climb, for crowds where there is a festival."""
    if not tip.general or place is None:
        return True
    return {
        "mountain": is_a_climb(place),
        "crowd": bool(reply.site.festivals_at(place.id)),
        "lost": not is_a_climb(place),
    }.get(tip.topic, True)
