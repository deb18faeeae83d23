"""What staff must know of Zalo and Telegram: what only a person can mend, and what could not be delivered."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Mapping, NamedTuple, Optional

from web.console.bot import BotSilent, messengers
from web.console.words import has, say

OTHER = "other"


class Alert(NamedTuple):
    """What is wrong with a messenger, in words, and since when."""

    channel: str
    words: str
    since: datetime


class Lost(NamedTuple):
    """A message that could not be delivered, why, and how it begins."""

    number: int
    channel: str
    reason: str
    said: str
    at: datetime


class MessengerState(NamedTuple):
    """All that is to be told; ``waiting`` conversations have no answer yet."""

    alerts: tuple[Alert, ...] = ()
    lost: tuple[Lost, ...] = ()
    waiting: int = 0


def messenger_state(lang: str) -> Optional[MessengerState]:
    """How the messengers are, in a language; None while the bot is silent."""
    try:
        told = messengers()
    except BotSilent:
        return None
    every = told["messengers"]
    return MessengerState(
        tuple(_alert(one["channel"], reason, at, lang) for one in every for reason, at in one["alerts"].items()),
        tuple(_lost(one, lang) for one in told["undelivered"]),
        sum(one["waiting"] for one in every),
    )


def _alert(channel: str, reason: str, at: float, lang: str) -> Alert:
    name = f"messengers.alert.{reason}"
    words = say(lang, name) if has(lang, name) else say(lang, f"messengers.alert.{OTHER}", reason=reason)
    return Alert(_channel(channel, lang), words, _moment(at))


def _lost(one: Mapping[str, Any], lang: str) -> Lost:
    fate = str(one["reason"]).partition(":")[0]
    name = f"messengers.reason.{fate}"
    reason = say(lang, name if has(lang, name) else f"messengers.reason.{OTHER}")
    return Lost(int(one["id"]), _channel(one["channel"], lang), reason, one["said"], _moment(one["at"]))


def _channel(name: str, lang: str) -> str:
    return say(lang, f"messengers.channel.{name}") if has(lang, f"messengers.channel.{name}") else name


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
