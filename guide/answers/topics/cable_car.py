"""Cable cars: where they run, how long the ride is, fares and hours as far as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.gather import facts_of, node_of
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.tariffs import is_unknown, old_line, say_prices
from guide.answers.telling import say_assumed, with_subject
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import CableCar

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MOST_LINES = 3


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The line asked about, or the lines of a place; where there is none, say so and name those of the region."""
    question, assumed = with_subject(site, question)
    ref = question.subjects[0]
    reply = Answer(site, question, wording)
    lines = _lines(site, ref)
    if not lines:
        return _none(reply, ref)
    say_assumed(reply, ref, assumed)
    described = [_line(reply, line) for line in lines]
    reply.bullets(described) if len(lines) > 1 else reply.add(described[0])
    reply.cite(*(line.hours_source for line in lines[:1]))
    if question.topic != "price":
        _say_facts(reply, ref, lines)
    _say_fares(reply, lines)
    _say_hours(reply, lines)
    return reply.offer("hours", lines[0].ref).offer("climbing", *_place(ref)).offer("directions", *_place(ref)).done()


def _place(ref: Ref) -> tuple[Ref, ...]:
    return (ref,) if ref.kind == "place" else ()


def _lines(site: SiteDb, ref: Ref) -> list[CableCar]:
    subject = site.get(ref)
    if isinstance(subject, CableCar):
        return [subject]
    return site.cable_cars_at(ref.id)[:MOST_LINES] if ref.kind == "place" else []


def _line(reply: Answer, line: CableCar) -> str:
    name = line.name.in_(reply.lang)
    ends = [reply.short(end) for id_ in (line.start, line.end) if (end := node_of(reply.site, id_))]
    return reply.phrase(
        "cable_car.line",
        name=name,
        ends=ends,
        length=line.length_m,
        minutes=line.minutes,
        opened=line.opened,
        say_ends=len(ends) == 2 and ":" not in name and "–" not in name,
    )


def _say_facts(reply: Answer, ref: Ref, lines: list[CableCar]) -> None:
    facts = facts_of(reply.site, ref, ("cable_car",), reply.question.text, reply.lang)
    facts += tuple(fact for line in lines[:1] for fact in reply.site.facts(line.ref) if fact not in facts)
    if facts:
        reply.facts(facts, limit=2 if len(lines) == 1 else 1)


def _say_fares(reply: Answer, lines: list[CableCar]) -> None:
    for line in lines:
        found = reply.site.prices(line.ref, reply.today)
        known = [price for price in found.current if not is_unknown(price)]
        if known:
            say_prices(reply, known, line.ref)
            return
    reply.say("cable_car.fare_unknown")
    for line in lines:
        old = [price for price in reply.site.prices(line.ref, reply.today).old if not is_unknown(price)]
        if old:
            reply.say("cable_car.old_fare", name=line.name.in_(reply.lang), line=old_line(reply, old[0]))
            reply.cite(old[0].source)
            return


def _say_hours(reply: Answer, lines: list[CableCar]) -> None:
    if not any(line.hours for line in lines):
        note = lines[0].hours_note.in_(reply.lang)
        reply.say("cable_car.hours_note" if note else "cable_car.hours_unknown", note=note).contact(lines[0].ref)


def _none(reply: Answer, ref: Ref) -> Reply:
    lines = reply.site.all("cable_car")
    reply.say("cable_car.none", place=reply.short(ref), names=[line.name.in_(reply.lang) for line in lines])
    for line in lines[:3]:
        reply.offer("cable_car", line.ref, title=line.name.in_(reply.lang))
    return reply.done()
