"""Notes of each turn for staff: what was not answered, and counts. No name, no account; no answer waits for it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import lru_cache
from typing import Iterator

from rasa_sdk import Tracker

from actions.conversation import now, reply_language
from actions.site import site
from guide import watching
from guide.dialogue.context import FAILED, PLAN_MADE, PLANNING, Turn
from guide.visits import Turned, Unanswered, Visits
from guide.visits.noting import Notes

logger = logging.getLogger(__name__)
GUESSES_KEPT = 3
TRIP = "plan_trip"


@lru_cache(maxsize=1)
def _notes() -> Notes:
    return Notes(Visits.at())


def note_turn(tracker: Tracker, turn: Turn) -> None:
    """Count a turn and keep what it left unanswered; a fault here must not spoil the answer that was sent."""
    with _quietly():
        lang, place = turn.reply.lang, _place(turn)
        _count(tracker, lang, turn.topic, place, turn.outcome)
        ranking = tracker.latest_message.get("intent_ranking") or []
        guesses = tuple(str(row.get("name")) for row in ranking[:GUESSES_KEPT])
        for text in turn.unanswered:
            _notes().unanswered(Unanswered(text, lang, _channel(tracker), guesses, now(), place or None))


def note_trip(tracker: Tracker, lang: str, made: bool) -> None:
    """Count a message about a trip; ``made``: a plan was made with it."""
    with _quietly():
        _count(tracker, lang, TRIP, "", PLAN_MADE if made else PLANNING)


def note_failure(tracker: Tracker) -> None:
    """Count a message that only an apology could be said to."""
    with _quietly():
        _count(tracker, reply_language(tracker), "", "", FAILED)


@contextmanager
def _quietly() -> Iterator[None]:
    try:
        yield
    except Exception:  # whatever it is: the answer is more than its note
        logger.exception("a turn could not be noted")


def _count(tracker: Tracker, lang: str, topic: str, place: str, outcome: str) -> None:
    watching.TURNS.labels(outcome).inc()
    _notes().count(Turned(now().date(), _channel(tracker), lang, topic, place, outcome))


def _channel(tracker: Tracker) -> str:
    return tracker.get_latest_input_channel() or ""


def _place(turn: Turn) -> str:
    """The place that the question was about: its subject, or the first one to which that belongs."""
    return next(iter(site().belongs_to(turn.about)), "") if turn.about else ""
