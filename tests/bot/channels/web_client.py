"""A client of the web channel, as docs/web-channel.md has it: over a WebSocket and by POST."""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import asynccontextmanager, suppress
from typing import Any, AsyncIterator, Optional

import requests
import websockets

from bot.channels.web.channel import WebInput

ORIGIN = "https://pages.example.vn"
KEY = "only for tests"
Frame = dict[str, Any]


def channel(store: str, **more: Any) -> WebInput:
    """The channel with a key and an allowed origin of the tests' own."""
    given = {"store": store, "key": KEY, "origins": ORIGIN, **more}
    return WebInput.from_credentials(given)  # type: ignore[return-value]


def new_id() -> str:
    """An id for a frame."""
    return str(uuid.uuid4())


class Client:
    """One visitor. ``call`` for HTTP, ``socket`` for the WebSocket."""

    def __init__(self, url: str, origin: Optional[str] = ORIGIN) -> None:
        self.url, self.origin = url, origin
        self.token = ""

    def call(self, method: str, path: str, body: Any = None, token: Optional[str] = None) -> requests.Response:
        """A request; bytes go as they are."""
        token = self.token if token is None else token
        headers = {"Origin": self.origin} if self.origin else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        return requests.request(method, f"{self.url}/webhooks/web/{path}", data=raw, headers=headers, timeout=40)

    def begin(self, **given: Any) -> Client:
        """A new session."""
        answer = self.call("POST", "session", given)
        answer.raise_for_status()
        self.token = answer.json()["token"]
        return self

    def post(self, frame: Frame) -> list[Frame]:
        """Send a frame; those that answer it at once."""
        answer = self.call("POST", "frames", frame)
        assert answer.status_code == 202, answer.text
        return answer.json()["frames"]

    def say(self, text: str, id_: Optional[str] = None, **more: Any) -> str:
        """Say something by POST; the id under which it was said."""
        id_ = id_ or new_id()
        (ack,) = self.post({"type": "message", "id": id_, "text": text, **more})
        assert ack["type"] == "ack" and ack["id"] == id_, ack
        return id_

    def frames(self, after: int = 0, wait: int = 10) -> list[Frame]:
        """What the server has after a number."""
        return self.call("GET", f"frames?after={after}&wait={wait}").json()["frames"]

    def history(self, count: int) -> list[Frame]:
        """The frames from the first on, as soon as there are so many."""
        found: list[Frame] = []
        while len(found) < count:
            new = self.frames(found[-1]["seq"] if found else 0)
            assert new, f"only {len(found)} of {count} frames came"
            found += new
        return found

    @asynccontextmanager
    async def socket(self, after: int = 0, token: Optional[str] = None) -> AsyncIterator[Socket]:
        """An open WebSocket that has said hello."""
        address = f"{self.url.replace('http', 'ws')}/webhooks/web/socket"
        headers = {"Origin": self.origin} if self.origin else {}
        async with websockets.connect(address, extra_headers=headers) as raw:
            hello = {"type": "hello", "token": self.token if token is None else token, "after": after}
            with suppress(websockets.ConnectionClosed):  # the server may have refused it by now
                await raw.send(json.dumps(hello))
            yield Socket(raw)


class Socket:
    """Frames in and out."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    async def send(self, frame: Frame) -> None:
        """Send a frame."""
        await self.raw.send(json.dumps(frame))

    async def next(self, *kinds: str) -> Frame:
        """The next frame of one of these kinds; of any, when none is named."""
        while True:
            frame = json.loads(await asyncio.wait_for(self.raw.recv(), 10))
            if not kinds or frame["type"] in kinds:
                return frame

    async def closed(self) -> int:
        """Wait until the server closes it; the code."""
        try:
            while True:
                await asyncio.wait_for(self.raw.recv(), 10)
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
