"""Telegram's Bot API as documented (10.1): every call checked for fields, types, limits and valid HTML."""

from __future__ import annotations

import itertools
import json
import time
from html.parser import HTMLParser
from typing import Any, Optional

from aiohttp import web

from .base import Made, StandIn
from .schema import Field, flag, listed, nested, number, one_of, problems, text, url

TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


class _Html(HTMLParser):
    """Checks Telegram's HTML and collects what is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: Optional[str] = None
        self.visible = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        allowed = {"a": {"href"}, "blockquote": {"expandable"}}.get(tag, set())
        if tag not in TAGS or {name for name, _ in attrs} - allowed:
            self.wrong = f"tag <{tag}>"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong = f"unexpected </{tag}>"

    def handle_data(self, data: str) -> None:
        self.visible += data


def check_html(value: str, most: int) -> Optional[str]:
    """What is wrong with an HTML text whose visible part may have so many UTF-16 units."""
    parser = _Html()
    parser.feed(value)
    parser.close()
    units = len(parser.visible.encode("utf-16-le")) // 2
    if parser.wrong or parser.open:
        return f"is broken HTML: {parser.wrong or parser.open}"
    return None if units <= most else f"has {units} visible units"


def _button(value: dict[str, Any]) -> Optional[str]:
    kinds = [name for name in ("url", "callback_data", "copy_text", "web_app") if name in value]
    if len(kinds) != 1:
        return f"has {kinds} instead of one kind"
    return None


BUTTON_FIELDS = {
    "text": text(1, 64, needed=True),
    "url": url(),
    "callback_data": Field(
        (str,), check=lambda v: None if 1 <= len(v.encode()) <= 64 else f"has {len(v.encode())} bytes"
    ),
    "copy_text": nested({"text": text(1, 256, needed=True)}),
}
BUTTON = Field((dict,), check=lambda v: "; ".join(problems(v, BUTTON_FIELDS)) or _button(v))
INLINE = nested({"inline_keyboard": listed(listed(BUTTON, 1, 8), 0, 25, needed=True)})
KEY = nested({"text": text(1, 64, needed=True), "request_location": flag()})
REPLY = {
    "keyboard": listed(listed(KEY, 1), 1, needed=True),
    "resize_keyboard": flag(), "one_time_keyboard": flag(), "input_field_placeholder": text(1, 64),
}  # fmt: skip


def _markup(value: dict[str, Any]) -> Optional[str]:
    if "inline_keyboard" in value:
        return INLINE.check(value) if INLINE.check else None
    return "; ".join(problems(value, REPLY)) or None


CHAT = Field((int, str), needed=True)
SENT = {
    "chat_id": CHAT,
    "message_thread_id": Field((int,)),
    "reply_parameters": nested({"message_id": Field((int,), True), "allow_sending_without_reply": flag()}),
    "reply_markup": Field((dict,), check=_markup),
}
PHOTO = {
    "type": one_of("photo", needed=True),
    "media": url(needed=True),
    "caption": text(0, 4_096),
    "parse_mode": one_of("HTML"),
}
COMMAND = nested(
    {
        "command": Field(
            (str,), True, lambda v: None if 1 <= len(v) <= 32 and v.islower() and v.isascii() else f"is {v!r}"
        ),
        "description": text(1, 256, needed=True),
    }
)
METHODS: dict[str, dict[str, Field]] = {
    "getMe": {},
    "getWebhookInfo": {},
    "deleteWebhook": {"drop_pending_updates": flag()},
    "sendMessage": SENT | {
        "text": text(1, 8_192, needed=True), "parse_mode": one_of("HTML"),
        "link_preview_options": nested({"is_disabled": flag()}),
    },
    "sendPhoto": SENT | {"photo": url(needed=True), "caption": text(0, 4_096), "parse_mode": one_of("HTML")},
    "sendMediaGroup": {name: field for name, field in SENT.items() if name != "reply_markup"}
    | {"media": listed(nested(PHOTO), 2, 10, needed=True)},
    "sendVenue": SENT | {
        "latitude": number(-90, 90, True), "longitude": number(-180, 180, True),
        "title": text(1, 256, needed=True), "address": text(1, 256, needed=True),
    },
    "sendDocument": SENT | {"caption": text(0, 1_024), "parse_mode": one_of("HTML"), "document": Field((str,))},
    "sendChatAction": {"chat_id": CHAT, "action": one_of("typing", needed=True), "message_thread_id": Field((int,))},
    "answerCallbackQuery": {"callback_query_id": text(1, needed=True), "text": text(0, 200), "show_alert": flag()},
    "editMessageReplyMarkup": {"chat_id": CHAT, "message_id": Field((int,), True), "reply_markup": INLINE},
    "setWebhook": {
        "url": Field((str,), True, lambda v: None if v.startswith("https://") else f"is {v!r}"),
        "secret_token": text(1, 256, needed=True), "allowed_updates": listed(text(1)),
        "max_connections": number(1, 100), "drop_pending_updates": flag(),
    },
    "setMyCommands": {
        "commands": listed(COMMAND, 1, 100, needed=True), "language_code": text(2, 2),
        "scope": nested({"type": one_of("default", "all_private_chats", "all_group_chats", needed=True)}),
    },
    "setMyDescription": {"description": text(0, 512), "language_code": text(2, 2)},
    "setMyShortDescription": {"short_description": text(0, 120), "language_code": text(2, 2)},
    "setChatMenuButton": {"menu_button": nested({"type": one_of("commands", needed=True)})},
}  # fmt: skip


class Telegram(StandIn):
    """The Bot API of one bot."""

    def __init__(
        self, token: str = "12345:test-token-of-telegram", username: str = "truc_test_bot", id_: int = 12345
    ) -> None:
        super().__init__()
        self.token, self.me = token, {"id": id_, "is_bot": True, "first_name": "Trúc", "username": username}
        self.webhook: dict[str, Any] = {"url": "", "pending_update_count": 0}
        self.blocked: set[int] = set()
        self._ids = itertools.count(1_000)
        self._queries: set[str] = set()

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self._call)]

    def error_body(self, code: int) -> Any:
        said = {
            403: "Forbidden: bot was blocked by the user",
            500: "Internal Server Error",
            429: "Too Many Requests: retry after 1",
        }
        body = {"ok": False, "error_code": code, "description": said.get(code, "Bad Request")}
        return {**body, "parameters": {"retry_after": 1}} if code == 429 else body

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        made = await self._read(request)
        refused = self._check(made)
        if refused:
            made.carried_out = False
            self.made.append(made)
            return web.json_response(
                {"ok": False, "error_code": 400, "description": f"Bad Request: {refused}"}, status=400
            )
        if made.params.get("chat_id") in self.blocked and made.method.startswith("send"):
            made.carried_out = False
            self.made.append(made)
            return web.json_response(self.error_body(403), status=403)
        return await self.carry_out(
            request, made, lambda: web.json_response({"ok": True, "result": self._result(made)})
        )

    async def _read(self, request: web.Request) -> Made:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            return Made(method, await request.json(), time.monotonic())
        params, files = {}, {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                params[name] = json.loads(value) if name in ("reply_markup", "reply_parameters", "chat_id") else value
        return Made(method, params, time.monotonic(), files=files)

    def _check(self, made: Made) -> Optional[str]:
        """Write down what breaks the contract; return it as Telegram would refuse it."""
        fields = METHODS.get(made.method)
        wrong = [f"there is no {made.method}"] if fields is None else list(problems(made.params, fields))
        if made.params.get("parse_mode") == "HTML":
            key, most = ("text", 4_096) if "text" in made.params else ("caption", 1_024)
            wrong += filter(None, [check_html(made.params[key], most)])
        elif made.method == "sendMessage" and len(str(made.params.get("text", "")).encode("utf-16-le")) > 2 * 4_096:
            wrong.append("message is too long")
        if made.method == "sendDocument" and "document" not in {**made.params, **made.files}:
            wrong.append("no document")
        for one in wrong:
            self.breach(f"{made.method}: {one}")
        return "; ".join(wrong) or None

    def _result(self, made: Made) -> Any:
        if made.method == "getMe":
            return self.me
        if made.method == "getWebhookInfo":
            return self.webhook
        if made.method == "setWebhook":
            self.webhook |= {"url": made.params["url"]}
        if made.method.startswith("send") and made.method != "sendChatAction":
            made.params["_message_id"] = next(self._ids)
            return {
                "message_id": made.params["_message_id"],
                "date": int(time.time()),
                "chat": {"id": made.params["chat_id"]},
            }
        return True


def texts(standin: Telegram, chat: int) -> list[str]:
    """What a chat has been sent, as it would be read."""
    shown = []
    for params in standin.seen("sendMessage"):
        if params["chat_id"] == chat:
            shown.append(visible(params["text"]) if params.get("parse_mode") == "HTML" else params["text"])
    return shown


def visible(html: str) -> str:
    """What is read of an HTML text."""
    parser = _Html()
    parser.feed(html)
    parser.close()
    return parser.visible
