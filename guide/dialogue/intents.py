"""Intents and topics: the question on a topic is the intent ``ask_<topic>``"""

from __future__ import annotations

from typing import Optional

_PREFIX = "ask_"
WITHOUT_PREFIX = frozenset({"plan_trip", "more", "help", "handoff"})  # no topics, but buttons may ask for them so


def topic_of(intent: Optional[str]) -> Optional[str]:
    """``ask_price`` → ``price``; None for talk that is no question."""
    return intent[len(_PREFIX) :] if intent and intent.startswith(_PREFIX) else None


def intent_of(topic: str) -> str:
    """``price`` → ``ask_price``; what has an intent of its own stays as it is."""
    return topic if topic in WITHOUT_PREFIX else _PREFIX + topic
