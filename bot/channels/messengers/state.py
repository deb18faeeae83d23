"""How the messengers are, for status, ``./run channel`` and the staff's console. Needs no Rasa, starts nothing."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

from sqlalchemy.engine import make_url

from bot.channels.credentials import CHANNELS
from bot.channels.messengers.alerts import alerts_of
from bot.channels.messengers.stores import Store, open_store, store_address
from bot.channels.zalo_oa.lifetime import KEY, refresh_left

SHOWN_CHARACTERS = 100


@dataclass(frozen=True)
class State:
    """One messenger. ``alerts``: reason → when it was met (Unix seconds); ``days_left`` of the refresh token, where the
    platform has one; ``undelivered``: messages that finally could not be sent."""

    channel: str
    alerts: Mapping[str, float]
    waiting: int
    undelivered: int
    days_left: Optional[int] = None

    @property
    def calm(self) -> bool:
        """Whether nobody has to do anything."""
        return not self.alerts and not self.undelivered


def kept_store(environ: Mapping[str, str] = os.environ) -> Optional[Store]:
    """The messengers' store; None while no messenger has ever run here. Raises StoreFault when it can't be opened."""
    address = store_address(environ)
    if address.startswith("sqlite") and not Path(make_url(address).database or "").exists():
        return None
    return _opened(address)


@lru_cache(maxsize=1)
def _opened(address: str) -> Store:
    return open_store(address)


def states(store: Store, now: float) -> Iterator[State]:
    """Every messenger of which anything is kept. Raises StoreFault."""
    buried = [one.conversation.split(":", 1)[0] for one in store.buried(limit=1_000)]
    for channel in CHANNELS:
        pair = store.get([KEY], now).get(KEY) if channel == "zalo_oa" else None
        state = State(
            channel,
            alerts_of(store, channel, now),
            len(store.waiting(channel)),
            buried.count(channel),
            int(refresh_left(pair, now) // 86_400) if pair else None,
        )
        if pair or state.waiting or not state.calm:
            yield state


def said(calls: Any) -> str:
    """The beginning of what kept calls were to say; "" when there is no text in them."""
    for call in calls if isinstance(calls, list) else []:
        params = call.get("params", {})
        text = params.get("text") or (params.get("message") or {}).get("text") or params.get("caption")
        return " ".join(str(text or "").split())[:SHOWN_CHARACTERS]
    return ""


def send_again(store: Store, id_: str) -> bool:
    """Put an undelivered message back to be sent, with which a running bot begins within seconds; False when there is
    none of this id, or it could not even be prepared."""
    one = store.unbury(id_) if id_.isdecimal() else None
    if one is None:
        return False
    if not one.body:
        store.bury(one.conversation, one.body, one.reason, one.at)
        return False
    store.add(one.conversation, one.body, time.time())
    return True
