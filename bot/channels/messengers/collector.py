"""Keeps what Rasa says in a turn until the turn is over. Nothing is sent before the conversation has been saved."""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel

logger = logging.getLogger(__name__)


class Collector(CollectingOutputChannel):
    """One turn's messages, whole, in order. Platforms subclass it for its name, which responses can refer to."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message."""
        self.messages.append(dict(message))


class Later(OutputChannel):
    """Sends what answers no message: reminders, ``trigger_intent``. Never raises, since that would lose the turn."""

    def __init__(self, name: str, send: Callable[[str, dict[str, Any]], Awaitable[None]]) -> None:
        self._name, self._send = name, send

    def name(self) -> str:  # type: ignore[override]
        """The channel's name."""
        return self._name

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Hand a message over for the conversation of this name."""
        try:
            await self._send(recipient_id, dict(message))
        except Exception:  # the turn that says it must not be lost
            logger.exception("%s: a message of our own could not be handed over", self._name)
