"""The ways in which a visitor talks to a bot: ``ask`` sends one message and returns whether an answer came."""

from __future__ import annotations

import json
import uuid
from typing import Any

import aiohttp

PATIENCE = aiohttp.ClientTimeout(60)


class Rest:
    """Over REST: one POST a message."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url, self._sender = session, url, f"bench-{uuid.uuid4().hex}"

    async def begin(self) -> None:
        """Nothing is needed."""

    async def ask(self, text: str) -> bool:
        """Say something and wait for the answer."""
        body = {"sender": self._sender, "message": text}
        async with self._session.post(f"{self._url}/webhooks/rest/webhook", json=body, timeout=PATIENCE) as response:
            return response.status == 200 and bool(await response.json())

    async def end(self) -> None:
        """Nothing is needed."""


class Web:
    """As the widget does: a session, then a WebSocket over which messages go and answers come."""

    socket: aiohttp.ClientWebSocketResponse

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, f"{url}/webhooks/web"

    async def begin(self) -> None:
        """Open a session and its socket."""
        async with self._session.post(f"{self._url}/session", json={}) as response:
            token = (await response.json())["token"]
        self.socket = await self._session.ws_connect(f"{self._url}/socket")
        await self._send({"type": "hello", "token": token, "after": 0})

    async def _send(self, frame: dict[str, Any]) -> None:
        await self.socket.send_str(json.dumps(frame))

    async def ask(self, text: str) -> bool:
        """Say something and wait for the frame that answers it."""
        id_ = str(uuid.uuid4())
        await self._send({"type": "message", "id": id_, "text": text})
        async for message in self.socket:
            frame = json.loads(message.data)
            if frame.get("answers") == id_:
                return True
            if frame["type"] == "error":
                return False
        return False

    async def end(self) -> None:
        """Close the socket."""
        await self.socket.close()


WAYS = {"rest": Rest, "web": Web}
