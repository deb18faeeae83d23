"""Ways of answering that many topics share: facts on a topic, an unknown, a subject that another topic knows better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Sequence

from guide.answers.compose import Answer
from guide.answers.gather import HOME, MAIN_SITES, facts_of, known_topics, nearest_facts, related
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.topics import NAMES, topic_of
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Fact

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SOLD = ("dish", "boat", "train", "bus_line", "eating")  # what costs something, though no price is known

PAGE = 4  # facts told at a time
ENOUGH = 3  # facts that make an answer; with fewer, the parts of a place are asked too

# Which topic knows a kind of subject best, where the topic asked cannot say anything about it.
KEEPERS = {
    "person": "person",
    "festival": "festival",
    "dish": "food",
    "programme": "programme",
    "route": "route",
    "bus_line": "bus",
    "cable_car": "cable_car",
    "lodging": "lodging",
    "eating": "food",
    "help": "emergency",
}


def redirect(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Answer about a subject by the topic that knows its kind: the opening hours of a dish are what the dish is."""
    kind = question.subject.kind if question.subject else "place"
    keeper = KEEPERS.get(kind, "overview")
    if keeper == question.topic or keeper not in NAMES:
        keeper = "overview"
    reply = topic_of(keeper).render(site, replace(question, topic=keeper), wording)
    if question.topic == "price" and kind in SOLD:
        lead = wording.say("price.unknown_thing", name=site.name(question.subjects[0], wording.lang))
        return replace(reply, text=f"{lead}\n\n{reply.text}", known=False)
    return reply


def with_subject(site: SiteDb, question: Question, ref: Ref = HOME) -> tuple[Question, bool]:
    """The question with a subject: the one named, the city of the province named, else the given one.

    The second value says whether it had to be assumed.
    """
    if question.subject:
        return question, False
    city = next((place.ref for place in site.places(kind="city", province=question.province)), None)
    if question.province and city:
        return replace(question, subjects=(city,)), False
    return replace(question, subjects=(ref,)), True


def say_assumed(reply: Answer, ref: Ref, assumed: bool) -> Answer:
    """Where nothing was named: say which place the answer is about, and offer the other main sites."""
    if assumed:
        reply.say("common.assumed", place=reply.short(ref))
        for other in MAIN_SITES:
            if other != ref:
                reply.offer(reply.question.topic, other)
    return reply


def say_unknown(reply: Answer, ref: Ref) -> Answer:
    """Say that this is not known here, whom to ask, and what is known about the subject instead."""
    topic = reply.question.topic
    reply.unknown("common.unknown", ref, topic=reply.phrase(f"asked.{topic}"), name=reply.short(ref))
    topics = [known for known in known_topics(reply.site, ref, besides=topic) if f"asked.{known}" in reply.wording][:3]
    if topics:
        reply.say("unknown.but_know", topics=[reply.phrase(f"asked.{known}") for known in topics])
    for known in topics:
        reply.offer(known, ref)
    return reply


def tell(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Facts on the topic about the subject; from its container or parts, clearly named, where it has none itself."""
    question, assumed = with_subject(site, question)
    ref, topics = question.subjects[0], (question.topic,)
    reply = Answer(site, question, wording)
    if ref.kind == "person" and question.topic != "legend":
        return redirect(site, question, wording)  # a life is told as a life
    found = nearest_facts(site, ref, topics, question.text, wording.lang)
    if found is None:
        return redirect(site, question, wording) if ref.kind != "place" else say_unknown(reply, ref).done()
    say_assumed(reply, ref, assumed)
    if found.relation == "part":
        if not _tell_of_parts(reply, ref, "telling.parts", topic=reply.phrase(f"asked.{question.topic}")):
            reply.say("common.no_more")
    elif found.relation == "container":
        label = reply.phrase(f"asked.{question.topic}")
        reply.say("telling.container", topic=label, name=reply.short(ref), of=reply.short(found.ref))
        reply.facts(found.facts).offer("overview", found.ref)
    else:
        _tell_own(reply, ref, found.facts)
    return reply.done()


def _tell_own(reply: Answer, ref: Ref, facts: Sequence[Fact]) -> None:
    """A page of the subject's own facts; where they are few, or all told, its parts go on."""
    pages = -(-len(facts) // PAGE)
    if reply.question.page < pages:
        reply.say(f"telling.own_{reply.question.topic}", name=reply.short(ref)).facts(facts, limit=PAGE)
        if len(facts) < ENOUGH:
            _tell_of_parts(reply, ref, "telling.parts_too")
    elif not _tell_of_parts(reply, ref, "telling.parts_too", skip=pages - (len(facts) < ENOUGH)):
        reply.say("common.no_more")


def _tell_of_parts(reply: Answer, ref: Ref, title: str, skip: int = 0, **values: str) -> bool:
    """A fact each from the parts of a place that have most to tell, named; False when there are none on this page."""
    parts = [one for one, relation in related(reply.site, ref) if relation == "part"]
    parts.sort(key=lambda one: -len(reply.site.facts(one)))
    asked = reply.question
    told = [(one, facts[0]) for one in parts if (facts := facts_of(reply.site, one, (asked.topic,), asked.text))]
    lines = [reply.phrase("common.tip_of", of=reply.short(one), text=fact.words.in_(reply.lang)) for one, fact in told]
    start = reply.begin(lines, ENOUGH, asked.page - skip)
    end = start + reply.fitting(lines[start : start + ENOUGH], at_least=int(asked.page > 0))
    if start < end:
        reply.say(title, name=reply.short(ref), **values).bullets(lines[start:end])
    for one, fact in told[start:end]:
        reply.cite(fact.source).offer(asked.topic, one)
    if end < len(told):
        reply.offer_more()
    return start < end
