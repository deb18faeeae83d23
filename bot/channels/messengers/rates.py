"""How fast a platform may be called, over all chats and in each, and leaving it alone while it is in trouble.

Limits count in this process; several bots behind one address share them out by the settings.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import AsyncIterator, Optional

from aiolimiter import AsyncLimiter
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState

CHATS_REMEMBERED = 10_000


class LeftAlone(Exception):
    """The platform failed several times in a row and is not called for a while"""


class Trouble(Exception):
    """The platform failed"""


@dataclass(frozen=True)
class Rates:
    """``overall`` calls in one second; ``in_a_chat`` calls in as many seconds, all of them at once if need be."""

    overall: float
    in_a_chat: float = 3
    failures: int = 5  # in a row, until the platform is left alone
    rest: float = 20  # seconds for which it is left alone


class Pace:
    """Waits until the next call is due."""

    def __init__(self, name: str, rates: Rates) -> None:
        self._name, self._rates = name, rates
        self._overall = AsyncLimiter(rates.overall, 1)
        self._of_chat = lru_cache(CHATS_REMEMBERED)(lambda chat: AsyncLimiter(rates.in_a_chat, rates.in_a_chat))
        self._breakers = AsyncCircuitBreakerFactory(default_threshold=rates.failures, default_ttl=rates.rest)

    async def wait(self, chat: Optional[str]) -> None:
        """Return when one more call (for this chat) is within the limits."""
        if chat:
            await self._of_chat(chat).acquire()
        await self._overall.acquire()

    @property
    def rest(self) -> float:
        """For how long a platform in trouble is left alone, in seconds."""
        return self._rates.rest

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Make a call inside: a Trouble that it raises counts. Raises LeftAlone instead of calling."""
        breaker = await self._breakers.get_breaker(self._name)
        try:
            async with breaker:
                yield
        except OpenedState as opened:
            raise LeftAlone from opened
