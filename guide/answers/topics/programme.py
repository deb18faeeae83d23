"""The tourism co-operation programmes of the provinces: who, since when, how they stand, and the routes they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.cues import tells
from guide.answers.places import brief
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Programme

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NOTICES = False
SHOWN_GOALS = 2
SHOWN_FACTS = 2


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """One programme; or all of them, those of a province or with a route by a place when one was named."""
    reply = Answer(site, question, wording)
    ref = question.subject
    if ref and ref.kind == "programme":
        return _one(reply, site.get(ref))
    return _several(reply, _fitting(site, question))


def _fitting(site: SiteDb, question: Question) -> list[Programme]:
    """In the order of the article, the later ones after it."""
    programmes = sorted(site.all("programme"), key=lambda it: (it.number_in_article or 99, it.year or 0))
    chosen = programmes
    if question.subject and question.subject.kind == "route":
        chosen = [it for it in programmes if question.subject.id in it.routes]
    elif question.subject and (place := standing_place(site, question.subject)):
        routes = {route.id for route in site.routes_through(place.id)}
        chosen = [it for it in programmes if routes & set(it.routes)]
    elif question.province:
        chosen = [it for it in programmes if _is_member(it, question.province)]
    return chosen or programmes


def _is_member(programme: Programme, province: str) -> bool:
    return any(province in member.values() for member in (*programme.members_now, *programme.members_before))


def _one(reply: Answer, programme: Programme) -> Reply:
    now = [member.in_(reply.lang) for member in programme.members_now]
    before = [member.in_(reply.lang) for member in programme.members_before]
    reply.say(
        "programme.one",
        name=reply.name(programme.ref),
        now=now,
        before=before,
        changed=set(now) != set(before),
        number=programme.number_in_article,
        period=_period(programme),
        year=programme.year,
    )
    reply.say("programme.status", status=_status(programme), year=_status_year(programme))
    reply.cite(programme.source)
    goals = [goal.in_(reply.lang) for goal in programme.goals]
    reply.say("programme.goals", goals=goals[:SHOWN_GOALS] if reply.fitting(goals[:SHOWN_GOALS]) else [])
    reply.say("programme.offer", text=programme.offer.in_(reply.lang), editorial=programme.offer_basis == "editorial")
    facts = reply.site.facts(programme.ref)
    if programme.number_in_article:  # its number in the article has been told
        facts = [fact for fact in facts if not tells(fact.words, "article")]
    reply.facts(facts, limit=SHOWN_FACTS)
    return _routes(reply, programme).offer("programme", title=reply.phrase("programme.all_title")).done()


def _status(programme: Programme) -> str:
    """``ended-2025`` → ``ended``: the word before the year."""
    word, dash, year = programme.status.rpartition("-")
    return word if dash and year.isdigit() else programme.status


def _status_year(programme: Programme) -> str:
    year = programme.status.rpartition("-")[2]
    return year if year.isdigit() else ""


def _period(programme: Programme) -> str | None:
    """The years of a programme; one of which only the beginning is known has no period but a year."""
    return programme.period if programme.period and programme.period[:1].isdigit() else None


def _title(reply: Answer, programme: Programme) -> str:
    """What it is called on a button and in a list: its members, for those of the article; else its name."""
    members = [it.in_(reply.lang) for it in programme.members_before]
    name = reply.name(programme.ref)
    return reply.phrase("programme.short_name", members=members) if programme.number_in_article else name


def _routes(reply: Answer, programme: Programme) -> Answer:
    routes = [ref for id_ in programme.routes if reply.site.find(ref := Ref("route", id_))]
    if routes:
        reply.say("programme.routes", routes=[brief(reply.name(ref)) for ref in routes[:3]], more=len(routes[3:]))
    for ref in routes[:3]:
        reply.offer("route", ref, title=brief(reply.name(ref)))
    return reply


def _several(reply: Answer, programmes: list[Programme]) -> Reply:
    numbered = [it for it in programmes if it.number_in_article]
    later = [it for it in programmes if not it.number_in_article]
    if numbered:
        reply.say("programme.in_article", count=len(numbered)).bullets(_row(reply, it) for it in numbered)
    if later:
        reply.say("programme.later").bullets(_row(reply, it) for it in later)
    reply.listing(*(it.ref for it in (*numbered, *later)))
    reply.cite(*(it.source for it in programmes)).say("programme.ask")
    for it in programmes[:3]:
        reply.offer("programme", it.ref, title=brief(_title(reply, it)))
    return reply.offer("route").done()


def _row(reply: Answer, programme: Programme) -> str:
    title, period = _title(reply, programme), _period(programme)
    told = bool(period and period in title)
    year = "" if period else _status_year(programme)
    status = reply.phrase("programme.status_word", status=_status(programme), year=year)
    return reply.phrase("programme.row", name=title, status=status, period=None if told else period)
