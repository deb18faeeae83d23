"""Ticket prices and fees, current ones first; old ones only with their year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from guide.answers.compose import Answer
from guide.answers.gather import related
from guide.answers.question import Question
from guide.answers.relevance import by_relevance
from guide.answers.reply import Reply
from guide.answers.tariffs import is_unknown, say_old, say_prices
from guide.answers.telling import redirect, say_assumed, say_unknown, with_subject
from guide.answers.wording import Wording
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Prices of the subject, else of what contains it or what it contains, clearly named."""
    question, assumed = with_subject(question)
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
        reply.say(f"price.{suffix}", place=reply.short(ref), of=reply.short(owner))
        say_prices(reply, current, owner)
    if not current or any(map(is_unknown, current)):
        say_old(reply, found.old, owner, alone=not current)
    if not current:
        reply.contact(owner)
    if owner.kind == "place" and site.cable_cars_at(owner.id):
        reply.offer("cable_car", owner)
    return reply.offer("hours", owner).offer("directions", owner).done()


def _owner(reply: Answer, ref: Ref) -> tuple[Optional[Ref], str]:
    """Whose prices to tell: the subject's own, else the nearest related place's that has any."""
    for one, relation in [(ref, "own"), *related(reply.site, ref)]:
        found = reply.site.prices(one, reply.today)
        if found.current or found.old:
            return one, relation
    return None, "own"
