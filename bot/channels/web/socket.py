"""One WebSocket: greets, tells what was missed, then goes on telling; takes frames until it closes."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Optional

from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.web.desk import Desk
from bot.channels.web.frames import BadFrame, Frame, Hello, Message, TooLarge, read_frame
from bot.channels.web.history import History
from bot.channels.web.tokens import SessionExpired, Tokens

EXPIRED_CODE = 4401
TOO_MANY_CODE = 4429
MOST_SOCKETS = 5
HELLO_SECONDS = 10


class Socket:
    """``ws`` is Sanic's: ``await ws.recv()``, ``await ws.send(text)``."""

    def __init__(self, ws: Any, desk: Desk, tokens: Tokens, shelf: Shelf, history: History) -> None:
        self._ws, self._desk, self._tokens, self._shelf, self._history = ws, desk, tokens, shelf, history
        self._conversation, self._seen = "", 0
        self._telling = asyncio.Lock()
        self._awaited: set[str] = set()

    async def serve(self) -> None:
        """Until the client goes."""
        try:
            hello = read_frame(await asyncio.wait_for(self._ws.recv(), HELLO_SECONDS))
            if not isinstance(hello, Hello):
                return await self._send({"type": "error", "code": "bad_frame", "detail": "the first frame is hello"})
            await self._greet(hello)
        except (SessionExpired, asyncio.TimeoutError):
            return await self._expire()
        except BadFrame as wrong:
            return await self._send(refusal(wrong))
        if self._desk.hub.listeners(self._conversation) >= MOST_SOCKETS:
            return await self._ws.close(TOO_MANY_CODE)
        with self._desk.hub.listening(self._conversation, self.tell):
            await self.tell()
            await self._listen()

    async def _greet(self, hello: Hello) -> None:
        self._conversation, expires = self._tokens.read(hello.token, time.time())
        await self._desk.admit(self._conversation)
        latest = await self._shelf(self._history.latest, [self._conversation])
        seq = latest.get(self._conversation, 0)
        self._seen = min(hello.after, seq)
        await self._send({"type": "welcome", "seq": seq, "expires": expires})

    async def _listen(self) -> None:
        while True:
            data = await self._ws.recv()
            if data is None:
                return
            try:
                frame = read_frame(data)
                await self._desk.admit(self._conversation)
            except BadFrame as wrong:
                await self._send(refusal(wrong))
                continue
            except SessionExpired:
                return await self._expire()
            if isinstance(frame, Message):
                self._awaited.add(frame.id)
            answer = await self._desk.take(self._conversation, frame)
            if answer["type"] == "error":
                self._awaited.discard(answer.get("id", ""))
            await self._send(answer)
            if frame.type == "forget":
                return await self._expire()
            if self._awaited:
                await self._send({"type": "typing", "on": True})

    async def tell(self) -> None:
        """Send what the client has not seen, in order."""
        async with self._telling:
            for frame in await self._shelf(self._history.after, self._conversation, self._seen):
                self._seen = frame["seq"]
                await self._send(frame)
                if frame["type"] == "message" and frame.get("answers") in self._awaited:
                    self._awaited.discard(frame["answers"])
                    await self._send({"type": "typing", "on": bool(self._awaited)})

    async def _send(self, frame: Frame) -> None:
        try:
            await self._ws.send(json.dumps(frame, ensure_ascii=False))
        except Exception:  # noqa: BLE001 — the client is gone in one of many ways; what it missed it asks for again
            self._awaited.clear()

    async def _expire(self) -> None:
        await self._send({"type": "session_expired"})
        await self._ws.close(EXPIRED_CODE)


def refusal(wrong: BadFrame, id_: Optional[str] = None) -> Frame:
    """The error frame for what could not be read."""
    code = "too_large" if isinstance(wrong, TooLarge) else "bad_frame"
    return {"type": "error", "code": code, "detail": str(wrong), **({"id": id_} if id_ else {})}
