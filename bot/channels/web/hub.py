"""Who listens to which conversation in this process, and waking them when it has grown, here or in another process."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from contextlib import contextmanager
from typing import Awaitable, Callable, Iterator

from bot.channels.messengers.stores import StoreFault
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.web.history import History

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.2  # how soon what another process has answered is seen here
Wake = Callable[[], Awaitable[None]]


class Hub:
    """``wake`` of a listener must be quick and never raise."""

    def __init__(self, shelf: Shelf, history: History) -> None:
        self._shelf, self._history = shelf, history
        self._listeners: dict[str, set[Wake]] = defaultdict(set)
        self._known: dict[str, int] = {}

    @contextmanager
    def listening(self, conversation: str, wake: Wake) -> Iterator[None]:
        """Have ``wake`` called whenever the conversation has grown."""
        self._listeners[conversation].add(wake)
        try:
            yield
        finally:
            self._listeners[conversation].discard(wake)
            if not self._listeners[conversation]:
                del self._listeners[conversation]
                self._known.pop(conversation, None)

    def listeners(self, conversation: str) -> int:
        """How many listen to a conversation here."""
        return len(self._listeners.get(conversation, ()))

    async def stir(self, conversation: str) -> None:
        """The conversation has grown."""
        for wake in list(self._listeners.get(conversation, ())):
            await wake()

    async def follow(self) -> None:
        """Look for what other processes have added, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not self._listeners:
                continue
            try:
                latest = await self._shelf(self._history.latest, list(self._listeners))
            except StoreFault:
                logger.warning("web: the history could not be read; it is tried again")
                continue
            grown = [name for name, seq in latest.items() if seq > self._known.get(name, 0)]
            self._known.update(latest)
            for name in grown:
                await self.stir(name)
