"""Account ids as keyed hashes: what trackers, logs and statistics see of a visitor. Only sending needs the real id."""

from __future__ import annotations

import hashlib
import hmac

SHOWN_DIGITS = 24


class Pseudonyms:
    """The same account always has the same name, and nobody without the key can tell which account it is."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, channel: str, account: str) -> str:
        """The conversation of an account, such as ``telegram:5f1e…``: what Rasa knows it as."""
        digest = hmac.new(self._key, f"{channel}:{account}".encode(), hashlib.sha256).hexdigest()
        return f"{channel}:{digest[:SHOWN_DIGITS]}"
