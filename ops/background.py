"""Servers that run while something else goes on in this process: a chat, the tests, a measurement."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ops.launcher import Keeper, Launcher, Service, Tell


@contextmanager
def running(services: Sequence[Service], tell: Tell = lambda name, text: None) -> Iterator[list[Keeper]]:
    """Have these servers up inside the ``with``, kept alive from a thread. Raises StartFailed."""
    loop = asyncio.new_event_loop()
    launcher = Launcher(services, tell)
    thread = threading.Thread(target=loop.run_forever, name="launcher")
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(launcher.start(), loop).result()
        try:
            yield launcher.keepers
        finally:
            asyncio.run_coroutine_threadsafe(launcher.stop(), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
