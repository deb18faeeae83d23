"""Telegram's updates → what the visitor did. Tolerant: what is missing or odd is passed over, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from bot.channels.messengers.incoming import Incoming, Kind, id_of, id_text, part, text_of
from bot.channels.messengers.platform import Malformed
from bot.channels.telegram.commands import FORGET, INTENTS, place_of

LANGUAGE_BUTTON = "lang:"
LATEST = 10**11
"""Unix seconds beyond which a date is no date."""
_UNREADABLE = {
    "photo": "photo", "video": "video", "video_note": "video", "animation": "sticker", "voice": "voice",
    "audio": "voice", "sticker": "sticker", "dice": "sticker", "document": "file", "contact": "contact",
    "poll": "other", "story": "other", "paid_media": "other", "checklist": "other",
}  # fmt: skip
_GROUPS = ("group", "supergroup")


@dataclass
class Bot:
    """Who we are, as ``getMe`` tells; until it has told, the bot is spoken to in groups by commands only."""

    id: int = 0
    username: str = ""


def read_update(update: object, bot: Bot) -> Optional[Incoming]:
    """One update; None for what needs no answer. Raises Malformed for what is no update at all."""
    if not isinstance(update, dict):
        raise Malformed
    number = update.get("update_id")
    if isinstance(number, bool) or not isinstance(number, int):
        return None
    for name, read in _READERS.items():
        if isinstance(update.get(name), dict):
            return read(update[name], number, bot)
    return None


def _lang(person: dict[str, Any]) -> Optional[str]:
    code = text_of(person.get("language_code")).lower()
    return ("vi" if code.startswith("vi") else "en") if code else None


def _number(value: object) -> Optional[int]:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _envelope(message: dict[str, Any], person: dict[str, Any], number: int) -> Optional[dict[str, Any]]:
    """What all events have in common; None when there is nobody to answer."""
    chat, who = part(message, "chat"), id_text(person.get("id"))
    where, kind = id_text(chat.get("id")), chat.get("type")
    if not where or not who or person.get("is_bot") is True or kind not in ("private", *_GROUPS):
        return None
    extra: dict[str, Any] = {"message": _number(message.get("message_id"))}
    if kind in _GROUPS:
        extra["group"] = True
    if message.get("is_topic_message") is True:
        extra["thread"] = _number(message.get("message_thread_id"))
    at = _number(message.get("date"))
    return {
        "message_id": str(number), "rank": number, "chat": where, "lang": _lang(person), "extra": extra,
        "person": f"{where}:{who}" if kind in _GROUPS else where,
        "at": float(at) if at and 0 < at < LATEST else 0.0,
    }  # fmt: skip


def _message(message: dict[str, Any], number: int, bot: Bot) -> Optional[Incoming]:
    common = _envelope(message, part(message, "from"), number)
    if common is None:
        return None
    text = text_of(message.get("text")) or text_of(message.get("caption"))
    marks = message.get("entities") if message.get("text") else message.get("caption_entities")
    said = _Said(text, marks if isinstance(marks, list) else [], bot)
    if "group" in common["extra"] and not said.addressed(part(message, "reply_to_message", "from")):
        return None
    if album := id_text(message.get("media_group_id")):
        common["message_id"] = f"album-{id_of(common['chat'], album)}"  # an album is one message: its first part counts
    if said.command:
        return _command(said, common)
    if spot := part(message, "location") or part(message, "venue", "location"):
        where = {"lat": spot.get("latitude"), "lon": spot.get("longitude")}
        return Incoming(kind=Kind.LOCATED, position=where, **common)
    if said.words:
        return Incoming(kind=Kind.SAID, text=said.words, **common)
    if said.text:  # only our name
        return Incoming(kind=Kind.ASKED, intent="greet", **common)
    what = next((what for name, what in _UNREADABLE.items() if name in message), None)
    return Incoming(kind=Kind.UNREADABLE, what=what, **common) if what else None


class _Said:
    """A text with its marks: who is meant, which command it is, and what is left when both are taken away."""

    def __init__(self, text: str, marks: list[Any], bot: Bot) -> None:
        self.text, self._bot = text, bot
        self._units = text.encode("utf-16-le", "surrogatepass")
        self._marks = [mark for mark in marks if isinstance(mark, dict)]
        self.command, self.meant, self.argument = self._command()
        self.words = self._without_our_name()

    def _piece(self, mark: dict[str, Any]) -> str:
        """The text under a mark; Telegram counts in UTF-16 units."""
        start, length = mark.get("offset"), mark.get("length")
        if not isinstance(start, int) or not isinstance(length, int) or start < 0 or length < 0:
            return ""
        return self._units[start * 2 : (start + length) * 2].decode("utf-16-le", "replace")

    def _command(self) -> tuple[str, bool, str]:
        """Name, whether it is meant for us, and what follows it."""
        for mark in self._marks:
            if mark.get("type") == "bot_command" and mark.get("offset") == 0:
                name, _, whose = self._piece(mark).lstrip("/").partition("@")
                ours = not whose or whose.lower() == self._bot.username.lower()
                rest = self._units[len(self._piece(mark).encode("utf-16-le", "replace")) :]
                return name.lower(), ours, rest.decode("utf-16-le", "replace").strip()
        return "", True, ""

    def _without_our_name(self) -> str:
        name = f"@{self._bot.username}".lower()
        words = self.text
        for mark in self._marks:
            if self._bot.username and mark.get("type") == "mention" and self._piece(mark).lower() == name:
                words = words.replace(self._piece(mark), " ", 1)
        return " ".join(words.split()) if words != self.text else words.strip()

    def addressed(self, answered: dict[str, Any]) -> bool:
        """Whether a message in a group is for us: a command, our name, an answer to what we said."""
        if self.command:
            return self.meant
        return self.words != self.text.strip() or (bool(self._bot.id) and answered.get("id") == self._bot.id)


def _command(said: _Said, common: dict[str, Any]) -> Optional[Incoming]:
    if not said.meant:
        return None
    if said.command == FORGET:
        common["extra"]["confirm"] = True
        return Incoming(kind=Kind.NOTED, what="withdrew", **common)
    intent = INTENTS.get(said.command)
    if said.command == "start":
        return Incoming(kind=Kind.ASKED, intent=intent, place=place_of(said.argument), **common)
    if intent is None:
        return Incoming(kind=Kind.SAID, text=said.text, **common)
    if said.argument:
        return Incoming(kind=Kind.SAID, text=said.argument, **common)
    return Incoming(kind=Kind.ASKED, intent=intent, text=said.command, what=f"/{said.command}", **common)


def _edited(message: dict[str, Any], number: int, bot: Bot) -> Optional[Incoming]:
    """A corrected question, answered only while it is the last one (``TelegramPlatform.wanted``)."""
    if not text_of(message.get("text")):
        return None  # a live position that moves, a new caption
    incoming = _message(message, number, bot)
    if incoming is None or incoming.kind is not Kind.SAID:
        return None
    incoming.extra["edited"] = True
    return incoming


def _callback(query: dict[str, Any], number: int, bot: Bot) -> Optional[Incoming]:
    person, message = part(query, "from"), part(query, "message")
    asked_in = {**message, "chat": part(message, "chat") or {"id": person.get("id"), "type": "private"}}
    common = _envelope(asked_in, person, number)
    if common is None or not id_text(query.get("id")):
        return None
    common["extra"] |= {"query": id_text(query.get("id")), "message": _number(message.get("message_id"))}
    data = text_of(query.get("data")) or " "  # a button without data means nothing; that is said
    if data.startswith(LANGUAGE_BUTTON):
        return Incoming(kind=Kind.ASKED, intent="switch_language", language=data[len(LANGUAGE_BUTTON) :], **common)
    return Incoming(kind=Kind.PRESSED, payload=data, text=_title(message, data), **common)


def _title(message: dict[str, Any], data: str) -> str:
    """What stood on the pressed button."""
    rows = part(message, "reply_markup").get("inline_keyboard")
    rows = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    buttons = [button for row in rows for button in row]
    found = (b for b in buttons if isinstance(b, dict) and b.get("callback_data") == data)
    return text_of(next(found, {}).get("text"))


def _member(change: dict[str, Any], number: int, bot: Bot) -> Optional[Incoming]:
    """In a private chat: the visitor has blocked the bot, or takes it back."""
    common = _envelope(change, part(change, "from"), number)
    if common is None or "group" in common["extra"]:
        return None
    status = part(change, "new_chat_member").get("status")
    what = {"kicked": "blocked", "member": "unblocked"}.get(status) if isinstance(status, str) else None
    return Incoming(kind=Kind.NOTED, what=what, **common) if what else None


_READERS = {"message": _message, "edited_message": _edited, "callback_query": _callback, "my_chat_member": _member}
