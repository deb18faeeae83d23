"""Zalo Bot's interface as documented: seven methods, updates one at a time, no buttons."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

from aiohttp import web

from .base import Made, StandIn
from .schema import Field, one_of, problems, text, url

CHAT = text(1, 64, needed=True)
METHODS: dict[str, dict[str, Field]] = {
    "getMe": {},
    "getUpdates": {"timeout": Field((str, int))},
    "setWebhook": {"url": url(needed=True), "secret_token": text(8, 256, needed=True)},
    "deleteWebhook": {},
    "getWebhookInfo": {},
    "sendMessage": {"chat_id": CHAT, "text": text(1, 2_000, needed=True), "parse_mode": one_of("markdown", "html")},
    "sendPhoto": {"chat_id": CHAT, "photo": url(needed=True), "caption": text(1, 2_000)},
    "sendChatAction": {"chat_id": CHAT, "action": one_of("typing", needed=True)},
}


class ZaloBot(StandIn):
    """The interface of one bot. ``pending`` are updates to be given out by polling."""

    def __init__(self, token: str = "12345689:abc-xyz-of-zalo") -> None:
        super().__init__()
        self.token = token
        self.pending: list[Any] = []
        self.webhook: dict[str, Any] = {"url": ""}
        self._ids = itertools.count(1)

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self._call)]

    def error_body(self, code: int) -> Any:
        return {"ok": False, "error_code": code, "description": "Quota exceeded" if code == 429 else "Error"}

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response(self.error_body(401), status=401)
        made = Made(request.match_info["method"], await request.json(), time.monotonic())
        fields = METHODS.get(made.method)
        wrong = [f"there is no {made.method}"] if fields is None else list(problems(made.params, fields))
        for one in wrong:
            self.breach(f"{made.method}: {one}")
        if wrong:
            made.carried_out = False
            self.made.append(made)
            return web.json_response(self.error_body(400), status=400)
        if made.method == "getUpdates":
            return await self._update()
        return await self.carry_out(
            request, made, lambda: web.json_response({"ok": True, "result": self._result(made)})
        )

    async def _update(self) -> web.Response:
        for _ in range(20):
            if self.pending:
                return web.json_response({"ok": True, "result": self.pending.pop(0)})
            await asyncio.sleep(0.02)
        return web.json_response({"ok": False, "error_code": 408, "description": "Request timeout"})

    def _result(self, made: Made) -> Any:
        if made.method == "getMe":
            return {"id": "1", "account_name": "bot.truc", "account_type": "BASIC", "can_join_groups": False}
        if made.method == "setWebhook":
            self.webhook = {"url": made.params["url"]}
        if made.method == "deleteWebhook":
            self.webhook = {"url": ""}
        if "Webhook" in made.method:
            return {**self.webhook, "updated_at": int(time.time() * 1000)}
        return {"message_id": f"{next(self._ids):020x}", "date": int(time.time() * 1000)}


def texts(standin: ZaloBot, chat: str) -> list[str]:
    """What a chat has been sent."""
    return [params["text"] for params in standin.seen("sendMessage") if params["chat_id"] == chat]
