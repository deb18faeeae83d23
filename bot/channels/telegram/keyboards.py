"""Telegram's keyboards: inline ones for choices and links, the one that replaces the phone's for sending a position."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Sequence

from bot.channels.intake import is_known
from bot.channels.messengers.platform import phrase
from bot.channels.messengers.pressing import token_for
from bot.channels.messengers.shown import Choice, Link, Point, Shown
from bot.channels.messengers.stores.base import Keep
from bot.channels.messengers.texts import shorten
from bot.channels.telegram.updates import LANGUAGE_BUTTON

MAX_CALLBACK_BYTES = 64
MAX_TITLE = 40
SHORT_TITLE = 18
MAX_MAPS = 5
MAX_COPIED = 256
Row = list[dict[str, Any]]


def choice_rows(choices: Iterable[Choice], conversation: str) -> tuple[list[Row], Keep]:
    """Buttons that ask, and what is to be kept for those whose payload is too long to travel."""
    buttons: list[dict[str, Any]] = []
    keep: dict[str, Any] = {}
    for choice in choices:
        data = choice.payload
        if len(data.encode()) > MAX_CALLBACK_BYTES or not is_known(data):
            data, kept = token_for(choice, conversation)
            keep |= kept
        buttons.append({"text": shorten(choice.title, MAX_TITLE), "callback_data": data})
    return _paired(buttons), keep


def link_rows(reply: Shown) -> list[Row]:
    """Buttons that leave the chat: pages, the map, telephone numbers (to copy: Telegram opens no dialler)."""
    buttons = [_link(link, reply.lang) for link in reply.links_beyond_text()]
    buttons += [_link(link, reply.lang) for link in reply.links if link.phone and link.phone in reply.text]
    if len(reply.points) > 1:
        buttons += [_map(point, reply.lang) for point in reply.points[:MAX_MAPS]]
    if reply.way:
        buttons.append({"text": phrase("way", reply.lang), "url": reply.way})
    return _paired(buttons)


def _link(link: Link, lang: str) -> dict[str, Any]:
    if link.url:
        return {"text": shorten(link.title, MAX_TITLE), "url": link.url}
    return {
        "text": shorten(phrase("phone", lang, label=link.title), MAX_TITLE),
        "copy_text": {"text": (link.phone or "")[:MAX_COPIED]},
    }


def _map(point: Point, lang: str) -> dict[str, Any]:
    return {"text": shorten(phrase("map", lang, label=point.label), MAX_TITLE), "url": point.url}


def _paired(buttons: Sequence[dict[str, Any]]) -> list[Row]:
    """Two short buttons share a row, a long one has its own."""
    rows: list[Row] = []
    for button in buttons:
        short = len(button["text"]) <= SHORT_TITLE
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= SHORT_TITLE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def inline(rows: list[Row]) -> Optional[dict[str, Any]]:
    """The markup of these rows; None for none."""
    return {"inline_keyboard": rows} if rows else None


def without_choices(markup: Any) -> list[Row]:
    """The rows of a keyboard that only lead out of the chat, which stay useful when the choices are gone."""
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    kept = [[button for button in row if "callback_data" not in button] for row in rows]
    return [row for row in kept if row]


def position_keyboard(lang: str) -> dict[str, Any]:
    """The phone's keyboard replaced by a button that sends the position, until it has been used."""
    return {
        "keyboard": [[{"text": phrase("send_position", lang), "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": shorten(phrase("position_hint", lang), 64),
    }


def language_keyboard(lang: str) -> dict[str, Any]:
    """The two languages."""
    names = {"vi": phrase("vietnamese", lang), "en": phrase("english", lang)}
    row = [{"text": name, "callback_data": LANGUAGE_BUTTON + code} for code, name in names.items()]
    return {"inline_keyboard": [row]}
