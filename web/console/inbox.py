"""Questions that the bot could not answer, those that are alike together."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from guide.text import fold
from guide.visits import Unanswered, Visits

QUESTIONS_READ = 1000


class Asked(NamedTuple):
    """A question that could not be answered, in all the ways in which it was typed."""

    text: str
    count: int
    last: datetime
    lang: str
    spellings: tuple[str, ...]


def unanswered(visits: Visits) -> list[Asked]:
    """Questions alike but for marks, case and punctuation together; the most frequent first, then the latest."""
    groups: dict[str, list[Unanswered]] = defaultdict(list)
    for question in visits.unanswered.open(QUESTIONS_READ):
        groups[_alike(question.text)].append(question)
    asked = [
        Asked(group[0].text, len(group), group[0].at, group[0].lang, tuple(dict.fromkeys(q.text for q in group)))
        for group in groups.values()
    ]
    return sorted(asked, key=lambda each: (each.count, each.last), reverse=True)


def spellings(visits: Visits, text: str) -> list[str]:
    """Every way in which a question of the inbox was typed."""
    return [each for asked in unanswered(visits) if _alike(asked.text) == _alike(text) for each in asked.spellings]


def _alike(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())
