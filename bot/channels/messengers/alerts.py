"""What a person must mend: logged once a day, counted, shown by check, status and console until it is over."""

from __future__ import annotations

import logging
import time
from typing import Callable

from bot.channels.messengers import metrics
from bot.channels.messengers.stores.base import Store
from bot.channels.messengers.stores.threaded import Shelf

logger = logging.getLogger(__name__)

ALERT_SECONDS = 7 * 86_400
AGAIN_SECONDS = 86_400
LAPSES_SOON, ERASURE_FAILED = "refresh-token-lapses-soon", "erasure-failed"
NOT_OF_THE_ACCOUNT = (LAPSES_SOON, ERASURE_FAILED)
"""What stays open though the platform takes our messages."""


def alerts_of(store: Store, channel: str, now: float) -> dict[str, float]:
    """Reason → when it was met last (Unix seconds), of a channel's open alerts. Blocks."""
    key = f"alerts:{channel}"
    return dict(store.get([key], now).get(key) or {})


def keep_alerts(store: Store, channel: str, now: float, change: Callable[[dict[str, float]], dict[str, float]]) -> None:
    """Change a channel's open alerts. Blocks."""
    before = alerts_of(store, channel, now)
    if (after := change(before)) != before:
        store.put({f"alerts:{channel}": (after, ALERT_SECONDS)}, now)


class Alerts:
    """The alerts of one channel."""

    def __init__(self, channel: str, shelf: Shelf) -> None:
        self._channel, self._shelf = channel, shelf

    async def call(self, reason: str) -> None:
        """A person is needed. Said again after a day only."""
        now = time.time()
        met = await self._shelf(alerts_of, self._shelf.store, self._channel, now)
        if now - met.get(reason, 0) < AGAIN_SECONDS:
            return
        logger.error("%s needs attention: %s (docs/channels.md says what to do)", self._channel, reason)
        metrics.ALERTS.labels(self._channel, reason).inc()
        await self._change(lambda open_: {**open_, reason: now})

    async def over(self, *reasons: str) -> None:
        """These are mended."""
        await self._change(lambda open_: {reason: at for reason, at in open_.items() if reason not in reasons})

    async def account_works(self) -> None:
        """The platform takes our messages: whatever was wrong with the account is mended."""
        await self._change(lambda open_: {reason: at for reason, at in open_.items() if reason in NOT_OF_THE_ACCOUNT})

    async def _change(self, change: Callable[[dict[str, float]], dict[str, float]]) -> None:
        await self._shelf(keep_alerts, self._shelf.store, self._channel, time.time(), change)
