"""What a thing is: a place, a person, a festival, a dish, a route, a line, a bridge, a number to call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Callable, Optional, Union

from guide.answers.compose import Answer
from guide.answers.gather import PROPERTY, known_topics, node_of
from guide.answers.question import Question
from guide.answers.relevance import answering, scores
from guide.answers.reply import Card, Reply
from guide.answers.telling import KEEPERS, redirect, with_subject
from guide.answers.topics import NAMES
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Boat, Bridge, Gateway, Place, Source, Subject, Train

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

LEADING = ("price", "directions", "history", "legend", "architecture", "festival", "climbing", "nature")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The summary of a place and what to know before going; other kinds by the topic that knows them."""
    question, _ = with_subject(site, question, PROPERTY)
    ref = question.subjects[0]
    subject = site.get(ref)
    if isinstance(subject, Place):
        return _place(Answer(site, question, wording), subject)
    if KEEPERS.get(ref.kind) in NAMES:
        return redirect(site, question, wording)
    return _other(Answer(site, question, wording), subject)


def _place(reply: Answer, place: Place) -> Reply:
    if reply.question.page:
        reply.question = replace(reply.question, page=reply.question.page - 1)  # the first page was the summary
        reply.facts(reply.site.facts(place.ref), limit=4)
    else:
        reply.say("overview.place", name=place.name.in_(reply.lang), text=place.summary.in_(reply.lang))
        if not reply.question.beside:
            _say_asked(reply, place)
        reply.say("overview.visit", minutes=place.minutes, effort=place.effort, address=place.address.in_(reply.lang))
        reply.cite(*_sources_of_summary(reply, place))
        photo = next(iter(reply.site.photos(place.ref)), None)
        image = f"/photos/{photo.file}-card.jpg" if photo else None
        reply.card(Card(place.name.in_(reply.lang), place.address.in_(reply.lang), image))
    known = known_topics(reply.site, place.ref)
    for topic in LEADING:
        if topic in known or topic in ("price", "directions"):
            reply.offer(topic, place.ref)
    return reply.done()


def _sources_of_summary(reply: Answer, place: Place) -> list[Optional[Source]]:
    """The sources of the facts that say what the summary sums up."""
    facts, summary = reply.site.facts(place.ref), place.summary.in_(reply.lang)
    rated = scores([fact.words.in_(reply.lang) for fact in facts], summary)
    best = sorted(range(len(facts)), key=lambda index: -rated[index])[:2]
    return [facts[index].source for index in best]


def _say_asked(reply: Answer, place: Place) -> None:
    """The one fact that the visitor's own words ask for, where the summary does not tell it."""
    facts, summary = reply.site.facts(place.ref), place.summary.in_(reply.lang)
    texts = [summary, *(fact.words.in_(reply.lang) for fact in facts)]
    told = answering(texts, str, reply.question.text, place.name.values())
    if told and told[0] != summary:
        fact = next(fact for fact in facts if fact.words.in_(reply.lang) == told[0])
        reply.bullets([told[0]]).cite(fact.source)


def _other(reply: Answer, subject: Subject) -> Reply:
    describe = _DESCRIBED.get(type(subject), _named)
    describe(reply, subject)
    facts = reply.site.facts(subject.ref)
    if facts:
        reply.facts(facts, limit=3)
    return reply.point(subject.ref).done()


def _named(reply: Answer, subject: Subject) -> None:
    reply.say("overview.named", name=subject.name.in_(reply.lang))


def _gateway(reply: Answer, gateway: Gateway) -> None:
    serves = [reply.short(ref) for id_ in gateway.serves if reply.site.find(ref := Ref("place", id_))]
    province = gateway.province_now
    reply.say(
        "overview.gateway",
        name=gateway.name.in_(reply.lang),
        province=province if province not in gateway.name.values() else None,
        before=gateway.province_before if gateway.province_before != province else None,
        serves=serves[:5],
    )
    reply.offer("directions", gateway.ref).offer("nearby", gateway.ref)


def _boat(reply: Answer, boat: Boat) -> None:
    ends = _ends(reply, boat)
    reply.say("overview.boat", name=boat.name.in_(reply.lang), minutes=boat.minutes, vehicles=boat.vehicles, ends=ends)
    reply.cite(boat.source)


def _bridge(reply: Answer, bridge: Bridge) -> None:
    reply.say("overview.bridge", name=bridge.name.in_(reply.lang), length=bridge.length_m, opened=bridge.opened)


def _train(reply: Answer, train: Train) -> None:
    reply.say(
        "overview.train",
        name=train.name.in_(reply.lang),
        departs=train.departs,
        arrives=train.arrives,
        note=train.note.in_(reply.lang),
        ends=_ends(reply, train),
    )
    reply.cite(train.source)


def _ends(reply: Answer, line: Union[Boat, Train]) -> list[str]:
    """The names of both ends, where they are not in the line's own name; offers the way to the second."""
    nodes = [node_of(reply.site, id_) for id_ in (line.start, line.end)]
    for node in nodes[1:]:
        if node:
            reply.offer("overview", node).offer("directions", node)
    names = [reply.short(node) for node in nodes if node]
    return names if not all(name in line.name.in_(reply.lang) for name in names) else []


_DESCRIBED: dict[type, Callable[..., None]] = {Gateway: _gateway, Boat: _boat, Bridge: _bridge, Train: _train}
