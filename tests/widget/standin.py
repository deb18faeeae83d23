"""A stand-in for the bot's web channel (docs/web-channel.md), which can misbehave, for tests of the widget alone.

``python -m tests.widget.standin --port 5305`` serves it. What a message holds decides what happens:

- "chậm" or "slow": the answer takes three seconds;
- "im lặng" or "silence": no answer comes;
- "đứt" or "cut": the socket closes before the answer, which waits in the history;
- "hai lần" or "twice": the answer is sent twice, and the frame before it once more;
- "hết hạn" or "expire": the session is over.

``--no-sockets`` refuses every WebSocket, as some proxies do. The stand-in also serves the widget and host pages
(tests/widget/pages) under a strict policy, and ``/standin/calls`` lists the frames that came.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html
from sanic.response import json as answer_json

from tests.widget.replies import reply_to

LIFETIME = 86_400
PAGES = Path(__file__).parent / "pages"
WIDGET = Path(__file__).parents[2] / "widget" / "dist"
# What docs/web.md asks of a host, and nothing more: a violation anywhere is a fault of the widget.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self' ws://{host}; img-src 'self'; style-src 'self'; "
    "require-trusted-types-for 'script'"
)
Frame = dict[str, Any]


@dataclass
class Session:
    """One conversation: its history, who listens to it, and which messages it knows."""

    token: str
    history: list[Frame] = field(default_factory=list)
    last: int = 0
    sockets: list[Any] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def keep(self, frame: Frame) -> Frame:
        """Put a frame into the history under the next number, and wake who asks for it."""
        self.last += 1
        frame = {**frame, "seq": self.last, "at": int(time.time())}
        self.history.append(frame)
        async with self.news:
            self.news.notify_all()
        return frame

    async def send(self, frame: Frame) -> None:
        """To every socket that is there."""
        for socket in list(self.sockets):
            await socket.send(json.dumps(frame))


class Standin:
    """The channel. ``calls`` lists what came, for tests to look at."""

    def __init__(self, sockets: bool = True) -> None:
        self.sessions: dict[str, Session] = {}
        self.sockets = sockets
        self.calls: list[Frame] = []

    def open(self, token: Optional[str]) -> Session:
        """The session of a token that is still good, else a new one."""
        if token in self.sessions:
            return self.sessions[token]
        session = Session(f"token-{len(self.sessions) + 1}-{time.time_ns()}")
        self.sessions[session.token] = session
        return session

    async def take(self, session: Session, frame: Frame) -> list[Frame]:
        """Take a frame of the widget in; the frames that answer it at once."""
        self.calls.append(frame)
        if frame["type"] == "forget":
            del self.sessions[session.token]
            return [{"type": "ack", "id": frame["id"]}]
        if frame["type"] != "message":
            return [{"type": "ack", "id": frame["id"]}]
        if frame["id"] not in session.known:
            said = await session.keep({"type": "said", "id": frame["id"], "text": frame["text"]})
            session.known[frame["id"]] = said["seq"]
            asyncio.get_running_loop().create_task(self.answer(session, frame))
        return [{"type": "ack", "id": frame["id"], "seq": session.known[frame["id"]]}]

    async def answer(self, session: Session, frame: Frame) -> None:
        """Answer a message, well or badly."""
        words = frame["text"].lower()
        await session.send({"type": "typing", "on": True})
        await asyncio.sleep(3 if _has(words, "chậm", "slow") else 0.15)
        if _has(words, "im lặng", "silence"):
            return
        if _has(words, "hết hạn", "expire"):
            self.sessions.pop(session.token, None)
            return await session.send({"type": "session_expired"})
        reply = reply_to(words, frame.get("lang", "vi")).to_json()
        if _has(words, "xóa dữ liệu", "delete my data"):
            session.history.clear()
            reply = {"text": "Mình đã xóa cuộc trò chuyện.", "lang": "vi", "forgotten": True}
        kept = await session.keep({"type": "message", "answers": frame["id"], "reply": reply})
        if _has(words, "đứt", "cut"):
            for socket in session.sockets:
                await socket.close()
            return
        for sent in [kept, *([session.history[0], kept] if _has(words, "hai lần", "twice") else [])]:
            await session.send(sent)


def _has(words: str, *wanted: str) -> bool:
    return any(word in words for word in wanted)


def _token(request: Request) -> Optional[str]:
    return (request.headers.get("authorization") or "").removeprefix("Bearer ") or None


def _answer(content: Any, status: int = 200) -> HTTPResponse:
    allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type, authorization"}
    return answer_json(content, status, headers=allowed)


def make_app(standin: Standin, name: str = "standin") -> Sanic:
    """The addresses of the channel."""
    app = Sanic(name)

    @app.middleware("request")
    async def preflight(request: Request) -> Optional[HTTPResponse]:
        return _answer({}) if request.method == "OPTIONS" else None

    @app.post("/webhooks/web/session")
    async def session(request: Request) -> HTTPResponse:
        given = _token(request)
        if given and given not in standin.sessions:
            return _answer({"error": "session_expired"}, 401)
        return _answer({"token": standin.open(given).token, "expires": int(time.time()) + LIFETIME})

    @app.post("/webhooks/web/frames")
    async def post(request: Request) -> HTTPResponse:
        found = standin.sessions.get(_token(request) or "")
        if not found:
            return _answer({"error": "session_expired"}, 401)
        return _answer({"frames": await standin.take(found, request.json)}, 202)

    @app.get("/webhooks/web/frames")
    async def poll(request: Request) -> HTTPResponse:
        found = standin.sessions.get(_token(request) or "")
        if not found:
            return _answer({"error": "session_expired"}, 401)
        after, wait = (int(request.args.get(name, 0)) for name in ("after", "wait"))
        if wait and len(found.history) <= after:
            async with found.news:
                await asyncio.wait([asyncio.ensure_future(found.news.wait())], timeout=2)
        return _answer({"frames": found.history[after:]})

    @app.get("/standin/calls")
    async def calls(_: Request) -> HTTPResponse:
        return _answer(standin.calls)

    @app.get("/host/<name:str>")
    async def host(request: Request, name: str) -> HTTPResponse:
        policy = {"Content-Security-Policy": POLICY.format(host=request.host)}
        return html((PAGES / f"{name}.html").read_text("utf-8"), headers=policy)

    app.static("/host-files", PAGES)
    app.static("/widget.js", WIDGET / "widget.js", content_type="text/javascript")
    app.static("/widget", WIDGET / "widget", content_type="text/javascript")

    @app.websocket("/webhooks/web/socket")
    async def socket(_: Request, ws: Any) -> None:
        hello = json.loads(await ws.recv())
        found = standin.sessions.get(hello["token"])
        if not standin.sockets:
            return await ws.close(1008)
        if not found:
            return await ws.send(json.dumps({"type": "session_expired"}))
        await ws.send(
            json.dumps({"type": "welcome", "seq": len(found.history), "expires": int(time.time()) + LIFETIME})
        )
        for frame in found.history[hello["after"] :]:
            await ws.send(json.dumps(frame))
        found.sockets.append(ws)
        try:
            while True:
                for frame in await standin.take(found, json.loads(await ws.recv())):
                    await ws.send(json.dumps(frame))
        finally:
            found.sockets.remove(ws)

    return app


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--no-sockets", action="store_true")
    given = parser.parse_args()
    make_app(Standin(sockets=not given.no_sockets)).run("127.0.0.1", given.port, access_log=False, debug=False)


if __name__ == "__main__":
    main()
