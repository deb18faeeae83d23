"""The climb: how long and how steep, whether a cable car helps, and what to mind on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.gather import HOME, advice_for, nearest_facts
from guide.answers.places import short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import redirect, say_assumed
from guide.answers.wording import Wording
from guide.roads import standing_place
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOPICS = ("climbing",)
SHOWN_FACTS = 3


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The climb to the place named, else that of Yên Tử."""
    ref = question.subject or HOME
    place = site.find(standing_place(site, ref) or ref)
    if not isinstance(place, Place):
        return redirect(site, question, wording)
    reply = Answer(site, question, wording)
    say_assumed(reply, place.ref, question.subject is None)
    found = nearest_facts(site, place.ref, TOPICS, question.text, wording.lang)
    _lead(reply, place, found is not None and found.relation == "own")
    if found:
        if found.relation != "own":
            reply.say("climbing.of_other", of=short_name(site, found.ref, wording), relation=found.relation)
        reply.facts(found.facts, limit=SHOWN_FACTS)
    _cable_car(reply, place)
    _mind(reply, place)
    return reply.offer("duration", place.ref).offer("safety", place.ref).offer("weather", place.ref).done()


def _lead(reply: Answer, place: Place, has_climb: bool) -> None:
    name = short_name(reply.site, place.ref, reply.wording)
    if place.effort is None:
        reply.say("climbing.effort_unknown", name=name)
    else:
        reply.say(
            "climbing.effort", name=name, effort=place.effort, climb=has_climb, estimate="effort" in place.estimates
        )


def _cable_car(reply: Answer, place: Place) -> None:
    lines = reply.site.cable_cars_at(place.id)
    if lines and place.effort != "easy":
        reply.say("climbing.cable_car", lines=[reply.name(line.ref) for line in lines[:2]])
        reply.offer("cable_car", place.ref)


def _mind(reply: Answer, place: Place) -> None:
    """One piece of advice for this mountain and month, where there is room."""
    if place.effort == "easy":
        return
    rows = [row for row in advice_for(reply.site, ("mountain",), place.id, reply.question.now.month) if row.places]
    texts = [row.words.in_(reply.lang) for row in rows[:2]]
    for row in rows[: reply.fitting(texts, at_least=0)]:
        reply.say("climbing.mind", text=row.words.in_(reply.lang)).cite(row.source)
