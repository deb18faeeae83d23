"""Zalo Bot's updates → what the visitor did. They come flat, or wrapped in {"ok", "result"}: both are read."""

from __future__ import annotations

from typing import Any, Optional

from bot.channels.messengers.incoming import Incoming, Kind, id_of, id_text, part, text_of
from bot.channels.messengers.platform import Malformed

_UNREADABLE = {
    "message.image.received": "photo", "message.sticker.received": "sticker", "message.voice.received": "voice",
    "message.unsupported.received": "other",
}  # fmt: skip
_SECONDS_BELOW = 10**12


def read_event(body: object) -> Optional[Incoming]:
    """One update; None for what needs no answer. Raises Malformed for what is no update at all."""
    if not isinstance(body, dict):
        raise Malformed
    update = body["result"] if body.get("ok") and isinstance(body.get("result"), dict) else body
    name, message = text_of(update.get("event_name")), part(update, "message")
    person, chat = part(message, "from"), part(message, "chat")
    who, where = id_text(person.get("id")), id_text(chat.get("id"))
    if not who or not where or person.get("is_bot") is True or not name.startswith("message."):
        return None
    group = text_of(chat.get("chat_type")).upper() == "GROUP"
    stamp = _milliseconds(message.get("date"))
    common: dict[str, Any] = {
        "message_id": id_of(where, id_text(message.get("message_id")) or f"{name} {stamp}"),
        "chat": where, "person": f"{where}:{who}" if group else where, "lang": "vi", "rank": stamp, "at": stamp / 1000,
        "extra": {"group": True} if group else {},
    }  # fmt: skip
    return _meaning(name, message, common)


def _meaning(name: str, message: dict[str, Any], common: dict[str, Any]) -> Optional[Incoming]:
    text = (text_of(message.get("text")) or text_of(message.get("caption"))).strip()
    if text.lower() == "/start":
        return Incoming(kind=Kind.ASKED, intent="greet", **common)
    if text or name == "message.text.received":
        return Incoming(kind=Kind.SAID, text=text, **common)
    what = _UNREADABLE.get(name)
    return Incoming(kind=Kind.UNREADABLE, what=what, **common) if what else None


def _milliseconds(date: object) -> int:
    if isinstance(date, bool) or not isinstance(date, (int, float)) or not 0 < date < 10**15:
        return 0
    return int(date * 1000) if date < _SECONDS_BELOW else int(date)
