"""Ticket prices and fees, current ones first; old ones only with their year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional, Sequence

from guide.answers.compose import Answer
from guide.answers.gather import related
from guide.answers.question import Question
from guide.answers.relevance import by_relevance, shared_words
from guide.answers.reply import Reply
from guide.answers.tariffs import is_unknown, say_old, say_prices
from guide.answers.telling import redirect, say_assumed, say_unknown, with_subject
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Price

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SAME_THING = 2  # words that two price items share when they are about the same thing


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Prices of the subject, else of what contains it or what it contains, clearly named."""
    question, assumed = with_subject(site, question)
    ref = question.subjects[0]
    reply = Answer(site, question, wording)
    owner, relation = _owner(reply, ref)
    if owner is None:
        return redirect(site, question, wording) if ref.kind != "place" else say_unknown(reply, ref).done()
    say_assumed(reply, ref, assumed)
    found = site.prices(owner, reply.today)
    current = by_relevance(found.current, lambda price: price.item.in_(wording.lang), question.text)
    if current:
        suffix = {"own": "title", "container": "title_container", "part": "title_part"}[relation]
        suffix = suffix if owner.kind == "place" else "title_thing"
        reply.say(f"price.{suffix}", place=reply.short(ref), of=reply.short(owner))
        say_prices(reply, current, owner)
    say_old(reply, _old_worth_telling(reply, current, found.old), owner, alone=not current)
    if not current:
        reply.contact(owner)
    if owner.kind == "place" and site.cable_cars_at(owner.id):
        reply.offer("cable_car", owner)
    return reply.offer("hours", ref).offer("directions", ref).done()


def _old_worth_telling(reply: Answer, current: Sequence[Price], old: Sequence[Price]) -> list[Price]:
    """Old prices of what has no current one; what is priced today needs no history."""
    if not current:
        return list(old)
    unknown = [price.item.in_(reply.lang) for price in current if is_unknown(price)]
    return [price for price in old if _ran_out(price, reply.today) or _same_thing(reply, price, unknown)]


def _ran_out(price: Price, today: date) -> bool:
    """Whether the price held until a day that is past: worth telling, since visitors have heard of it."""
    return price.current and price.valid_to is not None and price.valid_to < today


def _same_thing(reply: Answer, price: Price, items: list[str]) -> bool:
    return any(shared_words(price.item.in_(reply.lang), item) >= SAME_THING for item in items)


def _owner(reply: Answer, ref: Ref) -> tuple[Optional[Ref], str]:
    """Whose prices to tell: the subject's own, else the nearest related place's that has any."""
    for one, relation in [(ref, "own"), *related(reply.site, ref)]:
        found = reply.site.prices(one, reply.today)
        if found.current or found.old:
            return one, relation
    return None, "own"
