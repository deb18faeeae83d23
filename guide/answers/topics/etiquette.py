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

WORSHIP = ("pagoda", "temple", "hermitage", "stupa", "complex")  # kinds of place that have altars
ADVICE = ("dress", "behaviour", "offering")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """What is asked of visitors at this place; without one, at any pagoda or temple."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else None
    if place and place.kind not in WORSHIP:
        own = [tip for tip in tips(reply, place, ("etiquette",), ()) if tip.of is None]
        if own:
            reply.say("etiquette.title", place=reply.short(place.ref))
            say_tips(reply, own)
        place = None
    reply.say("etiquette.title", place=reply.short(place.ref) if place else None)
    say_tips(reply, tips(reply, place, ("etiquette",), ADVICE))
    place = place_of(site, question.subject) if question.subject else None
    refs = (place.ref,) if place else ()
    return reply.offer("photo", *refs).offer("safety", *refs).offer("festival", *refs).done()
