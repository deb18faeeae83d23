"""Telegram's commands: a fixed table. What is not in it is only text."""

from __future__ import annotations

import re
from typing import Optional

INTENTS = {
    "start": "greet",
    "help": "help",
    "plan": "plan_trip",
    "near": "ask_nearby",
    "festival": "ask_festival",
    "weather": "ask_weather",
    "emergency": "ask_emergency",
    "language": "switch_language",
}
FORGET = "forget"
MENU = ("plan", "near", "festival", "weather", "emergency", "language", "forget", "help")
"""The commands of the menu, in this order; each has a description in the wording, ``channels.command_<name>``."""

_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PLACE = re.compile(r"(?:place_)?([a-z0-9][a-z0-9-]{0,63})")


def place_of(argument: str) -> Optional[str]:
    """The place that a deep link names (``chua-dong``, as in t.me/<bot>?start=chua-dong): an id to look up, no more."""
    if not _DEEP_LINK.fullmatch(argument):
        return None
    named = _PLACE.fullmatch(argument.lower())
    return named[1] if named else None
