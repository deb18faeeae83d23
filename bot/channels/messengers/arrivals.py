"""Who arrives goes first: a turn keeps the event loop busy while it understands, and an acknowledgement needs the loop
several times (to read, to hear that the message is kept, to answer), each time behind such a stretch. So a turn begins
when no call waits for its acknowledgement, or after a moment in any case.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import Iterator

LONGEST_SECONDS, LOOK_SECONDS = 0.1, 0.001


class Arrivals:
    """The webhook calls that are not acknowledged yet. Belongs to one event loop."""

    def __init__(self) -> None:
        self._open = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """A call, from its arrival to its acknowledgement."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    async def let_through(self) -> None:
        """Return when none is waiting, after a tenth of a second at the latest."""
        end = time.monotonic() + LONGEST_SECONDS
        await asyncio.sleep(0)  # those whose bytes have come are seen now
        while self._open and time.monotonic() < end:
            await asyncio.sleep(LOOK_SECONDS)


ARRIVALS = Arrivals()
"""Of all messengers of this process, which share its event loop."""
