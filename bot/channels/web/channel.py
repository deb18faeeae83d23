"""The website's channel as Rasa loads it: its addresses, and what works behind them while the server runs."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from functools import partial
from typing import Any, Callable, Coroutine, Mapping, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.erasing import erase_conversation
from bot.channels.messengers.settings import Common, number
from bot.channels.messengers.stores import StoreFault, open_store
from bot.channels.messengers.stores.threaded import Shelf, give_back, share
from bot.channels.turns import OnNewMessage
from bot.channels.web.desk import NAME, Desk
from bot.channels.web.frames import BadFrame, Frame, Hello, TooLarge, read_frame, read_object
from bot.channels.web.history import History, open_history
from bot.channels.web.hub import Hub
from bot.channels.web.limits import MESSAGES, SESSIONS, Limits, TooMany
from bot.channels.web.ratings import Ratings
from bot.channels.web.socket import Socket
from bot.channels.web.tokens import SessionExpired, Tokens

logger = logging.getLogger(__name__)

SESSION_HOURS = 24
FAREWELL_SECONDS = 2.5
LONGEST_WAIT = 25
SWEEP_SECONDS = 600
View = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class ForeignOrigin(Exception):
    """A page that is not on the list of those that may talk to the bot"""


class WebInput(InputChannel):
    """Serves /webhooks/web (docs/web-channel.md)."""

    def __init__(self, common: Common, origins: frozenset[str], tokens: Tokens, limits: Limits) -> None:
        self._common, self._origins, self._tokens, self._limits = common, origins, tokens, limits
        self._desk: Optional[Desk] = None
        self._shelf: Optional[Shelf] = None
        self._history: Optional[History] = None
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name, which also begins every sender id."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> InputChannel:
        """``origins`` (else TRUC_WEB_ORIGINS), ``session_hours``, ``sessions``, ``messages``: all may be left out."""
        given = credentials or {}
        common = Common.read(given)
        origins = str(given.get("origins") or os.environ.get("TRUC_WEB_ORIGINS") or "").split()
        hours = number(given, "session_hours", number(os.environ, "TRUC_WEB_SESSION_HOURS", SESSION_HOURS))
        limits = Limits(common.store, given.get("sessions") or SESSIONS, given.get("messages") or MESSAGES)
        return cls(common, frozenset(origins), Tokens(common.key, int(hours * 3_600)), limits)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes, and what runs as long as the server does."""
        routes = Blueprint("truc_web", __name__)

        @routes.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok" if self._desk else "starting"})

        routes.add_route(self._guarded(self._session), "/session", methods=["POST"])
        routes.add_route(self._guarded(self._post), "/frames", methods=["POST"], name="post")
        routes.add_route(self._guarded(self._ask), "/frames", methods=["GET"], name="ask")

        @routes.websocket("/socket")
        async def socket(request: Request, ws: Any) -> None:
            await self._socket(request, ws)

        @routes.listener("after_server_start")
        async def start(app: Sanic, _: Any) -> None:
            await self._start(app, on_new_message)

        @routes.listener("before_server_stop")
        async def stop(_: Sanic, __: Any) -> None:
            await self._stop()

        return routes

    async def _start(self, app: Sanic, handle: OnNewMessage) -> None:
        shelf = self._shelf = share(self._common.store, open_store)
        history = self._history = await shelf(open_history, self._common.store)
        hub = Hub(shelf, history)
        ratings = Ratings(shelf, history)
        erase = partial(erase_conversation, app)
        desk = Desk(shelf, history, hub, self._limits, ratings, handle, erase, self._tokens.lifetime)
        await desk.workers.start()
        self._tasks = [asyncio.create_task(hub.follow()), asyncio.create_task(self._sweep(shelf, history))]
        self._desk = desk

    async def _sweep(self, shelf: Shelf, history: History) -> None:
        while True:
            try:
                await shelf(history.sweep, time.time())
            except StoreFault:
                logger.warning("web: old frames could not be removed; it is tried again")
            await asyncio.sleep(SWEEP_SECONDS)

    async def _stop(self) -> None:
        if self._desk:
            desk, self._desk = self._desk, None
            for task in self._tasks:
                task.cancel()
            await desk.workers.stop(FAREWELL_SECONDS)
            give_back(self._common.store)

    def _check_origin(self, request: Request) -> None:
        """CORS keeps foreign pages neither from sending nor from opening sockets. What is no page names none."""
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._origins:
            raise ForeignOrigin

    def _guarded(self, view: View) -> View:
        """The view, with every refusal as the protocol's table has it. Nothing that anybody sends leads to a 500."""

        async def guarded(request: Request) -> HTTPResponse:
            try:
                self._check_origin(request)
                if self._desk is None:
                    return _refused(503, "starting")
                return await view(request)
            except ForeignOrigin:
                return _refused(403, "origin_not_allowed")
            except SessionExpired:
                return _refused(401, "session_expired")
            except TooMany as many:
                return _refused(429, "too_many", retry_after=many.retry_after)
            except TooLarge:
                return _refused(413, "too_large")
            except BadFrame as wrong:
                return _refused(400, "bad_frame", detail=str(wrong))
            except StoreFault:
                logger.exception("web: the store failed")
                return _refused(503, "try_again", retry_after=5)

        guarded.__name__ = view.__name__.strip("_")
        return guarded

    async def _conversation(self, request: Request) -> str:
        """Whose request it is. Raises SessionExpired."""
        scheme, _, token = (request.headers.get("authorization") or "").partition(" ")
        if scheme.lower() != "bearer":
            raise SessionExpired
        conversation, _expires = self._tokens.read(token.strip(), time.time())
        await self._desk.admit(conversation)  # type: ignore[union-attr]
        return conversation

    async def _session(self, request: Request) -> HTTPResponse:
        """A new session, or a fresh token for one that there is."""
        read_object(request.body)
        conversation = await self._conversation(request) if "authorization" in request.headers else ""
        if not conversation:
            address = request.remote_addr or request.ip
            await self._shelf(self._limits.session, address)  # type: ignore[misc]
        issued = self._tokens.issue(time.time(), conversation)
        return response.json({"token": issued.token, "expires": issued.expires})

    async def _post(self, request: Request) -> HTTPResponse:
        """One frame, where there is no WebSocket."""
        conversation = await self._conversation(request)
        frame = read_frame(request.body)
        if isinstance(frame, Hello):
            raise BadFrame("hello is for WebSockets")
        answer = await self._desk.take(conversation, frame)  # type: ignore[union-attr]
        return response.json({"frames": [answer]}, status=202)

    async def _ask(self, request: Request) -> HTTPResponse:
        """The frames after a number, as soon as there are any."""
        conversation = await self._conversation(request)
        after, wait = _whole(request, "after"), min(_whole(request, "wait"), LONGEST_WAIT)
        grown = asyncio.Event()

        async def wake() -> None:
            grown.set()

        deadline = time.monotonic() + wait
        with self._desk.hub.listening(conversation, wake):  # type: ignore[union-attr]
            while True:
                grown.clear()
                if found := await self._after(conversation, after):
                    break
                try:
                    await asyncio.wait_for(grown.wait(), deadline - time.monotonic())
                except asyncio.TimeoutError:
                    break
        return response.json({"frames": found})

    async def _after(self, conversation: str, seq: int) -> list[Frame]:
        return await self._shelf(self._history.after, conversation, seq)  # type: ignore[misc,union-attr]

    async def _socket(self, request: Request, ws: Any) -> None:
        try:
            self._check_origin(request)
        except ForeignOrigin:
            await ws.close(1008, "origin_not_allowed")
            return
        if self._desk and self._shelf and self._history:
            await Socket(ws, self._desk, self._tokens, self._shelf, self._history).serve()
        else:
            await ws.close(1013, "starting")


def _whole(request: Request, name: str) -> int:
    value = request.args.get(name, "0")
    if not value.isdecimal() or len(value) > 9:
        raise BadFrame(f"{name} is a whole number")
    return int(value)


def _refused(status: int, code: str, **more: Any) -> HTTPResponse:
    return response.json({"error": code, **more}, status=status)
