"""Asking Trúc by way of trial: the answer as visitors hear it now, and as they would hear it after a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Sequence

from django.http import HttpRequest

from guide.answers.reply import Reply
from guide.answers.wording import wording_for
from guide.dialogue import Context, Understood
from guide.dialogue.messages import read_message
from guide.dialogue.turn import respond
from guide.gazetteer.trying import names_changed
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.copying import preview
from guide.sitedb.writes import Write
from guide.trips.conversation import converse
from guide.trips.state import TripState
from guide.trips.wanting import wants
from web.console import bot
from web.console.page import site
from web.console.words import LANGUAGES, has, say
from web.pages.facts import now

TRY, QUESTION = "try", "try_question"  # the button (its value is a suggested question), and the field
LONGEST = 300
USUAL, MOST_SUGGESTED = ("price", "hours", "notice", "words"), 4
CHANNELS = ("web", "zalo_oa", "zalo_bot", "telegram")


class Line(NamedTuple):
    """A line of an answer, and whether it is another before and after."""

    text: str
    other: bool


class Seen(NamedTuple):
    """One bubble on a channel."""

    lines: tuple[Line, ...]
    buttons: tuple[str, ...]
    picture: str
    map: str


class Look(NamedTuple):
    """A channel with both answers; ``after`` is None where there is no change to try."""

    channel: str
    before: tuple[Seen, ...]
    after: Optional[tuple[Seen, ...]]


@dataclass(frozen=True)
class Tried:
    """A question that was tried. ``silent``: the bot gave no answer, so there is nothing else."""

    question: str
    silent: bool = False
    looks: tuple[Look, ...] = ()
    understood: str = ""
    same: bool = False
    known: bool = True


class _Answer(NamedTuple):
    heard: Understood
    reply: Reply


def asked(request: HttpRequest) -> Optional[str]:
    """The question that is to be tried; None where the form was sent for something else."""
    if request.method != "POST" or TRY not in request.POST:
        return None
    return (request.POST[TRY] or request.POST.get(QUESTION, "")).strip()[:LONGEST]


def try_out(request: HttpRequest, writes: Sequence[Write] = ()) -> Tried:
    """The question's answers before and after these changes. Raises what making them would raise."""
    question, about = asked(request) or "", _about(writes)
    if not writes:
        return _tried(question, request.lang, about, None)
    with preview(site(), writes, request.user.email, now().date()) as seen:
        return _tried(question, request.lang, about, seen.site)


def about_subject(request: HttpRequest, ref: Optional[Ref]) -> Optional[Tried]:
    """The answer as it is now to a question at a subject's page; None where nothing was asked."""
    question = asked(request)
    return _tried(question, request.lang, ref, None) if question else None


def _about(writes: Sequence[Write]) -> Optional[Ref]:
    """The subject at whose page the question is asked."""
    return writes[0].about(site()) if writes else None


def _tried(question: str, lang: str, about: Optional[Ref], after: Optional[SiteDb]) -> Tried:
    if not question:
        return Tried("")
    try:
        answers = list(_answers(question, about, after))
        seen = bot.looks([answer.reply.to_json() for answer in answers])
    except bot.BotSilent:
        return Tried(question, silent=True)
    last = answers[-1]
    return Tried(
        question,
        looks=tuple(_look(channel, seen) for channel in CHANNELS),
        understood=_said(last.heard, after or site(), lang),
        same=len(seen) > 1 and seen[0] == seen[1],
        known=last.reply.known,
    )


def _answers(question: str, about: Optional[Ref], after: Optional[SiteDb]) -> Iterator[_Answer]:
    """Before and after. New names have to be understood by themselves: then the page does not tell what is meant."""
    names = names_changed(site(), after) if after else None
    about = None if names else about
    (parsed,) = bot.parse([question])
    yield _answer(site(), parsed, about, now())
    if after is not None:
        if names:
            (parsed,) = bot.parse([question], names)
        yield _answer(after, parsed, about, now())


def _answer(known: SiteDb, parsed: Mapping[str, Any], about: Optional[Ref], moment: datetime) -> _Answer:
    heard, remembered = read_message(parsed), _context(known, about)
    if wants(TripState(), heard):
        _, reply = converse(known, TripState(), heard, moment, heard.language or "vi", lambda plan, lang: "")
        return _Answer(heard, reply)
    return _Answer(heard, respond(known, heard, remembered, moment).reply)


def heard_now(questions: Sequence[tuple[str, Optional[Ref]]]) -> list[Optional[Reply]]:
    """What visitors at these subjects' pages hear now; None for what the bot still can't answer. Raises BotSilent."""
    parsed = bot.parse([question for question, _ in questions]) if questions else []
    return [_known(one, about) for one, (_, about) in zip(parsed, questions, strict=True)]


def _known(parsed: Mapping[str, Any], about: Optional[Ref]) -> Optional[Reply]:
    heard, known = read_message(parsed), site()
    turn = respond(known, heard, _context(known, about), now())
    return turn.reply if turn.reply.known and not turn.unanswered else None


def _context(known: SiteDb, about: Optional[Ref]) -> Context:
    """As a visitor who has opened the subject's page, where it is a place, or has just spoken of it."""
    if about is None or known.find(about) is None:
        return Context()
    if about.kind == "place":
        return Context(here=about)
    return Context(subjects=(about,), last={about.kind: about.id})


def _said(heard: Understood, known: SiteDb, lang: str) -> str:
    """What the question was taken for: its topic, and what it names."""
    topic, wording = heard.topic or heard.intent or "", wording_for(lang)
    own = f"try.topic.{topic}"
    called = say(lang, own) if has(lang, own) else wording.say(f"quick.{topic}") if f"quick.{topic}" in wording else ""
    names = [known.name(ref, lang) for ref in heard.named() if known.find(ref)]
    return " · ".join(part for part in (called, *names) if part)


def _look(channel: str, seen: Sequence[bot.Looks]) -> Look:
    before = seen[0][channel]
    after = seen[1][channel] if len(seen) > 1 else None
    return Look(channel, _bubbles(before, after), None if after is None else _bubbles(after, before))


def _bubbles(shown: bot.Bubbles, beside: Optional[bot.Bubbles]) -> tuple[Seen, ...]:
    """With every line marked that the other answer has not."""
    there = None if beside is None else {line for one in beside for line in str(one.get("text", "")).splitlines()}
    return tuple(
        Seen(
            tuple(
                Line(line, there is not None and line not in there) for line in str(one.get("text", "")).splitlines()
            ),
            tuple(one.get("buttons", ())),
            str(one.get("picture", "")),
            str(one.get("map", "")),
        )
        for one in shown
    )


def suggestions(lang: str, topic: str, subject: Any) -> list[str]:
    """Questions worth trying about a subject's record (None: everything): on the topic of the form, then others."""
    codes = list(dict.fromkeys((lang, *LANGUAGES)))
    found = [
        say(code, f"try.ask.{each}", name=subject.name.in_(code))
        for each in dict.fromkeys([topic, *USUAL])
        for code in (codes if each == topic else codes[:1])
        if subject and has(code, f"try.ask.{each}")
    ]
    return list(dict.fromkeys(found))[:MOST_SUGGESTED]
