"""A Reply on Zalo OA: plain text, at most five buttons under the last part, pictures with captions, the rest as text.

What Zalo may refuse (buttons, lists: not confirmed by its documents) carries plain text to be sent instead; choices
can then be typed by their number.
"""

from __future__ import annotations

from typing import Any, Sequence

from bot.channels.messengers.calls import Call
from bot.channels.messengers.platform import Rendered, Scene, phrase
from bot.channels.messengers.pressing import numbered, token_for
from bot.channels.messengers.shown import Choice, Link, Picture, Shown
from bot.channels.messengers.texts import shorten, split, units
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.payloads import MAX_TITLE, to_text

MAX_TEXT, MAX_BUTTONS, MAX_PICTURES, MAX_LIST, MAX_SUBTITLE = 2_000, 5, 3, 5, 500
CHOICES_BESIDE_LINKS = 3
CS, V2 = "cs", "v2"
Button = dict[str, Any]


def render(replies: Sequence[Shown], scene: Scene, lists: bool = False, buttons: bool = True) -> Rendered:
    """The calls that show a turn's answer. ``lists``: several pictures as one list; ``buttons``: not when refused."""
    screen = _Screen(scene, lists, buttons)
    for reply in replies:
        screen.show(reply)
    choices = replies[-1].choices if replies else ()
    return Rendered(tuple(screen.calls), numbered(choices), screen.keep)


class _Screen:
    """Collects the calls of one answer."""

    def __init__(self, scene: Scene, lists: bool, buttons: bool) -> None:
        self.calls: list[Call] = []
        self.keep: dict[str, Any] = {}
        self._scene, self._lists, self._buttons = scene, lists, buttons
        chat, conversation = scene.incoming.chat, scene.incoming.extra.get(ANONYMOUS)
        self._anonymous = scene.incoming.person.startswith(f"{ANONYMOUS}:") or conversation is not None
        self._to = {"anonymous_id": chat, "conversation_id": conversation} if self._anonymous else {"user_id": chat}

    def show(self, reply: Shown) -> None:
        """Pictures, then the text with its buttons."""
        self._pictures(reply.pictures)
        links, lines = self._links(reply)
        fits = self._buttons and not self._anonymous
        room = (CHOICES_BESIDE_LINKS if links else MAX_BUTTONS) if fits else 0
        made = [*map(self._choice, reply.choices[:room]), *links][:MAX_BUTTONS] if fits else []
        told = () if fits else tuple(_line(link) for link in links)
        tail = _joined(*lines, *told, _numbers(reply.choices[room:], reply, room))
        bare = _joined(*lines, *(_line(link) for link in links), _numbers(reply.choices, reply, 0))
        *before, last = split(reply.text, MAX_TEXT) or [""]
        if units(_joined(last, tail)) > MAX_TEXT:  # then what follows the text is a message of its own
            before, last = [*before, last], ""
        texts = [*before, *split(_joined(last, tail), MAX_TEXT)]
        if not made:
            self.calls += map(self._text, texts)
            return
        final = texts.pop() if len(texts) > len(before) else phrase("more_choices", reply.lang)
        self.calls += map(self._text, texts)
        instead = tuple(map(self._text, split(_joined(last, bare), MAX_TEXT)))
        self.calls.append(self._with_buttons(final, made, instead))

    def _call(self, message: dict[str, Any], instead: tuple[Call, ...] = ()) -> Call:
        body = {"recipient": self._to, "message": message}
        return Call(V2 if self._anonymous else CS, self._scene.incoming.chat, body, instead)

    def _text(self, text: str) -> Call:
        return self._call({"text": text})

    def _with_buttons(self, text: str, buttons: list[Button], instead: tuple[Call, ...]) -> Call:
        template = {"type": "template", "payload": {"buttons": buttons}}
        return self._call({"text": text, "attachment": template}, instead)

    def _choice(self, choice: Choice) -> Button:
        payload = to_text(choice)
        if payload is None:
            token, kept = token_for(choice, self._scene.conversation)
            self.keep |= kept
            payload = f"#{shorten(choice.title, MAX_TITLE)} #{token}"
        return {"title": shorten(choice.title, MAX_TITLE), "type": "oa.query.hide", "payload": payload}

    def _links(self, reply: Shown) -> tuple[list[Button], list[str]]:
        """What becomes a button, and lines for what does not fit: nothing is left out."""
        every = [_open(link, reply.lang) for link in reply.links if link.phone or link.url]
        every += [_open(Link(file.title, url=file.url), reply.lang) for file in reply.files]
        maps = [(phrase("map", reply.lang, label=point.label), point.url) for point in reply.points]
        every += [_open(Link(title, url=url), reply.lang) for title, url in maps]
        if reply.way:
            every.append(_open(Link(phrase("way", reply.lang), url=reply.way), reply.lang))
        room = MAX_BUTTONS - min(len(reply.choices), CHOICES_BESIDE_LINKS)
        return every[:room], [line for one in every[room:] if (line := _line(one)) and _target(one) not in reply.text]

    def _pictures(self, pictures: Sequence[Picture]) -> None:
        each = tuple(self._picture(picture) for picture in pictures[:MAX_PICTURES])
        names = [shorten(one.title, MAX_TITLE) for one in pictures[MAX_PICTURES:] if one.title]
        rest = (self._text("\n".join(names)),) if names else ()
        if self._lists and len(pictures) > 1 and not self._anonymous:
            elements = [_element(picture) for picture in pictures[:MAX_LIST]]
            template = {"type": "template", "payload": {"template_type": "list", "elements": elements}}
            self.calls.append(self._call({"attachment": template}, each + rest))
        else:
            self.calls += each + rest

    def _picture(self, picture: Picture) -> Call:
        media = {"template_type": "media", "elements": [{"media_type": "image", "url": picture.url}]}
        caption = (split(picture.caption, MAX_TEXT) or [""])[0]
        lines = [line for link in picture.links if (line := _line(_open(link, "vi")))]
        text = _joined(caption, *lines)[:MAX_TEXT]
        plain = (split(_joined(text, picture.url), MAX_TEXT) or [picture.url])[0]
        message: dict[str, Any] = {"text": text} if text else {}
        return self._call({**message, "attachment": {"type": "template", "payload": media}}, (self._text(plain),))


