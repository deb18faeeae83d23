"""What is kept of visits, as records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Optional


@dataclass(frozen=True)
class Unanswered:
    """A question that could not be answered, with the intents that came nearest and the place it was about."""

    text: str
    lang: str
    channel: str
    guesses: tuple[str, ...]
    at: datetime
    place: Optional[str] = None
    id: int = 0


@dataclass(frozen=True)
class Rating:
    """An answer and whether it helped; ``reason``: wrong, unclear, incomplete, other, or None."""

    question: str
    answer: str
    lang: str
    channel: str
    good: bool
    reason: Optional[str]
    at: datetime
    id: int = 0


class Turned(NamedTuple):
    """A turn as it is counted. ``topic``: what was asked, else the intent; ``place``: an id, '' where there is none."""

    day: date
    channel: str
    lang: str
    topic: str
    place: str
    outcome: str  # guide.dialogue.context.OUTCOMES


class Count(NamedTuple):
    """How many turns there were of what was asked for, in the order of the columns asked for."""

    of: tuple[str, ...]
    n: int
