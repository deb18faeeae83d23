"""World Heritage: inscription, criteria, dossier and names, the component sites, and a place's own part in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import PROPERTY, facts_of
from guide.answers.question import Question
from guide.answers.relevance import answering
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.sitedb.records import Fact, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The property as a whole, or what a place has to do with it."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else None
    if place is None or place.ref == PROPERTY:
        return _property(reply)
    return _place(reply, place)


def _facts(reply: Answer) -> tuple[Fact, ...]:
    return facts_of(reply.site, PROPERTY, ("heritage", "history"), reply.question.text, reply.lang)


def _property(reply: Answer) -> Reply:
    facts = _facts(reply)
    names = reply.site.get(PROPERTY).name.values()
    answers = answering(facts, lambda fact: fact.words.in_(reply.lang), reply.question.text, names)
    if answers:
        reply.facts(answers, limit=3)
    elif reply.question.page:
        reply.question = replace(reply.question, page=reply.question.page - 1)  # the first page was the summary
        reply.facts(facts, limit=3)
    else:
        whole = reply.site.get(PROPERTY)
        reply.say("heritage.inscribed", text=whole.summary.in_(reply.lang))
        _say_components(reply)
        reply.cite(*(fact.source for fact in facts[:3])).offer_more()
    reply.offer("list").offer("history", PROPERTY).offer("route")
    return reply.point(*(place.ref for place in reply.site.places(heritage=True))).done()


def _say_components(reply: Answer) -> None:
    """The component sites by province, as they are in the database today."""
    provinces: dict[str, list[str]] = {}
    for place in reply.site.places(heritage=True):
        provinces.setdefault(place.province_now, []).append(reply.short(place.ref))
    total = sum(map(len, provinces.values()))
    if total:
        reply.say("heritage.components", total=total)
        reply.bullets(
            reply.phrase("heritage.province", province=province, names=names) for province, names in provinces.items()
        )


def _place(reply: Answer, place: Place) -> Reply:
    components = {component.ref for component in reply.site.places(heritage=True)}
    inside = [one for one in reply.site.children(place.id) if one.ref in components]
    within = any(outer.ref == PROPERTY for outer in reply.site.ancestors(place.id))
    reply.say(
        "heritage.place",
        place=reply.short(place.ref),
        component=place.ref in components,
        within=within,
        parts=[reply.short(one.ref) for one in inside],
        property=reply.name(PROPERTY),
        other=place.heritage_property if not within and place.heritage_property else None,
    )
    note = place.heritage_note.in_(reply.lang)
    if note:
        reply.say("heritage.note", text=note)
    facts = facts_of(reply.site, place.ref, ("heritage",), reply.question.text, reply.lang)
    if facts:
        reply.facts(facts, limit=3)
    elif within or place.ref in components:
        reply.cite(*(fact.source for fact in _facts(reply)[:1]))
    return reply.offer("heritage", PROPERTY).offer("overview", place.ref).offer("history", place.ref).done()
