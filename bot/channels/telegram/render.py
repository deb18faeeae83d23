"""A Reply on Telegram: HTML text, pictures with captions, a venue for one place, links and choices as inline keyboards.

Only the newest message offers choices: those of the message before are taken away, their links stay.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Optional, Sequence
from urllib.parse import urlsplit

from bot.channels.messengers.calls import Call
from bot.channels.messengers.platform import Rendered, Scene, phrase
from bot.channels.messengers.shown import File, Picture, Point, Shown
from bot.channels.messengers.texts import shorten, split
from bot.channels.telegram.html import bold, linked
from bot.channels.telegram.keyboards import choice_rows, inline, link_rows, without_choices

MAX_TEXT, MAX_CAPTION = 4_096, 1_024
MAX_ALBUM, SINGLE_PICTURES = 10, 3
MAX_VENUE_TITLE = 128
NO_PREVIEW = {"is_disabled": True}
UPLOADED = {"calendar": ("text/calendar", ".ics"), "gpx": ("application/gpx+xml", ".gpx")}


def render(replies: Sequence[Shown], scene: Scene, uploadable: str = "") -> Rendered:
    """The calls that show a turn's answer. ``uploadable``: files below this address are sent along, others linked."""
    calls = _old_keyboards(scene)
    keep: dict[str, Any] = {}
    for reply in replies:
        rows, kept = choice_rows(reply.choices, scene.conversation)
        keep |= kept
        calls += _reply(reply, rows, scene.incoming.chat, uploadable)
    common = _common(scene)
    placed = [call.with_params(**common) if call.method.startswith("send") else call for call in calls]
    memory = {"keyboard": None, "last": scene.incoming.extra.get("message")}
    return Rendered(tuple(_answering(placed, scene)), memory, keep)


def _common(scene: Scene) -> dict[str, Any]:
    thread = scene.incoming.extra.get("thread")
    return {"message_thread_id": thread} if thread else {}


def _answering(calls: list[Call], scene: Scene) -> list[Call]:
    """In a group the first message points at the one it answers."""
    if not scene.incoming.extra.get("group") or not scene.incoming.extra.get("message"):
        return calls
    to = {"message_id": scene.incoming.extra["message"], "allow_sending_without_reply": True}
    first = next((n for n, call in enumerate(calls) if call.method.startswith("send")), None)
    return [call.with_params(reply_parameters=to) if n == first else call for n, call in enumerate(calls)]


def _old_keyboards(scene: Scene) -> list[Call]:
    """Take away the choices of the message before, and of the one whose button was pressed."""
    chat, old = scene.incoming.chat, scene.memory.get("keyboard") or {}
    left = {old["message"]: old.get("rows", [])} if old.get("message") else {}
    if scene.incoming.extra.get("query") and scene.incoming.extra.get("message"):
        left.setdefault(scene.incoming.extra["message"], [])
    return [
        Call(
            "editMessageReplyMarkup", chat,
            {"chat_id": chat, "message_id": message, "reply_markup": {"inline_keyboard": rows}},
            optional=True, safe=True,
        )
        for message, rows in left.items()
    ]  # fmt: skip


def _reply(reply: Shown, choices: list[list[dict[str, Any]]], chat: str, uploadable: str) -> list[Call]:
    pictures = _pictures(reply.pictures, chat)
    sent = [file for file in reply.files if _is_ours(file, uploadable)]
    files = [_document(file, chat) for file in sent]
    reply = replace(reply, files=tuple(file for file in reply.files if file not in sent))
    venue = [_venue(reply.points[0], chat, choices)] if len(reply.points) == 1 else []
    rows = link_rows(reply) + ([] if venue else choices)
    parts = split(reply.text, MAX_TEXT) or ([phrase("more_choices", reply.lang)] if rows else [])
    texts = [_text(one, reply, chat, rows if one is parts[-1] else []) for one in parts]
    return [*pictures, *texts, *files, *venue]


def _text(text: str, reply: Shown, chat: str, rows: list[list[dict[str, Any]]]) -> Call:
    """A message; should Telegram not like its HTML, the same in plain text, then without its keyboard."""
    plain = {"chat_id": chat, "text": text, "link_preview_options": NO_PREVIEW}
    lines = [f"{button['text']}: {button['url']}" for row in rows for button in row if "url" in button]
    told = split("\n".join([text, "", *lines]), MAX_TEXT)
    bare = tuple(Call("sendMessage", chat, {**plain, "text": part}) for part in told)
    if rows:
        bare = (Call("sendMessage", chat, {**plain, "reply_markup": inline(rows)}, instead=bare),)
    html = {**bare[0].params, "text": linked(text, reply.sources), "parse_mode": "HTML"}
    return Call("sendMessage", chat, html, instead=bare)


