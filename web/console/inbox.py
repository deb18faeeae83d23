"""What visitors asked in vain, and answers that did not help: alike ones together, by meaning and place."""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import Collection, Iterator, NamedTuple, Optional, Sequence

from django.http import HttpRequest
from rapidfuzz import fuzz

from guide.dialogue.intents import topic_of
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.text import fold
from guide.visits import Rating, Unanswered, Visits
from web.console import bot
from web.console.models import Account
from web.console.page import site, tell, visits
from web.console.roles import may_edit
from web.console.trying import heard_now

FROM_INBOX = "question"  # in the address of a form that answers one
QUESTIONS_READ = 1000
SILENCE_SECONDS = 20
PARTS = {"price": "price", "hours": "hours", "open_now": "hours", "contact": "contact", "closure": "notice"}  # by topic
ALIKE_WORDS, FEWEST_WORDS = 84, 3  # of 100 (rapidfuzz); shorter questions must be the same

_ask_again = 0.0  # of the clock that only goes forward


class Asked(NamedTuple):
    """A question in all the ways in which it was typed, those that visitors asked in vain and those of bad ratings."""

    text: str
    count: int
    last: datetime
    lang: str
    spellings: tuple[str, ...]
    place: Optional[Ref] = None
    topic: Optional[str] = None
    ratings: tuple[Rating, ...] = ()


def inbox(left: Visits) -> list[Asked]:
    """What waits for staff: the most frequent first, then the latest. Alike are questions about one place that have
    nearly the same words or, where the bot tells, the same meaning.
    """
    return list(merged(tuple(_same(left))))


def merged(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """Questions of one meaning as one, under the wording that was typed most."""
    ordered = tuple(sorted(asked, key=lambda each: (each.count, each.last), reverse=True))
    return _grouped(ordered, _meanings(tuple(each.text for each in ordered)))


@lru_cache(maxsize=8)
def _grouped(ordered: tuple[Asked, ...], meanings: frozenset[tuple[int, int]]) -> tuple[Asked, ...]:
    groups: list[list[int]] = []
    for number in range(len(ordered)):
        home = next((group for group in groups if _near(ordered, meanings, group[0], number)), None)
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    together = [_together([ordered[number] for number in group]) for group in groups]
    return tuple(sorted(together, key=lambda each: (each.count, each.last), reverse=True))


def find(left: Visits, text: str) -> Optional[Asked]:
    """What a wording of the inbox belongs to."""
    return next((asked for asked in inbox(left) if text in asked.spellings), None)


def settle(left: Visits, asked: Asked) -> None:
    """Take a question off the list, in all its spellings, with the ratings that go with it."""
    left.unanswered.settle(asked.spellings)
    left.ratings.settle(rating.id for rating in asked.ratings)


def missing_part(asked: Asked, known: SiteDb) -> str:
    """The form of the fact that is missing (``price``, ``hours`` …); "" where the question is about none of those."""
    if asked.place is None or known.find(asked.place) is None:
        return ""
    return PARTS.get(asked.topic or "", "")


def may_answer(account: Account, asked: Asked) -> bool:
    """Whether the account looks after what the question is about."""
    return may_edit(account, site(), asked.place)


def after_answering(request: HttpRequest) -> None:
    """A form that was opened from the inbox is saved: the question goes, unless the bot still can't answer it."""
    text = request.GET.get(FROM_INBOX, "")
    asked = find(visits(), text) if text else None
    if asked is None or not may_answer(request.user, asked):
        return
    try:
        (reply,) = heard_now([(asked.text, asked.place)])
    except bot.BotSilent:
        settle(visits(), asked)
        return
    if reply is None:
        tell(request, "questions.still_unanswered", text=asked.text)
    else:
        settle(visits(), asked)
        tell(request, "questions.now_answered", text=asked.text)


def _same(left: Visits) -> Iterator[Asked]:
    """Those that differ by marks, case and punctuation alone."""
    groups: dict[tuple[str, Optional[str]], list[Unanswered]] = defaultdict(list)
    for question in left.unanswered.open(QUESTIONS_READ):
        groups[_plain(question.text), question.place].append(question)
    for group in groups.values():
        first, texts = group[0], tuple(dict.fromkeys(question.text for question in group))
        place = Ref("place", first.place) if first.place else None
        topic = topic_of(first.guesses[0]) if first.guesses else None
        yield Asked(first.text, len(group), first.at, first.lang, texts, place, topic)
    for rating in left.ratings.open(QUESTIONS_READ):
        if not rating.good and rating.question:
            yield Asked(rating.question, 1, rating.at, rating.lang, (rating.question,), ratings=(rating,))


def _together(group: Sequence[Asked]) -> Asked:
    first = group[0]
    return first._replace(
        count=sum(each.count for each in group),
        last=max(each.last for each in group),
        spellings=tuple(dict.fromkeys(text for each in group for text in each.spellings)),
        place=next((each.place for each in group if each.place), None),
        topic=next((each.topic for each in group if each.topic), None),
        ratings=tuple(rating for each in group for rating in each.ratings),
    )


def _near(asked: Sequence[Asked], meanings: Collection[tuple[int, int]], one: int, other: int) -> bool:
    first, second = asked[one], asked[other]
    if first.place and second.place and first.place != second.place:
        return False
    words = [_plain(each.text) for each in (first, second)]
    if words[0] == words[1]:
        return True
    if min(len(text.split()) for text in words) >= FEWEST_WORDS and fuzz.token_set_ratio(*words) >= ALIKE_WORDS:
        return True
    return (one, other) in meanings


@lru_cache(maxsize=4)
def _told(texts: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(bot.alike(texts))


def _meanings(texts: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    """Which of the texts, those asked most, mean the same; nothing is known of it where the bot is silent.

    A silent bot is not asked again for a while: every page counts what is in the inbox.
    """
    global _ask_again
    if not texts or time.monotonic() < _ask_again:
        return frozenset()
    try:
        return _told(texts)
    except bot.BotSilent:
        _ask_again = time.monotonic() + SILENCE_SECONDS
        return frozenset()


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())
