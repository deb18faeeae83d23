"""One turn at a time for each visitor, in the order of arrival, and never a turn without a word.

Rasa's own conversation lock polls once a second: five quick messages take four seconds through it. A first-in-first-out
lock for each sender keeps Rasa's lock free of contention. An exception in a turn, or a dead action server, which Rasa
only logs, ends in an apology.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Awaitable, Callable, Optional

from rasa.core.channels.channel import UserMessage

from guide import watching
from guide.answers.talk import apology_text

logger = logging.getLogger(__name__)
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class Turns:
    """Runs turns; ``asyncio.Lock`` wakes its waiters in the order they came. Forgets senders who are done."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._pending: Counter[str] = Counter()

    @asynccontextmanager
    async def _turn_of(self, sender: str) -> AsyncIterator[None]:
        self._pending[sender] += 1
        try:
            async with self._locks.setdefault(sender, asyncio.Lock()):
                yield
        finally:
            self._pending[sender] -= 1
            if not self._pending[sender]:
                del self._pending[sender], self._locks[sender]

    async def run(self, handle: OnNewMessage, message: UserMessage, sent: Callable[[], bool]) -> Optional[str]:
        """Handle one message. Returns the apology to send when nothing was sent (``sent()`` is false), else None."""
        with watching.request():
            began = time.perf_counter()
            try:
                async with self._turn_of(message.sender_id):
                    await handle(message)
            except Exception:  # a turn must not end in silence; the cause is in the log
                logger.exception("a turn failed")
            note(message.input_channel or "", "answered" if sent() else "apology", time.perf_counter() - began)
        return None if sent() else apology_text((message.metadata or {}).get("lang"))


def note(channel: str, result: str, seconds: float) -> None:
    """Count a turn and write its line: when, where, how long; never who or what."""
    watching.MESSAGES.labels(channel, result).inc()
    watching.LAST_MESSAGE.set_to_current_time()
    logger.info("turn channel=%s result=%s seconds=%.4f", channel, result, seconds)
