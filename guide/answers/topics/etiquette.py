"""Dress, behaviour and offerings at places of worship."""

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

ADVICE = ("dress", "behaviour", "offering")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """What is asked of visitors at this place; without one, at any pagoda or temple."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else None
    reply.say("etiquette.title", place=reply.short(place.ref) if place else None)
    say_tips(reply, tips(reply, place, ("etiquette",), ADVICE))
    refs = (place.ref,) if place else ()
    return reply.offer("photo", *refs).offer("safety", *refs).offer("festival", *refs).done()
