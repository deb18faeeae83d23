"""Ratings of answers, kept for staff: question, answer, whether it helped and why not; nothing about the visitor."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.web.frames import Feedback, Frame
from bot.channels.web.history import History
from guide.visits import Rating, Visits, VisitsBroken

logger = logging.getLogger(__name__)
TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Ratings:
    """Finds what was rated in the history, and keeps it with what visitors leave."""

    def __init__(self, shelf: Shelf, history: History) -> None:
        self._shelf, self._history = shelf, history

    async def record(self, conversation: str, given: Feedback) -> None:
        """Keep a rating; a later one of the same answer replaces it. One of no answer is passed over."""
        frames = await self._shelf(self._history.after, conversation, 0)
        answer = next((f for f in frames if f["type"] == "message" and f["seq"] == given.of), None)
        if answer:
            question = next((f for f in frames if f["type"] == "said" and f["id"] == answer["answers"]), None)
            await self._shelf(_write, f"{conversation}/{given.of}", question, answer, given)


def _write(key: str, question: Frame | None, answer: Frame, given: Feedback) -> None:
    """Keyed by a hash: what staff see must not lead to a conversation."""
    reply, text = answer["reply"], question["text"] if question else ""
    now = datetime.now(TIMEZONE)
    rating = Rating(text, reply.get("text", ""), reply.get("lang", ""), "web", given.good, given.reason, now)
    try:
        Visits.at().ratings.add(hashlib.sha256(key.encode()).hexdigest(), rating)
    except VisitsBroken:
        logger.exception("a rating could not be recorded")
