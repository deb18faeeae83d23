"""All that a message asks, answered in order in one Reply; asked back where a name is of several subjects."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Optional

from guide.answers import Question, answer_all
from guide.answers.asking import which_one
from guide.answers.compose import merge
from guide.answers.talk import polite
from guide.answers.wording import wording_for
from guide.dialogue.bare import DEFAULT_LANGUAGE
from guide.dialogue.context import ASKED_BACK, Context, Turn, Understood, next_context, unique
from guide.dialogue.questions import containment, question_of, topic_asked
from guide.dialogue.references import resolve
from guide.dialogue.ties import Tie, settle
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ENDS = ".?!…"


class Asked(NamedTuple):
    """What a message asks. ``tie``: the first name that may mean several subjects, in the question ``undecided``."""

    questions: tuple[Question, ...]
    context: Context
    tie: Optional[Tie] = None
    undecided: Optional[Question] = None


def answered(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    """The answer to a message that asks something, by itself or in its parts."""
    asked = _asked(site, heard, remembered, now)
    wording = wording_for(remembered.language or DEFAULT_LANGUAGE)
    replies = [answer_all(site, asked.questions)] if asked.questions else []
    offered: tuple[str, ...] = ()
    if asked.tie and asked.undecided:
        (name, options), undecided = asked.tie, asked.undecided
        back = which_one(site, name, undecided.topic, options, _beside(undecided), wording)
        replies, offered = [*replies, back], tuple(option.payload for option in back.quick_replies)
    reply = merge(site, replies, wording)
    if lead := polite(heard.parts[0].intent if heard.parts else None, wording.lang):
        reply = replace(reply, text=f"{lead} {reply.text}")
    last = (*asked.questions, *([asked.undecided] if asked.undecided else []))[-1]
    turn = Turn.of(reply, asked.context, heard, offered, last)
    return turn if asked.questions else replace(turn, outcome=ASKED_BACK)


def _beside(question: Question) -> tuple[Ref, ...]:
    return unique((question.origin, *([] if question.carried else question.subjects)))


def _asked(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Asked:
    questions: list[Question] = []
    context, tie, undecided = remembered, None, None
    for part in _asking(heard):
        settled, tied = settle(site, resolve(site, part, context), topic_asked(part, context), context)
        question = question_of(settled, context, now, containment(site))
        if tied:
            tie, undecided = tie or tied, undecided or question
        else:
            questions.append(question)
            context = next_context(context, question)
    if undecided and not questions:  # a name in answer to what is asked back goes on with this question
        context = replace(context, topic=undecided.topic)
    return Asked(tuple(questions), context, tie, undecided)


def _asking(heard: Understood) -> list[Understood]:
    """The parts that ask something.

    One at the beginning that names nothing is about what the next one names: "giá vé và giờ mở cửa Yên Tử"; not so
    where it is a sentence of its own.
    """
    parts = [part for part in heard.parts if part.topic] or [heard]
    named = next((part.mentions for part in parts if part.named()), ())
    filled: list[Understood] = []
    for part in parts:
        if part.named() or any(earlier.named() for earlier in filled) or part.text.rstrip()[-1:] in ENDS:
            filled.append(part)
        else:
            lent = tuple(replace(m, start=0, end=0) for m in named if m.ref)
            filled.append(replace(part, mentions=(*part.mentions, *lent)))
    return filled