def _open(link: Link, lang: str) -> Button:
    if link.url:
        return {"title": shorten(link.title, MAX_TITLE), "type": "oa.open.url", "payload": {"url": link.url}}
    title = shorten(phrase("phone", lang, label=link.title), MAX_TITLE)
    return {"title": title, "type": "oa.open.phone", "payload": {"phone_code": _phone_code(link.phone or "")}}


def _phone_code(phone: str) -> str:
    """Zalo wants the country's code without a plus: 0203… → 84203…; a short number, such as 113, stays."""
    digits = phone.lstrip("+")
    return f"84{digits[1:]}" if digits.startswith("0") and len(digits) > 8 else digits


def _target(button: Button) -> str:
    payload = button["payload"]
    return payload.get("url") or payload.get("phone_code", "")


def _line(button: Button) -> str:
    """A link as a line of text; a telephone number stands in its title already."""
    return f"{button['title']}: {button['payload']['url']}" if "url" in button["payload"] else button["title"]


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _numbers(choices: Sequence[Choice], reply: Shown, before: int) -> str:
    """Choices to be typed by their number, counted on after those that are buttons."""
    lines = [f"{n}. {choice.title}" for n, choice in enumerate(choices, before + 1)]
    return "\n".join([phrase("choose", reply.lang), *lines]) if lines else ""


def _element(picture: Picture) -> dict[str, Any]:
    page = next((link.url for link in picture.links if link.url), None)
    element = {"title": shorten(picture.title, MAX_TITLE) or "…", "image_url": picture.url}
    if picture.subtitle:
        element["subtitle"] = shorten(picture.subtitle, MAX_SUBTITLE)
    return {**element, "default_action": {"type": "oa.open.url", "url": page}} if page else element
