"""People: who they were, when they lived, and where one meets their traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import facts_of
from guide.answers.question import Question
from guide.answers.relevance import by_relevance
from guide.answers.reply import Reply
from guide.answers.telling import say_unknown
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Person, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MOST_PEOPLE = 4


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """A person's life; the people of a place; without a subject, the people most spoken of."""
    reply, ref = Answer(site, question, wording), question.subject
    subject = site.get(ref) if ref else None
    if isinstance(subject, Person):
        return _life(reply, subject)
    place = place_of(site, ref) if ref else None
    return _of_place(reply, place) if place else _of_region(reply)


def say_who(reply: Answer, person: Person) -> None:
    """Name, role and years in one sentence."""
    reply.say(
        "person.who",
        name=person.name.in_(reply.lang),
        role=person.role.in_(reply.lang),
        born=person.born,
        died=person.died,
    )


def _life(reply: Answer, person: Person) -> Reply:
    say_who(reply, person)
    facts = [fact for fact in reply.site.facts(person.ref) if fact.topic != "legend"]
    legends = facts_of(reply.site, person.ref, ("legend",))
    names = tuple(person.name.values())
    ordered = by_relevance([*facts, *legends], lambda fact: fact.words.in_(reply.lang), reply.question.text, names)
    if ordered:
        reply.facts(ordered, limit=4)
    places = [Ref("place", id_) for id_ in person.places]
    if places and not reply.question.page:
        reply.say("person.places", names=[reply.short(place) for place in places[:4]])
    for place in places[:3]:
        reply.offer("overview", place)
    return reply.point(*places[:4]).done()


def _of_place(reply: Answer, place: Place) -> Reply:
    facts = facts_of(reply.site, place.ref, ("people",), reply.question.text, reply.lang)
    people, owner = _people(reply, place)
    if not people and not facts:
        return say_unknown(reply, place.ref).done()
    if people:
        title = "person.at_place" if owner == place else "person.at_container"
        reply.say(title, place=reply.short(place.ref), of=reply.short(owner.ref))
        _list(reply, people)
        # of what is told about people there, only what is about somebody whom we know by name
        names = [one.name.in_(reply.lang) for one in reply.site.all("person")]
        facts = tuple(fact for fact in facts if any(name in fact.words.in_(reply.lang) for name in names))
    if facts:
        reply.say("person.facts", place=reply.short(place.ref), more=bool(people)).facts(facts, limit=2)
    return reply.done()


def _people(reply: Answer, place: Place) -> tuple[list[Person], Place]:
    """The people of a place or its parts, else of its nearest container; whom the facts name most often first."""
    everybody = reply.site.people_at(place.id)
    for owner in (place, *reply.site.ancestors(place.id)):
        inside = {owner.id, *(part.id for part in reply.site.children(owner.id))}
        people = [one for one in everybody if inside & set(one.places)]
        if people:
            told = [owner.summary.in_(reply.lang), *(f.words.in_(reply.lang) for f in reply.site.facts(owner.ref))]
            return sorted(people, key=lambda one: -sum(one.name.in_(reply.lang) in text for text in told)), owner
    return [], place


def _of_region(reply: Answer) -> Reply:
    people = sorted(reply.site.all("person"), key=lambda person: -len(person.places))
    return _list(reply.say("person.region"), people).done()


def _list(reply: Answer, people: list[Person]) -> Answer:
    start = reply.question.page * MOST_PEOPLE % max(len(people), 1)
    shown = people[start : start + MOST_PEOPLE]
    reply.bullets(
        reply.phrase(
            "person.line", name=one.name.in_(reply.lang), role=one.role.in_(reply.lang), born=one.born, died=one.died
        )
        for one in shown
    ).listing(*(one.ref for one in shown))
    for one in shown[:3]:
        reply.offer("person", one.ref, title=one.name.in_(reply.lang))
        reply.cite(*(fact.source for fact in reply.site.facts(one.ref)[:1]))
    return reply.offer_more() if len(people) > start + MOST_PEOPLE else reply
