"""Where messages wait until they are answered, and the little that a channel must remember between two messages."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping

from bot.channels.messengers.stores.base import Buried, Job, Store, StoreFault, Verdict

__all__ = ["Buried", "Job", "Store", "StoreFault", "Verdict", "open_store", "store_address"]


def store_address(environ: Mapping[str, str]) -> str:
    """Where the environment says that the store is; usually var/channels.db."""
    var = Path(environ.get("TRUC_VAR") or "var").absolute()
    return environ.get("TRUC_CHANNELS_STORE") or f"sqlite:///{var / 'channels.db'}"


def open_store(url: str) -> Store:
    """The store at an address: ``sqlite:////var/lib/truc/channels.db``, another SQLAlchemy URL, or ``redis://host/0``.

    Raises StoreFault when it cannot be opened.
    """
    if url.startswith(("redis://", "rediss://", "unix://")):
        from bot.channels.messengers.stores.redis import RedisStore

        return RedisStore.open(url)
    from bot.channels.messengers.stores.sql import SqlStore

    return SqlStore.open(url)
