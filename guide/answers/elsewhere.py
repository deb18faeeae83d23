"""Questions about a sight that is not in the region: say where it is, and what there is here instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Elsewhere

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

HOME = Ref("place", "yen-tu")


def concerns(question: Question) -> bool:
    """Whether a subject of the question lies outside the region."""
    return any(subject.kind == "elsewhere" for subject in question.subjects)


def correct(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Say where the sight really is, and offer what the place named beside it (else Yên Tử) has."""
    reply = Answer(site, question, wording)
    here = next((ref for ref in question.subjects if ref.kind != "elsewhere"), None)
    for ref in question.subjects:
        sight = site.find(ref)
        if isinstance(sight, Elsewhere):
            reply.say(
                "elsewhere.not_here",
                name=sight.name.in_(reply.lang),
                where=sight.where.in_(reply.lang),
                here=reply.short(here) if here else None,
            )
            reply.cite(sight.source)
    place = here or HOME
    reply.say("elsewhere.instead", here=reply.short(place))
    reply.offer("overview", place).offer(question.topic, place).offer("nearby", place)
    return reply.done()
