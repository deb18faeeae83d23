"""A Reply on Zalo Bot: plain text and pictures. Choices are numbered lines, to be typed; maps and files are links."""

from __future__ import annotations

from typing import Sequence

from bot.channels.messengers.calls import Call
from bot.channels.messengers.platform import Rendered, Scene, phrase
from bot.channels.messengers.pressing import numbered
from bot.channels.messengers.shown import Picture, Shown
from bot.channels.messengers.texts import split, units

MAX_TEXT = 2_000


def render(replies: Sequence[Shown], scene: Scene) -> Rendered:
    """The calls that show a turn's answer."""
    chat = scene.incoming.chat
    calls = [call for reply in replies for call in _reply(reply, chat)]
    return Rendered(tuple(calls), numbered(replies[-1].choices if replies else ()))


def _reply(reply: Shown, chat: str) -> list[Call]:
    choices = [f"{n}. {choice.title}" for n, choice in enumerate(reply.choices, 1)]
    asked = "\n".join([phrase("choose", reply.lang), *choices]) if choices else ""
    text = "\n\n".join(part for part in (reply.text, "\n".join(_lines(reply))) if part)
    whole = f"{text}\n\n{asked}" if asked else text
    # The numbers stay together: where they do not fit under the text they are a message of their own.
    parts = split(whole, MAX_TEXT) if units(whole) <= MAX_TEXT else [*split(text, MAX_TEXT), *split(asked, MAX_TEXT)]
    return [*(_photo(picture, chat) for picture in reply.pictures), *(_text(part, chat) for part in parts)]


def _lines(reply: Shown) -> list[str]:
    """Links, maps and files that the text does not name already."""
    links, lang = reply.links_beyond_text(), reply.lang
    lines = [f"{one.title}: {one.url}" if one.url else phrase("phone", lang, label=one.title) for one in links]
    lines += [f"{phrase('map', reply.lang, label=point.label)}: {point.url}" for point in reply.points]
    return lines + ([f"{phrase('way', reply.lang)}: {reply.way}"] if reply.way else [])


def _text(text: str, chat: str) -> Call:
    return Call("sendMessage", chat, {"chat_id": chat, "text": text})


def _photo(picture: Picture, chat: str) -> Call:
    """A picture with its caption; its address as text where Zalo can't fetch it."""
    links = [f"{link.title}: {link.url}" for link in picture.links if link.url]
    caption = (split("\n".join([picture.caption, *links]), MAX_TEXT) or [""])[0]
    plain = (split(f"{caption}\n{picture.url}", MAX_TEXT))[0]
    params = {"chat_id": chat, "photo": picture.url} | ({"caption": caption} if caption else {})
    return Call("sendPhoto", chat, params, instead=(_text(plain, chat),))
