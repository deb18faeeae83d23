"""A messenger as a Rasa channel: its webhook, and the parts that work behind it while the server runs."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from abc import abstractmethod
from functools import partial
from typing import Any, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.erasing import erase_conversation
from bot.channels.messengers import metrics
from bot.channels.messengers.answering import Answering
from bot.channels.messengers.collector import Collector, Later
from bot.channels.messengers.delivery import Delivery
from bot.channels.messengers.identity import Pseudonyms
from bot.channels.messengers.incoming import Incoming, Kind, as_kept
from bot.channels.messengers.platform import Forged, Malformed, Platform
from bot.channels.messengers.rates import Pace
from bot.channels.messengers.settings import Common
from bot.channels.messengers.stores import StoreFault, Verdict, open_store
from bot.channels.messengers.stores.threaded import Shelf, give_back, share
from bot.channels.messengers.workers import Workers
from bot.channels.turns import OnNewMessage

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 65_536
BODY_SECONDS = 5.0
FAREWELL_SECONDS = 2.5
MAX_RANK = 2**52
_STATUS = {Verdict.NEW: 200, Verdict.REPEATED: 200, Verdict.TOO_MANY: 200, Verdict.FULL: 503}


class TooLarge(Exception):
    """The request's body is larger than anything that a platform sends"""


class Messenger(InputChannel):
    """Verify, parse, keep, acknowledge; then answer behind it. Subclasses give the platform and its output's name."""

    output: type[Collector] = Collector

    def __init__(self, platform: Platform, common: Common) -> None:
        self.platform, self._common = platform, common
        self._pseudonyms = Pseudonyms(common.key)
        self._shelf: Optional[Shelf] = None
        self._workers: Optional[Workers] = None
        self._answering: Optional[Answering] = None
        self._delivery: Optional[Delivery] = None
        self._errands: set[asyncio.Task[Any]] = set()

    @classmethod
    @abstractmethod
    def name(cls) -> str:
        """The channel's name, which also begins every sender id."""

    def get_output_channel(self) -> Later:
        """For messages that answer nothing."""
        return Later(self.name(), self._send_unasked)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes, health and webhook, and what runs as long as the server does."""
        routes = Blueprint(f"truc_{self.name()}", __name__)

        @routes.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok" if self._workers else "starting"})

        @routes.route("/webhook", methods=["GET", "HEAD"])
        async def probe(_: Request) -> HTTPResponse:
            return response.text("")

        @routes.route("/webhook", methods=["POST"], stream=True)
        async def receive(request: Request) -> HTTPResponse:
            with metrics.ACKNOWLEDGED.labels(self.name()).time():
                status, result = await self._receive(request)
            metrics.RECEIVED.labels(self.name(), result).inc()
            return response.text("", status=status)

        @routes.listener("after_server_start")
        async def start(app: Sanic, _: Any) -> None:
            await self._start(app, on_new_message)

        @routes.listener("before_server_stop")
        async def stop(_: Sanic, __: Any) -> None:
            await self._stop()

        return routes

    async def _start(self, app: Sanic, handle: OnNewMessage) -> None:
        self._shelf = shelf = share(self._common.store, open_store)
        self._delivery = Delivery(self.platform, shelf, Pace(self.name(), self.platform.rates))
        forget = partial(erase_conversation, app)
        self._answering = Answering(self.platform, self.output, shelf, self._delivery, handle, forget)
        workers = Workers(self.name(), shelf, self._answering, self._common.settle)
        await workers.start()
        self.platform.attach(shelf, self._delivery.alerts, self.take_in)
        await self.platform.start()
        self._workers = workers

    async def _stop(self) -> None:
        if self._workers and self._shelf:
            workers, self._workers = self._workers, None
            for errand in self._errands:
                errand.cancel()
            await workers.stop(FAREWELL_SECONDS)
            await self.platform.stop()
            give_back(self._common.store)

    async def _receive(self, request: Request) -> tuple[int, str]:
        """Status and a word for the counter. Nothing that anybody sends leads to a 500."""
        try:
            self.platform.admit(request.headers)
            body = await asyncio.wait_for(_body(request), BODY_SECONDS)
            parsed = json.loads(body)
            self.platform.verify(request.headers, body, parsed)
            incoming = self.platform.read(parsed)
            return await self.take_in(incoming) if incoming else (200, "ignored")
        except Forged:
            return 403, "forged"
        except TooLarge:
            return 413, "too_large"
        except asyncio.TimeoutError:
            return 408, "too_slow"
        except (Malformed, ValueError, RecursionError):
            return 400, "malformed"
        except Exception:  # were it refused, the platform would send it again and again and hold back what follows
            logger.exception("%s: an event could not be read", self.name())
            return 200, "fault"

    async def take_in(self, incoming: Incoming) -> tuple[int, str]:
        """Keep an event and have it answered; the status to acknowledge it with and a word for the counter."""
        if self._workers is None or self._shelf is None:
            return 503, "not_ready"
        incoming = as_kept(incoming)
        conversation = self._pseudonyms.of(self.name(), incoming.person)
        if incoming.kind is Kind.NOTED and incoming.what != "withdrew":
            return await self._note_now(incoming, conversation)
        rank = max(-MAX_RANK, min(MAX_RANK, incoming.rank))
        kept = (conversation, incoming.message_id, rank, incoming.to_json(), time.time())
        try:
            verdict = await self._shelf(self._shelf.store.accept, *kept)
        except StoreFault:
            logger.exception("%s: a message could not be kept; the platform is asked to repeat it", self.name())
            return 503, "not_kept"
        if verdict is Verdict.NEW:
            self._workers.wake(conversation)
            self._run_errand(incoming)
        return _STATUS[verdict], verdict.value

    async def _note_now(self, incoming: Incoming, conversation: str) -> tuple[int, str]:
        """What needs no answer does not queue behind answers: one of them may wait for just this."""
        try:
            await self._answering.note(incoming, conversation)  # type: ignore[union-attr]
        except StoreFault:
            logger.exception("%s: an event could not be noted", self.name())
            return 503, "not_kept"
        return 200, "noted"

    def _run_errand(self, incoming: Incoming) -> None:
        call = self.platform.at_once(incoming)
        if call and self._delivery:
            errand = asyncio.create_task(self._delivery.make(call))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)

    async def _send_unasked(self, conversation: str, message: dict[str, Any]) -> None:
        if self._answering and self._workers and await self._answering.send_unasked(conversation, message):
            self._workers.wake(conversation)


async def _body(request: Request) -> bytes:
    """The body's exact bytes. Raises TooLarge as soon as they are too many."""
    if int(request.headers.get("content-length") or 0) > MAX_BODY_BYTES:
        raise TooLarge
    body = b""
    while request.stream and (chunk := await request.stream.read()) is not None:
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise TooLarge
    return body
