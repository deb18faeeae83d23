"""How the messengers are and what could not be delivered, for the console. Blocks: call it in a thread."""

from __future__ import annotations

import time
from typing import Any

from bot.channels.messengers import state
from bot.channels.messengers.stores import StoreFault

SHOWN = 100


def messengers() -> dict[str, Any]:
    """``{"messengers": [State], "undelivered": [{"id", "channel", "at", "reason", "said"}]}``; Unix seconds."""
    try:
        store = state.kept_store()
        if store is None:
            return {"messengers": [], "undelivered": []}
        every = [vars(one) for one in state.states(store, time.time())]
        lost = [_told(one) for one in store.buried(SHOWN)]
    except StoreFault:
        return {"messengers": [], "undelivered": [], "fault": "store"}
    return {"messengers": every, "undelivered": lost}


def _told(one: Any) -> dict[str, Any]:
    channel = one.conversation.split(":", 1)[0]
    return {"id": one.id, "channel": channel, "at": one.at, "reason": one.reason, "said": state.said(one.body)}


def settle(id_: str, again: bool) -> bool:
    """Send one of them again, or take it off the list; False when that can't be done."""
    try:
        store = state.kept_store()
        if store is None:
            return False
        return state.send_again(store, id_) if again else id_.isdecimal() and store.unbury(id_) is not None
    except StoreFault:
        return False
