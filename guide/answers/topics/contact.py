"""Phone, website and e-mail: of the place, of what contains it, or the hotline of the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.contacts import Contact, contacts_for
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import say_assumed, with_subject
from guide.answers.wording import Wording

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MOST = 3


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The contacts that are known, nearest first, each with whose it is; none known is said plainly."""
    question, assumed = with_subject(site, question)
    ref = question.subjects[0]
    reply = Answer(site, question, wording)
    say_assumed(reply, ref, assumed)
    found = contacts_for(site, ref, wording.lang)[:MOST]
    if not found:
        reply.known = False
        reply.say("contact.none", place=reply.short(ref))
    elif found[0].ref != ref:
        reply.say("contact.container", place=reply.short(ref))
    reply.bullets(_line(reply, one) for one in found).cite(*(one.source for one in found))
    if found and not any(one.phone for one in found):
        reply.say("contact.no_phone")
    return reply.offer("location", ref).offer("hours", ref).offer("emergency", ref).done()


def _line(reply: Answer, one: Contact) -> str:
    return reply.phrase(
        "contact.line", name=one.name, phone=one.phone, website=one.website, email=one.email, note=one.note
    )
