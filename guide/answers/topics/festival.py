"""Festivals: when the next one is, this year and next, in both calendars, and what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence

from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.months import months_asked
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.calendar.festivals import Occurrence, next_occurrence, upcoming
from guide.refs import Ref
from guide.sitedb.records import Festival, Place, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MOST_LISTED = 5


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """One festival in full; a place's festivals or the region's next ones as a list."""
    reply, ref = Answer(site, question, wording), question.subject
    if ref is None:
        return _list(reply, _of_region(site, question), "festival.region", province=question.province)
    subject = site.get(ref)
    if isinstance(subject, Festival):
        return _full(reply, subject)
    place = place_of(site, ref)
    festivals = site.festivals_at(place.id) if place else []
    if place is None or not festivals:
        return _none(reply, ref)
    if len(festivals) == 1:
        return _full(reply, festivals[0])
    return _of_place(reply, place, festivals)


def _of_place(reply: Answer, place: Place, festivals: Sequence[Festival]) -> Reply:
    """The festivals of a place; those of its container are called so."""
    site = reply.site
    inside = {place.id, *(part.id for part in site.children(place.id))}
    own = any(inside & set(festival.places) for festival in festivals)
    outer = next((one for one in site.ancestors(place.id) if any(one.id in f.places for f in festivals)), place)
    return _list(
        reply, festivals, "festival.at_place", place=reply.short(place.ref), of=None if own else reply.short(outer.ref)
    )


def _of_region(site: SiteDb, question: Question) -> list[Festival]:
    """All festivals; of the province and in the months that are asked for, where they are."""
    here = {place.id for place in site.places(province=question.province)} if question.province else None
    months = months_asked(question.text, question.now.date())
    return [
        festival
        for festival in site.all("festival")
        if (here is None or here & set(festival.places))
        and (not months or _touches(next_occurrence(festival, question.now.date()), months))
    ]


def _touches(held: Occurrence, months: Sequence[int]) -> bool:
    spanned = {held.start.month, held.end.month}
    spanned.update(range(held.start.month, held.end.month + 1))
    return bool(spanned & set(months))


def _full(reply: Answer, festival: Festival) -> Reply:
    first, second = upcoming(festival, reply.today, 2)
    reply.say(
        "festival.next",
        name=festival.name.in_(reply.lang),
        start=first.start,
        end=first.end,
        running=first.includes(reply.today),
        main=[day for day in first.main if day != first.start],
        next_year=second.start,
        lunar=festival.lunar,
        single=first.start == first.end,
    )
    if not festival.verified and festival.date_source is not None and festival.date_source.basis != "published":
        reply.say("festival.unverified")
    reply.cite(_source(reply, festival))
    _say_what(reply, festival)
    places = [Ref("place", id_) for id_ in festival.places]
    reply.point(*places)
    for place in places[:1]:
        reply.offer("directions", place).offer("overview", place).offer("weather", festival.ref).offer("lodging", place)
    return reply.done()


def _source(reply: Answer, festival: Festival) -> Optional[Source]:
    """Where the date comes from; where that is not noted, what tells of the festival."""
    told = (*festival.what_happens, *reply.site.facts(festival.ref))
    return festival.date_source or next((fact.source for fact in told if fact.source), None)


def _say_what(reply: Answer, festival: Festival) -> None:
    summary = festival.summary.in_(reply.lang)
    if summary and not reply.question.page:
        reply.add(summary)
    facts = (*festival.what_happens, *reply.site.facts(festival.ref))
    if facts:
        reply.facts(tuple({fact.id: fact for fact in facts}.values()), limit=3, first=len(summary))


def _list(reply: Answer, festivals: Sequence[Festival], title: str, **values: Optional[str]) -> Reply:
    dated = sorted(((next_occurrence(festival, reply.today), festival) for festival in festivals), key=_start)
    start = reply.question.page * MOST_LISTED % max(len(dated), 1)
    shown = dated[start : start + MOST_LISTED]
    if not shown:
        return reply.say("festival.none_then").offer("festival").offer("best_time").done()
    reply.say(title, **values)
    reply.bullets(_line(reply, held, festival) for held, festival in shown)
    reply.listing(*(festival.ref for _, festival in shown))
    for _, festival in shown[:3]:
        reply.offer("festival", festival.ref, title=festival.name.in_(reply.lang))
    reply.cite(*(_source(reply, festival) for _, festival in shown))
    if len(dated) > start + MOST_LISTED:
        reply.offer_more()
    return reply.done()


def _start(dated: tuple[Occurrence, Festival]) -> tuple:
    return dated[0].start, dated[1].id


def _line(reply: Answer, held: Occurrence, festival: Festival) -> str:
    return reply.phrase(
        "festival.line",
        name=festival.name.in_(reply.lang),
        start=held.start,
        end=held.end,
        running=held.includes(reply.today),
        single=held.start == held.end,
        place=reply.short(Ref("place", festival.places[0])) if festival.places else None,
    )


def _none(reply: Answer, ref: Ref) -> Reply:
    """No festival is known there: say so, and which comes next in its province, else in the region."""
    place = place_of(reply.site, ref)
    reply.known = False
    reply.say("festival.none_here", place=reply.short(ref))
    near = {one.id for one in reply.site.places(province=place.province_now)} if place and place.province_now else set()
    everywhere = sorted(((next_occurrence(one, reply.today), one) for one in reply.site.all("festival")), key=_start)
    coming = [dated for dated in everywhere if near & set(dated[1].places)] or everywhere
    if coming:
        reply.say("festival.next_near", province=place.province_now if near and place else None)
        reply.bullets([_line(reply, *coming[0])]).cite(_source(reply, coming[0][1]))
        reply.offer("festival", coming[0][1].ref, title=coming[0][1].name.in_(reply.lang))
    return reply.offer("festival").offer("overview", ref).done()
