"""The REST channel, from the side of who talks to the bot."""

from __future__ import annotations

from typing import Any

import requests

PATIENCE = 60
"""Seconds to wait for an answer."""


class BotUnreachable(Exception):
    """The bot did not answer, or not with messages"""


def say(bot: str, sender: str, text: str, payload: str | None = None, **metadata: Any) -> list[dict[str, Any]]:
    """Send one message to the bot at this URL; return its messages. Raises BotUnreachable.

    ``payload`` is what a button carries; ``metadata`` are hints such as ``lang`` and ``place``, left out when None.
    """
    hints = {name: value for name, value in metadata.items() if value is not None}
    body = {"sender": sender, "message": text, "metadata": hints} | ({"payload": payload} if payload else {})
    try:
        answer = requests.post(f"{bot}/webhooks/rest/webhook", json=body, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as fault:
        raise BotUnreachable(str(fault)) from fault
