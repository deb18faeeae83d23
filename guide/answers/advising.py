"""Advice as an answer: a place's own facts first, then what is advised there, then what is advised everywhere."""

from __future__ import annotations

from typing import NamedTuple, Optional, Sequence

from guide.answers.compose import Answer
from guide.answers.gather import PROPERTY, advice_for, facts_of
from guide.answers.relevance import by_relevance
from guide.refs import Ref
from guide.sitedb.records import Place, Source, Words

PAGE = 5


class Tip(NamedTuple):
    """One piece of advice or one fact. ``of`` names the place it is about when that is not the one asked about."""

    words: Words
    source: Optional[Source]
    of: Optional[Ref] = None
    fact: bool = False
    topic: str = ""
    general: bool = True


def is_a_climb(place: Optional[Place]) -> bool:
    """Whether advice for the mountain applies: where no place is named, or the way there takes effort."""
    return place is None or place.effort in ("moderate", "hard")


def tips(reply: Answer, place: Optional[Place], fact_topics: Sequence[str], advice_topics: Sequence[str]) -> list[Tip]:
    """Facts of the place and its containers, then advice; those nearest to the visitor's own words first."""
    found: list[Tip] = []
    for here in [place, *reply.site.ancestors(place.id)] if place else []:
        if here.ref != PROPERTY or here is place:
            of = None if here is place else here.ref
            found += [
                Tip(fact.words, fact.source, of, True, fact.topic, False)
                for fact in facts_of(reply.site, here.ref, fact_topics)
            ]
    advice = advice_for(reply.site, advice_topics, place.id if place else None, None)
    found += [
        Tip(one.words, one.source, topic=one.topic, general=not one.places)
        for one in advice
        if not one.months or reply.today.month in one.months
    ]
    unique = list({tip.words.in_(reply.lang): tip for tip in reversed(found)}.values())[::-1]
    return by_relevance(unique, lambda tip: tip.words.in_(reply.lang), reply.question.text)


def say_tips(reply: Answer, found: Sequence[Tip]) -> None:
    """As many tips as fit, from the page asked for; the place they are about is named where it is another."""
    lines = [_line(reply, tip) for tip in found]
    start = reply.begin(lines, PAGE, reply.question.page)
    if found and start >= len(found):
        reply.say("common.no_more")
        return
    end = start + reply.fitting(lines[start : start + PAGE])
    reply.bullets(lines[start:end]).cite(*(tip.source for tip in found[start:end]))
    if end < len(found):
        reply.offer_more()


def _line(reply: Answer, tip: Tip) -> str:
    text = tip.words.in_(reply.lang)
    return reply.phrase("common.tip_of", of=reply.short(tip.of), text=text) if tip.of else text
