"""Where messages wait until they are answered, and the little that a channel must remember between two messages."""

from __future__ import annotations

from bot.channels.messengers.stores.base import Buried, Job, Store, StoreFault, Verdict

__all__ = ["Buried", "Job", "Store", "StoreFault", "Verdict", "open_store"]


def open_store(url: str) -> Store:
    """The store at an address: ``sqlite:////var/lib/truc/channels.db``, another SQLAlchemy URL, or ``redis://host/0``.

    Raises StoreFault when it cannot be opened.
    """
    if url.startswith(("redis://", "rediss://", "unix://")):
        from bot.channels.messengers.stores.redis import RedisStore

        return RedisStore.open(url)
    from bot.channels.messengers.stores.sql import SqlStore

    return SqlStore.open(url)
