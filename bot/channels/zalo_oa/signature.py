"""Proof that a webhook call comes from Zalo: ``mac = sha256(appId + data + timeStamp + OA secret key)``, in hex.

``data`` is the raw body; ``timeStamp`` the body's, or the one of a header, whichever the signer took.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Mapping

from bot.channels.messengers.platform import Forged

HEADER, TIME_HEADER = "x-zevent-signature", "x-zevent-timestamp"
OLDEST_SECONDS, AHEAD_SECONDS = 2 * 3_600, 300
"""Zalo repeats a call for an hour and 50 minutes, with the same body."""


def mac(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """The signature of a body."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def check(
    headers: Mapping[str, str], body: bytes, parsed: Mapping[str, Any], app_id: str, secret: str, now: float
) -> None:
    """Raises Forged unless the body is signed with our secret, for our app, and not older than Zalo repeats."""
    given = headers.get(HEADER, "").strip()
    given = given[4:] if given.lower().startswith("mac=") else given
    stamps = {str(parsed.get("timestamp", "")), headers.get(TIME_HEADER, "").strip()} - {""}
    # All are computed, whichever fits: how long this takes tells nothing.
    fits = [hmac.compare_digest(given.encode(), mac(app_id, body, stamp, secret).encode()) for stamp in sorted(stamps)]
    if not any(fits) or str(parsed.get("app_id", "")) != app_id:
        raise Forged
    if not _is_fresh(parsed.get("timestamp"), now):
        raise Forged


def _is_fresh(stamp: object, now: float) -> bool:
    try:
        age = now - float(str(stamp)) / 1000
    except ValueError:
        return False
    return -AHEAD_SECONDS < age < OLDEST_SECONDS
