"""How a Reply looks on each channel, for staff to read: bubbles of text, pictures, buttons and maps, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Iterator, Sequence

from bot.channels.messengers.calls import Call
from bot.channels.messengers.incoming import Incoming, Kind
from bot.channels.messengers.platform import Rendered, Scene
from bot.channels.messengers.shown import Shown, shown, together
from bot.channels.telegram import render as telegram
from bot.channels.zalo_bot import render as zalo_bot
from bot.channels.zalo_oa import render as zalo_oa

CHANNELS = ("web", "zalo_oa", "zalo_bot", "telegram")
_SCENE = Scene("staff:trying", Incoming("1", "1", "1", Kind.SAID), {})
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Bubble:
    """One message as it is seen. ``buttons`` are their words, ``picture`` and ``map`` addresses."""

    text: str = ""
    buttons: tuple[str, ...] = ()
    picture: str = ""
    map: str = ""

    def to_json(self) -> dict[str, Any]:
        """What there is of it."""
        return {key: value for key, value in vars(self).items() if value}


def looks(reply: dict[str, Any], public_url: str = "") -> dict[str, list[dict[str, Any]]]:
    """A Reply as JSON → the bubbles of each channel."""
    replies = together([shown({"custom": reply}, public_url)])
    made = {
        "web": list(_on_the_web(replies)),
        "zalo_oa": list(_seen(zalo_oa.render(replies, _SCENE))),
        "zalo_bot": list(_seen(zalo_bot.render(replies, _SCENE))),
        "telegram": list(_seen(telegram.render(replies, _SCENE, public_url))),
    }
    return {channel: [bubble.to_json() for bubble in made[channel]] for channel in CHANNELS}


def _on_the_web(replies: Sequence[Shown]) -> Iterator[Bubble]:
    """The widget shows the Reply itself: text, cards, files and links, the map, what to ask next."""
    for one in replies:
        yield Bubble(one.text, map=one.way or (one.points[0].url if one.points else ""))
        for picture in one.pictures:
            yield Bubble(picture.caption, tuple(link.title for link in picture.links), picture.url)
        leading = (*(link.title for link in one.links), *(file.title for file in one.files))
        if leading or one.choices:
            yield Bubble(buttons=(*leading, *(choice.title for choice in one.choices)))


def _seen(rendered: Rendered) -> Iterator[Bubble]:
    for call in rendered.calls:
        if call.method == "sendMediaGroup":
            yield from (_telegram({**part, "photo": part["media"]}) for part in call.params["media"])
        elif call.method in ("cs", "v2"):
            yield from _zalo_oa(call.params["message"])
        else:
            bubble = _telegram(call.params)
            yield replace(bubble, text=bubble.text or _file(call))


def _telegram(params: dict[str, Any]) -> Bubble:
    """A call of Telegram's, and of Zalo Bot, whose calls are alike."""
    text = params.get("text") or params.get("caption") or params.get("title") or ""
    if params.get("parse_mode") == "HTML":
        text = unescape(_TAG.sub("", text))
    rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
    place = f"{params['latitude']}, {params['longitude']}" if "latitude" in params else ""
    return Bubble(text, tuple(button["text"] for row in rows for button in row), params.get("photo", ""), place)


def _file(call: Call) -> str:
    return str((call.upload or {}).get("name", ""))


def _zalo_oa(message: dict[str, Any]) -> Iterator[Bubble]:
    payload = message.get("attachment", {}).get("payload", {})
    buttons = tuple(button["title"] for button in payload.get("buttons", ()))
    pictures = [element.get("url") or element.get("image_url", "") for element in payload.get("elements", ())]
    yield Bubble(message.get("text", ""), buttons, pictures[0] if pictures else "")
    yield from (Bubble(picture=picture) for picture in pictures[1:])
