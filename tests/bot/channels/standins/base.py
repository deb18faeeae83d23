"""What all stand-ins share: a server in a thread, what was called, what was wrong with it, and how to misbehave."""

from __future__ import annotations

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from aiohttp import web


@dataclass
class Made:
    """A call that was made. ``carried_out``: whether the platform did it (a visitor would have seen it)."""

    method: str
    params: dict[str, Any]
    at: float
    carried_out: bool = True
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """How to misbehave once. ``carry_out``: do what was asked all the same, before failing."""

    kind: str  # slow, status, cut, hang
    seconds: float = 0.0
    status: int = 500
    body: Any = None
    carry_out: bool = False


def slow(seconds: float) -> Fault:
    """Answer well, but late."""
    return Fault("slow", seconds=seconds, carry_out=True)


def status(code: int, body: Any = None) -> Fault:
    """Answer with this status."""
    return Fault("status", status=code, body=body)


def cut(after: bool) -> Fault:
    """End the connection without an answer, before or after doing what was asked."""
    return Fault("cut", carry_out=after)


class StandIn(ABC):
    """Runs as long as the ``with``. ``problems`` collects every breach of the contract."""

    def __init__(self) -> None:
        self.made: list[Made] = []
        self.problems: list[str] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.chance: Optional[Callable[[str, dict[str, Any]], Optional[Fault]]] = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=type(self).__name__, daemon=True)
        self.url = ""

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """The platform's routes."""

    def __enter__(self) -> Any:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"

    def fail_next(self, method: str, *faults: Fault) -> None:
        """Misbehave at the next calls of a method."""
        self.faults[method].extend(faults)

    def breach(self, problem: str) -> None:
        """Write down a breach of the contract."""
        self.problems.append(problem)

    def fault_for(self, method: str, params: dict[str, Any]) -> Optional[Fault]:
        """The fault that is due now, if any."""
        if self.faults[method]:
            return self.faults[method].popleft()
        return self.chance(method, params) if self.chance else None

    async def carry_out(
        self, request: web.Request, made: Made, answer: Callable[[], web.Response]
    ) -> web.StreamResponse:
        """Do a call, or misbehave."""
        fault = self.fault_for(made.method, made.params)
        made.carried_out = fault is None or fault.carry_out
        self.made.append(made)
        if fault is None:
            return answer()
        if fault.kind in ("slow", "hang"):
            done = answer() if fault.carry_out else None
            await asyncio.sleep(fault.seconds)
            return done or answer()
        if fault.kind == "cut":
            if fault.carry_out:
                answer()
            request.transport.close()
            return web.Response()
        return web.json_response(
            fault.body if fault.body is not None else self.error_body(fault.status), status=fault.status
        )

    def error_body(self, code: int) -> Any:
        """What the platform says for a status."""
        return {"error": code}

    def seen(self, *methods: str) -> list[dict[str, Any]]:
        """The parameters of the calls that were carried out, of these methods or of all that send."""
        return [m.params for m in self.made if m.carried_out and (m.method in methods or not methods)]

    def wait_for(self, condition: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Wait until a condition holds and return its value; AssertionError with what was seen instead."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := condition():
                return value
            time.sleep(0.01)
        shown = [(m.method, m.params, m.carried_out) for m in self.made[-6:]]
        raise AssertionError(f"it did not happen within {seconds} s; the last calls: {shown}")
