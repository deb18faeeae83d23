"""Asks the running bot: how it understands a text, how an answer looks on each channel, what texts are near."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

import requests
from django.conf import settings

from guide.keys import staff_key

SECONDS = (1, 15)  # to connect, to answer
QUICK_SECONDS = (1, 2)
MOST_TEXTS = 500  # that the bot compares at once

Bubbles = Sequence[Mapping[str, Any]]
Looks = Mapping[str, Bubbles]  # channel → what is seen there


class BotSilent(Exception):
    """The bot gives no answer: it is not running, or does not know the console's key"""


def parse(texts: Sequence[str], names: Optional[Mapping[str, Any]] = None) -> list[Mapping[str, Any]]:
    """How each text is understood; ``names`` as ``guide.gazetteer.trying`` gives them. Raises BotSilent."""
    return list(_asked("parse", {"texts": list(texts), "names": names})["parsed"])


def looks(replies: Sequence[Mapping[str, Any]]) -> list[Looks]:
    """How each Reply, as JSON, looks on each channel. Raises BotSilent."""
    return list(_asked("render", {"replies": list(replies)})["looks"])


def alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts, by their places in the list, that mean nearly the same. Raises BotSilent."""
    found = _asked("alike", {"texts": list(texts[:MOST_TEXTS])})["alike"]
    return [(one, other) for one, other in found or ()]


def messengers() -> Mapping[str, Any]:
    """``{"messengers": …, "undelivered": …}`` as ``bot.channels.staff.messengers`` tells it. Raises BotSilent."""
    told: Mapping[str, Any] = _asked("messengers", {}, QUICK_SECONDS)
    return told


def settle_undelivered(number: int, again: bool) -> bool:
    """Send an undelivered message again, or take it off the list; whether that was done. Raises BotSilent."""
    return bool(_asked("undelivered", {"id": str(number), "again": again}, QUICK_SECONDS)["done"])


def _asked(what: str, body: Mapping[str, Any], seconds: tuple[float, float] = SECONDS) -> Any:
    headers = {"Authorization": f"Bearer {staff_key().decode()}"}
    try:
        answer = requests.post(
            f"{settings.BOT_INSIDE_URL}/webhooks/staff/{what}", json=body, headers=headers, timeout=seconds
        )
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as wrong:
        raise BotSilent(str(wrong)) from wrong
