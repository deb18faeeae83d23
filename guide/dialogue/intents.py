"""Intents and topics: the question on a topic is the intent ``ask_<topic>``, but for a few with names of their own."""

from __future__ import annotations

from typing import Optional

_PREFIX = "ask_"
_QUESTIONS = frozenset({"plan_trip"})  # questions whose intent is the topic itself
_TALK = frozenset({"more", "help", "handoff"})  # no topics, but buttons may ask for them as if they were
WITHOUT_PREFIX = _QUESTIONS | _TALK


def topic_of(intent: Optional[str]) -> Optional[str]:
    """``ask_price`` → ``price``; None for talk that is no question."""
    if intent in _QUESTIONS:
        return intent
    return intent[len(_PREFIX) :] if intent and intent.startswith(_PREFIX) else None


def intent_of(topic: str) -> str:
    """``price`` → ``ask_price``; what has an intent of its own stays as it is."""
    return topic if topic in WITHOUT_PREFIX else _PREFIX + topic
