"""Zalo's OA interface and its token server, as documented: bodies, limits, single-use refresh tokens, error codes."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any, Callable, Optional

from aiohttp import web

from .base import Made, StandIn
from .schema import Field, listed, nested, one_of, problems, text, url

PHONE = Field((str,), True, lambda v: None if v.isdigit() and 3 <= len(v) <= 15 else f"is {v!r}")
PAYLOADS: dict[str, Field] = {
    "oa.open.url": nested({"url": url(needed=True)}, needed=True),
    "oa.query.show": text(1, 1_000, needed=True),
    "oa.query.hide": text(1, 1_000, needed=True),
    "oa.open.sms": nested({"content": text(0, 160), "phone_code": PHONE}, needed=True),
    "oa.open.phone": nested({"phone_code": PHONE}, needed=True),
}


def _button(value: dict[str, Any]) -> Optional[str]:
    fields = {"title": text(1, 100, needed=True), "type": one_of(*PAYLOADS, needed=True)}
    payload = PAYLOADS.get(value.get("type"), Field((object,)))
    return "; ".join(problems(value, fields | {"payload": payload})) or None


IMAGE = nested({"media_type": one_of("image", needed=True), "url": url(needed=True)})
ACTION = nested({"type": one_of("oa.open.url", "oa.query.hide", needed=True), "url": url(), "payload": text(1, 1_000)})
ELEMENT = nested(
    {"title": text(1, 100, True), "subtitle": text(1, 500), "image_url": url(True), "default_action": ACTION}
)
TEMPLATES = {
    "media": {"template_type": one_of("media", needed=True), "elements": listed(IMAGE, 1, 1, True)},
    "list": {"template_type": one_of("list", needed=True), "elements": listed(ELEMENT, 1, 5, True)},
    None: {"buttons": listed(Field((dict,), check=_button), 1, 5, needed=True)},
}


def _attachment(value: dict[str, Any]) -> Optional[str]:
    payload = value.get("payload") if isinstance(value.get("payload"), dict) else {}
    fields = TEMPLATES.get(payload.get("template_type"), {})
    wrong = list(problems(payload, fields))
    return "; ".join(wrong) or (None if value.get("type") == "template" and len(value) == 2 else "is no template")


MESSAGE = {"text": text(1, 2_000), "attachment": Field((dict,), check=_attachment)}
USER = {"user_id": text(1, 64, needed=True)}
NOBODY = {"anonymous_id": text(1, 64, needed=True), "conversation_id": text(1, 128, needed=True)}


class ZaloOa(StandIn):
    """One app with one OA. ``refuse_buttons``, ``refuse_lists``: as the live system may."""

    def __init__(
        self, app_id: str = "360846524940903967", app_secret: str = "app-secret", refresh: str = "first-refresh"
    ) -> None:
        super().__init__()
        self.app_id, self.app_secret = app_id, app_secret
        self.access, self.refresh = "first-access", refresh
        self.spent: list[str] = []
        self.exchanges = 0
        self.refuse_buttons = self.refuse_lists = False
        self.errors: dict[str, int] = {}  # user → error code
        self.exchange_seconds = 0.0
        self.on_sent: Optional[Callable[[dict[str, Any]], None]] = None  # told of every message, for ``oa_send_*``
        self._numbers = itertools.count(1)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v3.0/oa/message/cs", self._cs),
            web.post("/v2.0/oa/message", self._v2),
            web.post("/v4/oa/access_token", self._token),
            web.get("/v2.0/oa/getoa", self._getoa),
        ]

    def error_body(self, code: int) -> Any:
        return {"error": -200, "message": "Send message failed"}

    async def _cs(self, request: web.Request) -> web.StreamResponse:
        return await self._message(request, "cs", USER)

    async def _v2(self, request: web.Request) -> web.StreamResponse:
        return await self._message(request, "v2", NOBODY)

    async def _message(self, request: web.Request, method: str, recipient: dict[str, Field]) -> web.StreamResponse:
        if request.headers.get("access_token") != self.access:
            return web.json_response({"error": -216, "message": "Access token is invalid"})
        body = await request.json()
        fields = {"recipient": nested(recipient, True), "message": nested(MESSAGE, True)}
        wrong = list(problems(body, fields))
        made = Made(method, body, time.monotonic())
        error = self._error_for(body) if not wrong else -201
        for one in wrong:
            self.breach(f"{method}: {one}")
        if error:
            made.carried_out = False
            self.made.append(made)
            return web.json_response({"error": error, "message": "as documented"})
        return await self.carry_out(request, made, lambda: web.json_response(self._sent(body)))

    def _error_for(self, body: dict[str, Any]) -> int:
        payload = body["message"].get("attachment", {}).get("payload", {})
        if self.refuse_buttons and "buttons" in payload or self.refuse_lists and payload.get("template_type") == "list":
            return -201
        return self.errors.get(body["recipient"].get("user_id", ""), 0)

    def _sent(self, body: dict[str, Any]) -> dict[str, Any]:
        data = {
            "message_id": f"{next(self._numbers):020x}",
            "sent_time": str(int(time.time() * 1000)),
            **body["recipient"],
        }
        if self.on_sent:
            self.on_sent(body)
        return {"data": {**data, "quota": {"quota_type": "reply"}}, "error": 0, "message": "Success"}

    async def _getoa(self, request: web.Request) -> web.Response:
        if request.headers.get("access_token") != self.access:
            return web.json_response({"error": -216, "message": "Access token is invalid"})
        return web.json_response(
            {"data": {"oa_id": "388613280878808645", "name": "Test"}, "error": 0, "message": "Success"}
        )

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = dict(await request.post())
        made = Made("token", form, time.monotonic())
        if request.headers.get("secret_key") != self.app_secret or form.get("app_id") != self.app_id:
            self.breach("token: wrong app or secret")
        await asyncio.sleep(self.exchange_seconds)
        return await self.carry_out(request, made, lambda: web.json_response(self._exchange(form)))

    def _exchange(self, form: dict[str, Any]) -> dict[str, Any]:
        """A refresh token works once; the old access token ends."""
        given = form.get("refresh_token") or form.get("code")
        if given in self.spent:
            self.breach("token: a refresh token was used twice")
        if given != self.refresh:
            return {
                "error_name": "Invalid refresh token",
                "error_reason": "x",
                "error_description": "x",
                "error": -14014,
            }
        self.exchanges += 1
        self.spent.append(given)
        self.access, self.refresh = f"access-{self.exchanges}", f"refresh-{self.exchanges}"
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"}


def texts(standin: ZaloOa, user: str) -> list[str]:
    """What a user has been sent."""
    return [p["message"].get("text", "") for p in standin.seen("cs") if p["recipient"].get("user_id") == user]
