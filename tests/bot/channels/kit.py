"""A Rasa server without Rasa: the channels in a real web server, over an agent that answers what a test wants."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import contextmanager
from typing import Any, Awaitable, Callable, Iterator, Optional, Sequence

import rasa.core.channels.channel as rasa_channel
import requests
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from sanic import Sanic

Say = Callable[[UserMessage], Awaitable[Any]]


async def echo(message: UserMessage) -> list[dict[str, Any]]:
    """Repeat what was understood."""
    return [{"custom": {"text": f"re: {message.text}", "lang": "vi"}}]


class FakeAgent:
    """Says what ``say`` returns for each message; remembers what it was asked. ``say`` may raise, or be slow."""

    def __init__(self, say: Say = echo) -> None:
        self.say = say
        self.heard: list[UserMessage] = []
        self.finished: list[UserMessage] = []
        self.tracker_store = InMemoryTrackerStore(Domain.empty())

    async def handle_message(self, message: UserMessage) -> None:
        """What Rasa's agent does with a message, as far as a channel sees it."""
        self.heard.append(message)
        for one in await self.say(message) or []:
            await message.output_channel.send_response(message.sender_id, one)
        self.finished.append(message)

    @property
    def texts(self) -> list[str]:
        """What it was told."""
        return [message.text for message in self.heard]


class Running:
    """A server that runs: its address, its agent, and a way to stop it."""

    def __init__(self, channels: Sequence[InputChannel], agent: FakeAgent) -> None:
        self.channels, self.agent, self.url = channels, agent, ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Serve."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(20)

    async def _start(self) -> None:
        Sanic.test_mode = True
        app = Sanic(f"rasa_server_{time.monotonic_ns()}")
        app.ctx.agent = self.agent
        rasa_channel.register(list(self.channels), app, "/webhooks/")
        self.app = app
        listening = socket.create_server(("127.0.0.1", 0))  # Sanic would take port 0 for its usual one
        self._server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await self._server.startup()
        await self._server.before_start()
        await self._server.start_serving()
        await self._server.after_start()
        self.url = f"http://127.0.0.1:{self._server.server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """End as Rasa does at SIGTERM."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _stop(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        await self._server.before_stop()
        await self._server.after_stop()

    def run(self, coroutine: Any) -> Any:
        """Run something on the server's own loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)


@contextmanager
def serving(*channels: InputChannel, agent: Optional[FakeAgent] = None) -> Iterator[Running]:
    """The channels served inside the ``with``."""
    server = Running(channels, agent or FakeAgent())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def post(url: str, body: Any, headers: Optional[dict[str, str]] = None, timeout: float = 10) -> requests.Response:
    """Post a webhook body: bytes as they are, everything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return requests.post(
        url, data=raw, headers={"Content-Type": "application/json", **(headers or {})}, timeout=timeout
    )
