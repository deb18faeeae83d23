"""What the messenger channels are told by ``credentials.yml`` and, where that is silent, by the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

from rasa.shared.exceptions import RasaException

from bot.channels.messengers.stores import store_address
from guide.keys import key_from

SETTLE_SECONDS = 0.08


class BadCredentials(RasaException):
    """A channel's entry in credentials.yml does not do"""


@dataclass(frozen=True)
class Common:
    """What all messengers share. ``settle`` in seconds: see ``workers.Workers``."""

    store: str
    key: bytes
    public_url: str = ""
    settle: float = SETTLE_SECONDS

    @classmethod
    def read(cls, given: Optional[Mapping[str, Any]], environ: Mapping[str, str] = os.environ) -> Common:
        """From a channel's entry, else from TRUC_CHANNELS_STORE, TRUC_CHANNELS_KEY and TRUC_PUBLIC_URL."""
        given, var = given or {}, Path(environ.get("TRUC_VAR") or "var").absolute()
        key = str(given.get("key") or environ.get("TRUC_CHANNELS_KEY") or "")
        return cls(
            store=str(given.get("store") or store_address(environ)),
            key=key_from(key, var / "channels.key"),
            public_url=str(given.get("public_url") or environ.get("TRUC_PUBLIC_URL") or "").rstrip("/"),
            settle=number(given, "settle", SETTLE_SECONDS),
        )


def required(given: Optional[Mapping[str, Any]], channel: str, *names: str) -> list[str]:
    """The settings of these names, all of which must be there. Raises BadCredentials naming what is missing."""
    given = given or {}
    missing = [name for name in names if not str(given.get(name) or "").strip()]
    if missing:
        raise BadCredentials(f"{channel}: {', '.join(missing)} missing in credentials.yml; see docs/channels.md")
    return [str(given[name]).strip() for name in names]


def number(given: Optional[Mapping[str, Any]], name: str, usual: float) -> float:
    """A number, which the environment gives as text. Raises BadCredentials."""
    value = (given or {}).get(name)
    try:
        return usual if value in (None, "") else float(value)
    except (TypeError, ValueError):
        raise BadCredentials(f"{name} is '{value}', but must be a number") from None


def switch(given: Optional[Mapping[str, Any]], name: str, usual: bool = False) -> bool:
    """Yes or no, which the environment gives as text."""
    value = (given or {}).get(name)
    return usual if value in (None, "") else str(value).strip().lower() in ("1", "true", "yes", "on")
