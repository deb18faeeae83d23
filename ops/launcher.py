"""Starts servers side by side, keeps them alive, and ends them all.

A server that dies, or is silent for a minute, is started again after a pause that doubles with every failure in a row.
Every server is a process group of its own, so that nothing it started is left behind, and on Linux it is told to end
when the launcher itself is killed.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ops.errors import StartFailed
from ops.health import answers
from ops.settings import shown

Tell = Callable[[str, str], None]
"""Called with the name of a server and what has happened to it."""


@dataclass(frozen=True)
class Service:
    """A server: how it is started, and the URL that answers 200 once it is ready. Times in seconds."""

    name: str
    command: Sequence[str]
    health: str
    log: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    patience: float = 90.0  # the time it has to become ready


@dataclass(frozen=True)
class Pace:
    """How often and how long the launcher waits, in seconds."""

    first_pause: float = 1.0
    longest_pause: float = 60.0
    calm: float = 60.0  # a server that lived this long begins again at the first pause
    poll: float = 0.1  # between two looks at a server that is starting
    check: float = 10.0  # between two looks at one that is running
    silence: float = 60.0  # a running server that does not answer for so long is started again
    farewell: float = 8.0  # the time to end by itself before it is killed

    def pause(self, failures: int) -> float:
        """The pause after so many failures in a row, the first being 1."""
        return min(self.longest_pause, self.first_pause * 2 ** (failures - 1))


USUAL_PACE = Pace()


class Keeper:
    """Keeps one service alive."""

    def __init__(self, service: Service, tell: Tell, pace: Pace) -> None:
        self.service = service
        self.restarts = 0
        self.started: float | None = None  # wall clock, when it last became ready
        self._tell = tell
        self._pace = pace
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> float:
        """Start it and wait until it answers; return the seconds that took. Raises StartFailed."""
        began = time.monotonic()
        self._process = await _spawn(self.service)
        while not await answers(self.service.health):
            if self._process.returncode is not None:
                raise self._failed(_ending(self._process.returncode))
            if time.monotonic() - began > self.service.patience:
                await self.kill()
                raise self._failed(f"it did not answer at {self.service.health} within {self.service.patience:.3g} s")
            await asyncio.sleep(self._pace.poll)
        self.started = time.time()
        return time.monotonic() - began

    async def keep(self) -> None:
        """Start it again whenever it goes down, until cancelled."""
        failures = 0
        while True:
            began = time.monotonic()
            reason: str | None = await self._until_down()
            if time.monotonic() - began > self._pace.calm:
                failures = 0
            while reason:
                failures += 1
                reason = await self._start_again(reason, self._pace.pause(failures))

    async def _start_again(self, reason: str, pause: float) -> str | None:
        """Say why it is down, wait, start it; return why that failed, or None."""
        self.started = None
        log = self.service.log
        self._tell(self.service.name, f"is down: {reason}. Starting it again in {pause:.3g} s; its log is {shown(log)}")
        await asyncio.sleep(pause)
        self.restarts += 1
        try:
            seconds = await self.start()
        except StartFailed as failure:
            return failure.reason
        self._tell(self.service.name, f"is back ({seconds:.1f} s)")
        return None

    async def _until_down(self) -> str:
        """Wait until it has died, or has been silent for too long and was killed; return which."""
        assert self._process is not None
        exit_ = asyncio.ensure_future(self._process.wait())
        heard = time.monotonic()
        try:
            while not (await asyncio.wait({exit_}, timeout=self._pace.check))[0]:
                if await answers(self.service.health, timeout=min(5.0, self._pace.silence)):
                    heard = time.monotonic()
                elif time.monotonic() - heard > self._pace.silence:
                    await self.kill()
                    return f"it did not answer for {self._pace.silence:.3g} s"
        finally:
            exit_.cancel()
        self._signal(signal.SIGKILL)  # what it may have left behind
        return _ending(exit_.result())

    def terminate(self) -> None:
        """Ask it and all that it started to end."""
        self._signal(signal.SIGTERM)

    async def kill(self) -> None:
        """End it and all that it started, now."""
        self._signal(signal.SIGKILL)
        await self.ended()

    async def ended(self) -> None:
        """Wait until its process has ended."""
        if self._process:
            await self._process.wait()
            self.started = None

    def _signal(self, number: signal.Signals) -> None:
        if self._process:
            with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
                os.killpg(self._process.pid, number)

    def _failed(self, reason: str) -> StartFailed:
        self._signal(signal.SIGKILL)
        return StartFailed(self.service.name, reason, self.service.log)


class Launcher:
    """Runs several services together. ``changed`` is called whenever a process is new, ready or gone."""

    def __init__(
        self,
        services: Sequence[Service],
        tell: Tell,
        changed: Callable[[Launcher], None] = lambda launcher: None,
        pace: Pace = USUAL_PACE,
    ) -> None:
        self.keepers = [Keeper(service, self._tell_changed, pace) for service in services]
        self._tell = tell
        self._pace = pace
        self._changed = changed
        self._tasks: list[asyncio.Task[None]] = []
        self._hurry = asyncio.Event()

    async def start(self) -> None:
        """Start all at once and wait until all are ready. When one fails, stop the others and raise its StartFailed."""
        for keeper in self.keepers:
            _set_aside(keeper.service.log)
        starting = [asyncio.ensure_future(self._start(keeper)) for keeper in self.keepers]
        try:
            await asyncio.gather(*starting)
        except BaseException:
            for task in starting:
                task.cancel()
            await asyncio.gather(*starting, return_exceptions=True)
            await self.stop()
            raise
        self._tasks = [asyncio.ensure_future(keeper.keep()) for keeper in self.keepers]

    async def _start(self, keeper: Keeper) -> None:
        seconds = await keeper.start()
        self._tell_changed(keeper.service.name, f"ready ({seconds:.1f} s)")

    async def stop(self) -> None:
        """End all: ask, wait, then kill what is left. ``hurry`` cuts the waiting short."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for keeper in self.keepers:
            keeper.terminate()
        hurry = asyncio.ensure_future(self._hurry.wait())
        await asyncio.wait({self._farewells(), hurry}, timeout=self._pace.farewell, return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()
        await asyncio.gather(*(keeper.kill() for keeper in self.keepers))
        self._changed(self)

    def _farewells(self) -> asyncio.Future[Any]:
        return asyncio.gather(*(keeper.ended() for keeper in self.keepers))

    def hurry(self) -> None:
        """Kill instead of waiting, when stopping."""
        self._hurry.set()

    def _tell_changed(self, name: str, text: str) -> None:
        self._changed(self)
        self._tell(name, text)


def _set_aside(log: Path) -> None:
    """Begin a new log; the one of the last time stays beside it."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))


async def _spawn(service: Service) -> asyncio.subprocess.Process:
    service.log.parent.mkdir(parents=True, exist_ok=True)
    with service.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *service.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=service.folder,
            env=dict(service.environ) or None,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )


_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Called in a new child process on Linux: it is told to end when this process ends, however that happens."""
    if _libc:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _ending(code: int) -> str:
    if code < 0:
        return f"it was ended by {signal.Signals(-code).name}"
    return f"it ended with exit code {code}"
