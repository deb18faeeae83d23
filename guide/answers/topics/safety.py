"""Staying safe on the mountain, on the water and in the crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.advising import is_a_climb, say_tips, tips
from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import HOME
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ON_FOOT, IN_TOWN = ("mountain", "crowd", "rescue"), ("crowd", "lost")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """What to watch out for at the place, with the advice of this season, and the number to dial."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else site.get(HOME)
    reply.say("safety.title", place=reply.short(place.ref) if place else None)
    say_tips(reply, tips(reply, place, ("safety",), ON_FOOT if is_a_climb(place) else IN_TOWN))
    ambulance = [help_ for help_ in site.help_for(None, kind="emergency") if help_.number]
    if ambulance and not any(help_.number in reply.text() for help_ in ambulance):
        reply.say("safety.dial", numbers=[(help_.number, help_.name.in_(reply.lang)) for help_ in ambulance])
        reply.cite(*ambulance[0].sources[:1])
    refs = (place.ref,) if place else ()
    return reply.offer("emergency", *refs).offer("weather", *refs).offer("accessibility", *refs).done()
