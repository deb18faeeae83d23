"""Closures and notices in force today, told in full; and what is known of crowds and past interruptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer, notice_line
from guide.answers.contacts import place_of
from guide.answers.gather import PROPERTY, facts_of, related
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NOTICES = False  # this topic tells them itself
MOST = 4


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Today's notices about the place or everywhere; when there are none, say so, and whom to ask."""
    reply = Answer(site, question, wording)
    place = place_of(site, question.subject) if question.subject else None
    ref = place.ref if place else question.subject
    notices = site.notices(reply.today, ref)[:MOST]
    name = reply.short(ref) if ref else None
    if notices:
        reply.say("closure.in_force", place=name, today=reply.today)
        for notice in notices:
            reply.add(notice_line(notice, wording)).cite(notice.source)
    else:
        reply.say("closure.none", place=name, today=reply.today)
    if ref:
        _say_history(reply, ref)
    if ref and not notices:
        reply.contact(ref, needed=False)
    refs = (ref,) if ref else ()
    return reply.offer("open_now", *refs).offer("festival", *refs).offer("contact", *refs).done()


def _say_history(reply: Answer, ref: Ref) -> None:
    """What is on record about interruptions of the place, or of the complex that contains it."""
    containers = [one for one, relation in related(reply.site, ref) if relation == "container" and one != PROPERTY]
    for one in (ref, *containers):
        facts = facts_of(reply.site, one, ("closure",), reply.question.text, reply.lang)
        if facts:
            reply.say("closure.history", place=reply.short(one)).facts(facts, limit=2)
            return
