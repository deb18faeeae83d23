"""How much one visitor, and one address, may ask for (moving windows, by the library ``limits``)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.channels.messengers.stores.redis import faults

# Whole villages share an address on mobile networks: its limit only stops machines.
SESSIONS = "300/hour"
MESSAGES = "20/minute"


class TooMany(Exception):
    """More than is allowed. ``retry_after`` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many; again in {retry_after} s")
        self.retry_after = retry_after


@dataclass
class Limits:
    """``store``: a Redis address where several processes count together, else each counts for itself."""

    store: str = ""
    sessions: str = SESSIONS
    messages: str = MESSAGES

    def __post_init__(self) -> None:
        shared = self.store.startswith(("redis://", "rediss://"))
        self._kept = storage_from_string(self.store if shared else "memory://")  # the limiter holds it weakly
        self._windows = MovingWindowRateLimiter(self._kept)
        self._sessions, self._messages = parse(self.sessions), parse(self.messages)

    def session(self, address: str) -> None:
        """Count a new session of an address. Raises TooMany."""
        self._count(self._sessions, "session", address)

    def message(self, conversation: str) -> None:
        """Count a message of a conversation. Raises TooMany."""
        self._count(self._messages, "message", conversation)

    def _count(self, limit: RateLimitItem, kind: str, whose: str) -> None:
        with faults():
            if self._windows.hit(limit, kind, whose):
                return
            again, _left = self._windows.get_window_stats(limit, kind, whose)
        raise TooMany(max(1, ceil(again - time.time())))
