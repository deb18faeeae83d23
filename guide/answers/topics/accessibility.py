"""For wheelchairs, older visitors, children: how hard the visit is and what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.advising import say_tips, tips
from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import redirect, say_assumed, with_subject
from guide.answers.wording import Wording

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Whether a wheelchair can go there, how strenuous it is, and advice for those who find it hard."""
    question, assumed = with_subject(site, question)
    place = place_of(site, question.subjects[0])
    if place is None:
        return redirect(site, question, wording)
    reply = Answer(site, question, wording)
    say_assumed(reply, place.ref, assumed)
    reply.say("accessibility.state", place=reply.short(place.ref), wheelchair=place.wheelchair, effort=place.effort)
    lines = site.cable_cars_at(place.id)
    about = reply.phrase("accessibility.about").split("|")
    found = [
        tip
        for tip in tips(reply, place, ("accessibility",), ("mountain",) if lines else ())
        if tip.fact or any(word in tip.words.in_(reply.lang).lower() for word in about)
    ]
    if found:
        say_tips(reply, found)
    if place.wheelchair == "unknown" and not found:
        reply.contact(place.ref)
    if lines:
        reply.offer("cable_car", place.ref)
    return reply.offer("duration", place.ref).offer("safety", place.ref).done()
