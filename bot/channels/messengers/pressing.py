"""What a button or a typed number means. A payload that fits travels; a longer one is kept under a short name."""

from __future__ import annotations

import secrets
import time
from typing import Any, Optional

from bot.channels.intake import is_known
from bot.channels.messengers.incoming import Incoming, Kind
from bot.channels.messengers.platform import Scene
from bot.channels.messengers.shown import Choice
from bot.channels.messengers.stores.threaded import Shelf

TOKEN = "t:"
KEPT_SECONDS = 30 * 86_400
NUMBER_SECONDS = 86_400


def token_for(choice: Choice, conversation: str) -> tuple[str, dict[str, tuple[Any, float]]]:
    """A short name for a choice, valid in this conversation only, and what to keep for it."""
    name = secrets.token_urlsafe(9)
    return TOKEN + name, {f"press:{name}:{conversation}": ([choice.title, choice.payload], KEPT_SECONDS)}


def numbered(choices: tuple[Choice, ...]) -> dict[str, Any]:
    """What to remember so that a typed number chooses."""
    return {"choices": [[choice.title, choice.payload] for choice in choices], "choices_at": time.time()}


async def pressed(incoming: Incoming, scene: Scene, shelf: Shelf) -> Optional[tuple[str, str]]:
    """Title and payload of what was chosen; None when nothing was, or nobody knows any more what."""
    if incoming.kind is Kind.SAID:
        return _by_number(incoming.text, scene)
    payload = incoming.payload or ""
    if not payload.startswith(TOKEN):
        return (incoming.text, payload) if is_known(payload) else None
    key = f"press:{payload[len(TOKEN) :]}:{scene.conversation}"
    kept = (await shelf(shelf.store.get, [key], time.time())).get(key)
    return (kept[0], kept[1]) if kept else None


def _by_number(text: str, scene: Scene) -> Optional[tuple[str, str]]:
    typed, choices = text.strip().rstrip(".)"), scene.memory.get("choices") or []
    fresh = time.time() - scene.memory.get("choices_at", 0) < NUMBER_SECONDS
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2 and fresh and 0 < int(typed) <= len(choices)):
        return None
    title, payload = choices[int(typed) - 1]
    return title, payload
