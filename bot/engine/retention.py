"""What was said is deleted after a set time: 30 days, unless TRUC_KEEP_DAYS says otherwise. Visitors are told so."""

from __future__ import annotations

import os
from typing import Mapping

from sqlalchemy import Table
from sqlalchemy.engine import Connection

USUAL_DAYS = 30
DAY = 86_400
EVERY_SECONDS = 6 * 3_600


class BadKeepDays(ValueError):
    """TRUC_KEEP_DAYS is no number of days"""

    def __init__(self, text: str) -> None:
        super().__init__(f"TRUC_KEEP_DAYS is '{text}', but conversations are kept for a whole number of days from 1 on")


def keep_days(environ: Mapping[str, str] = os.environ) -> int:
    """For how many days conversations are kept. Raises BadKeepDays."""
    text = environ.get("TRUC_KEEP_DAYS") or str(USUAL_DAYS)
    if not text.isdecimal() or int(text) < 1:
        raise BadKeepDays(text)
    return int(text)


class Retention:
    """Deletes what is older than ``days``, at most every six hours, from the tables of the conversation store.

    Several bots may do it at once: what one has deleted the other does not find.
    """

    def __init__(self, events: Table, conversations: Table, days: int) -> None:
        self._seconds, self._last = days * DAY, 0.0
        self._old = (events.delete(), events.c.timestamp), (conversations.delete(), conversations.c.heard)

    def due(self, now: float) -> bool:
        """Whether it is time again. ``now`` in Unix seconds; saying yes counts as having done it."""
        if now - self._last < EVERY_SECONDS:
            return False
        self._last = now
        return True

    def sweep(self, db: Connection, now: float) -> int:
        """Delete events that are too old and conversations in which nothing was said since; how many rows went."""
        return sum(db.execute(old.where(at < now - self._seconds)).rowcount for old, at in self._old)
