"""A store on the event loop: every call runs in one thread of its own, in the order in which they were made."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Callable, TypeVar

from bot.channels.messengers.stores.base import Store

Result = TypeVar("Result")


class Shelf:
    """``await shelf(store.get, key, now)``: one thread, so that SQLite is never written by two at once from here."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="channels-store")

    async def __call__(self, call: Callable[..., Result], *arguments: Any) -> Result:
        """Run one call of the store. What it raises is raised here; a cancelled wait does not undo it."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(call, *arguments))

    def close(self) -> None:
        """Finish what was begun, then close the store."""
        self._thread.shutdown(wait=True)
        self.store.close()


_shared: dict[str, tuple[Shelf, int]] = {}


def share(url: str, make: Callable[[str], Store]) -> Shelf:
    """The shelf of this store, one for all channels of the process. Give it back with ``give_back``."""
    shelf, users = _shared.get(url) or (Shelf(make(url)), 0)
    _shared[url] = (shelf, users + 1)
    return shelf


def give_back(url: str) -> None:
    """Close the shelf when nobody uses it any more."""
    shelf, users = _shared.pop(url)
    if users > 1:
        _shared[url] = (shelf, users - 1)
    else:
        shelf.close()
