"""``./run``: everything up to date, three servers up, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal

from ops.database import ensure_database
from ops.errors import AlreadyRunning
from ops.launcher import Launcher
from ops.model import ensure_model
from ops.ports import require_free
from ops.screen import Screen, Stopwatch
from ops.services import services
from ops.settings import PORTS, Settings, shown
from ops.state import Running, State, forget


def serve(settings: Settings, screen: Screen) -> None:
    """Make what is missing, run the servers, and return when told to end by Ctrl-C or SIGTERM."""
    watch = Stopwatch()
    already = State.read(settings.state)
    if already:
        raise AlreadyRunning(already.pid)
    require_free(settings, tuple(PORTS))
    ensure_database(settings, screen)
    ensure_model(settings, screen)
    asyncio.run(_run(settings, screen, watch))


async def _run(settings: Settings, screen: Screen, watch: Stopwatch) -> None:
    launcher = Launcher(services(settings), screen.line, changed=lambda it: _note(it, settings))
    end = _until_signalled(launcher, screen)
    starting = asyncio.ensure_future(launcher.start())
    screen.doing("servers", "starting")
    try:
        await asyncio.wait({starting, end}, return_when=asyncio.FIRST_COMPLETED)
        if end.done():
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
        else:
            starting.result()
            _welcome(settings, screen, watch)
            await end
            await launcher.stop()
    finally:
        forget(settings.state)
    screen.plain("  All has ended.")


def _until_signalled(launcher: Launcher, screen: Screen) -> asyncio.Future[None]:
    """A future that is done at the first Ctrl-C or SIGTERM; the second one makes the launcher hurry."""
    loop = asyncio.get_running_loop()
    end: asyncio.Future[None] = loop.create_future()

    def signalled() -> None:
        if end.done():
            launcher.hurry()
        else:
            screen.plain("\n  Ending … (Ctrl-C again to kill)")
            end.set_result(None)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, signalled)
    return end


def _note(launcher: Launcher, settings: Settings) -> None:
    running = (
        Running(keeper.service.name, keeper.pid, settings.ports[keeper.service.name], keeper.started, keeper.restarts)
        for keeper in launcher.keepers
    )
    State(os.getpid(), tuple(running)).write(settings.state)


def _welcome(settings: Settings, screen: Screen, watch: Stopwatch) -> None:
    web = settings.url("web").replace("127.0.0.1", "localhost")
    screen.plain(
        f"\n  Trúc is ready ({watch}).\n\n"
        f"    Chat in the browser    {web}/\n"
        f"    Chat in the terminal   ./run chat\n"
        f"    REST                   {settings.url('bot')}/webhooks/rest/webhook\n\n"
        f"  Logs are in {shown(settings.logs)}. Ctrl-C ends everything.\n"
    )
