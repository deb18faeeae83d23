"""Erasing a conversation from Rasa's tracker store, which has no call for it, whichever of Rasa's stores it is."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, RedisTrackerStore, SQLTrackerStore
from sanic import Sanic


class CannotErase(Exception):
    """This kind of tracker store has no way to erase a conversation"""


async def erase_conversation(app: Sanic, sender_id: str) -> None:
    """Remove all events of a conversation of this bot's, in a thread: a slow database holds nobody up. CannotErase."""
    await asyncio.get_running_loop().run_in_executor(None, erase_tracker, app.ctx.agent.tracker_store, sender_id)


def erase_tracker(tracker_store: Any, sender_id: str) -> None:
    """Remove all events of a conversation. Raises CannotErase. Blocks: call it in a thread where that matters."""
    store = tracker_store
    while hasattr(store, "_tracker_store"):  # Rasa wraps stores to make them fail-safe and awaitable
        store = store._tracker_store
    if hasattr(store, "erase"):
        store.erase(sender_id)
    elif isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == sender_id).delete()
            session.commit()
    elif isinstance(store, RedisTrackerStore):
        store.red.delete(store.key_prefix + sender_id)
    elif isinstance(store, InMemoryTrackerStore):
        store.store.pop(sender_id, None)
    else:
        raise CannotErase(f"conversations can't be erased from a {type(store).__name__}")