def _venue(point: Point, chat: str, choices: list[list[dict[str, Any]]]) -> Call:
    where = {"chat_id": chat, "latitude": point.lat, "longitude": point.lon}
    title = shorten(point.label, MAX_VENUE_TITLE) or f"{point.lat:.5f}, {point.lon:.5f}"
    params = {**where, "title": title, "address": f"{point.lat:.5f}, {point.lon:.5f}"}
    markup = {"reply_markup": inline(choices)} if choices else {}
    plain = {"chat_id": chat, "text": f"{title}\n{point.url}", "link_preview_options": NO_PREVIEW}
    return Call("sendVenue", chat, params | markup, instead=(Call("sendMessage", chat, plain | markup),))


def _pictures(pictures: Sequence[Picture], chat: str) -> list[Call]:
    if len(pictures) > SINGLE_PICTURES:
        album = [_album_part(picture) for picture in pictures[:MAX_ALBUM]]
        each = tuple(_photo(picture, chat) for picture in pictures[:MAX_ALBUM])
        return [Call("sendMediaGroup", chat, {"chat_id": chat, "media": album}, instead=each)]
    return [_photo(picture, chat) for picture in pictures]


def _caption(picture: Picture, page: Optional[str] = None) -> dict[str, str]:
    """A caption in HTML within the limit, which counts the text without its marks. The title may lead to a page."""
    title = shorten(picture.title, MAX_CAPTION // 2)
    room = MAX_CAPTION - len(title) - 1
    subtitle = (split(picture.subtitle, room) or [""])[0]
    head = linked(title, [(title, page)]) if page else bold(title)
    html = "\n".join(part for part in (head, linked(subtitle, ())) if part)
    return {"caption": html, "parse_mode": "HTML"} if html else {}


def _photo(picture: Picture, chat: str) -> Call:
    markup = {"reply_markup": inline([[{"text": link.title, "url": link.url}] for link in picture.links if link.url])}
    text = "\n".join(part for part in (picture.caption, picture.url) if part)
    linked_ = Call("sendMessage", chat, {"chat_id": chat, "text": (split(text, MAX_TEXT) or [picture.url])[0]})
    params = {"chat_id": chat, "photo": picture.url, **_caption(picture)}
    return Call("sendPhoto", chat, params | (markup if markup["reply_markup"] else {}), instead=(linked_,))


def _album_part(picture: Picture) -> dict[str, Any]:
    """In an album a picture has no buttons: its title leads to its page."""
    page = next((link.url for link in picture.links if link.url), None)
    return {"type": "photo", "media": picture.url, **_caption(picture, page)}


def _is_ours(file: File, uploadable: str) -> bool:
    return file.kind in UPLOADED and bool(uploadable) and file.url.startswith(f"{uploadable}/")


def _document(file: File, chat: str) -> Call:
    """A calendar or GPX file sent along; a link where it can't be fetched."""
    kind, ending = UPLOADED[file.kind]
    stem = PurePosixPath(urlsplit(file.url).path).stem or file.kind
    name = "".join(c for c in stem if c.isascii() and (c.isalnum() or c in "-_"))[:40] or file.kind
    upload = {"field": "document", "url": file.url, "name": name + ending, "type": kind}
    plain = {"chat_id": chat, "text": f"{file.title}\n{file.url}", "link_preview_options": NO_PREVIEW}
    params = {"chat_id": chat, "caption": shorten(file.title, MAX_CAPTION)}
    return Call("sendDocument", chat, params, instead=(Call("sendMessage", chat, plain),), upload=upload)


def keyboard_of(call: Call, result: Any) -> Optional[dict[str, Any]]:
    """The message that offers choices now, and the rows that are to stay when they are taken away."""
    markup = call.params.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    message = result.get("message_id") if isinstance(result, dict) else None
    offers = any("callback_data" in button for row in rows for button in row)
    return {"message": message, "rows": without_choices(markup)} if offers and message else None
