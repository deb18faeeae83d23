"""Taking pictures: where the views are, what may not be photographed, and drones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.advising import say_tips, tips
from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Facts on views first, then the rules for pictures and drones."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else None
    reply.say("photo.title", place=reply.short(place.ref) if place else None)
    say_tips(reply, tips(reply, place, ("photo",), ("photo", "drone")))
    refs = (place.ref,) if place else ()
    return reply.offer("best_time", *refs).offer("etiquette", *refs).offer("nature", *refs).done()
