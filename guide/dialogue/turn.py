"""One turn of a conversation: what was understood and is remembered → what is said and remembered. Without Rasa."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from guide.answers import TOPICS, answer
from guide.answers.talk import ACTS, talk
from guide.answers.unknown import not_known, rephrase, search_answer
from guide.dialogue.answering import answered
from guide.dialogue.bare import COMMON, SPOKEN, foreign_language, is_bare, language_of
from guide.dialogue.context import (
    NEAR,
    OUT_OF_SCOPE,
    TALK,
    UNANSWERED,
    Context,
    Turn,
    Understood,
    next_context,
)
from guide.dialogue.foreign import with_notice
from guide.dialogue.intents import topic_of
from guide.dialogue.offers import taken
from guide.dialogue.positions import NEARBY, arrive, nearest_place, with_position
from guide.dialogue.questions import containment, question_of
from guide.dialogue.references import resolve

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MORE, SWITCH_LANGUAGE = "more", "switch_language"


def respond(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    """Answer a message. ``now`` is aware (Asia/Ho_Chi_Minh)."""
    nearest = nearest_place(site, *heard.position) if heard.position else None
    heard, remembered = arrive(heard, remembered, nearest)
    remembered = replace(remembered, language=language_of(heard, remembered))
    turn = _turn(site, taken(heard, remembered), remembered, now)
    if nearest and heard.topic == NEARBY:
        turn = replace(turn, reply=with_position(site, turn.reply, nearest))
    foreign = foreign_language(heard)
    if foreign and foreign != remembered.foreign:
        turn = replace(turn, reply=with_notice(turn.reply, foreign), context=replace(turn.context, foreign=foreign))
    return turn


def names_alone(site: SiteDb, heard: Understood, remembered: Context) -> bool:
    """Whether the message only names or points to what is known: "còn Kiếp Bạc", "chỗ thứ hai"."""
    heard = resolve(site, heard, remembered)
    return bool(heard.named()) and is_bare(heard)


def _turn(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    heard = resolve(site, heard, remembered)
    if heard.intent == MORE:
        return _more(site, heard, remembered, now)
    if heard.parts or heard.topic or (is_bare(heard) and (heard.named() or remembered.topic)):
        return answered(site, heard, remembered, now)
    if heard.intent == SWITCH_LANGUAGE:
        return _switched(site, heard, remembered, now)
    if heard.intent in ACTS:
        return _talked(site, heard, remembered, now)
    return _not_understood(site, heard, remembered, now)


def _more(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    """Go on where the last answer stopped, or with a subject that is named now."""
    question = question_of(heard, remembered, now, containment(site))
    question = replace(question, page=remembered.page + 1 if question.carried else 0)
    reply = answer(site, question)
    return Turn.of(reply, next_context(remembered, question), heard, question=question)


def _talked(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    """Small talk in the visitor's language, with the place where they are in mind."""
    place = remembered.last.get("place") or (remembered.here.id if remembered.here else None)
    reply = talk(site, heard.intent or "", _lang(remembered), now, here=place, unreadable=heard.unreadable)
    outcome = OUT_OF_SCOPE if heard.intent == OUT_OF_SCOPE else TALK
    context = replace(remembered, offered=(), failures=0)
    return Turn(reply, context, outcome=outcome, topic=heard.intent or "")


def _switched(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    """Go on in the language that was named, else in the one the message is written in."""
    wanted = heard.first("language") or _lang(remembered)
    lang = wanted if wanted in SPOKEN else COMMON
    reply = talk(site, SWITCH_LANGUAGE if wanted == lang else "language_not_spoken", lang, now)
    context = replace(remembered, language=lang, offered=(), failures=0)
    return Turn(reply, context, outcome=TALK, topic=SWITCH_LANGUAGE)


def _not_understood(site: SiteDb, heard: Understood, remembered: Context, now: datetime) -> Turn:
    """In three steps: what a search finds, offered as a guess; once, likely questions; then whom to ask."""
    question = question_of(heard, remembered, now, containment(site))
    if found := search_answer(site, question):
        return Turn(found, replace(remembered, offered=(), failures=0), outcome=NEAR, about=question.subject)
    if remembered.failures == 0:
        reply = rephrase(site, question, [topic for it in heard.ranking if (topic := topic_of(it)) in TOPICS])
        offered = tuple(option.payload for option in reply.quick_replies)
    else:
        reply, offered = not_known(site, question), ()
    context = replace(remembered, offered=offered, failures=remembered.failures + 1)
    return Turn(reply, context, (heard.text,), UNANSWERED, about=question.subject)


def _lang(remembered: Context) -> str:
    return remembered.language or SPOKEN[0]
