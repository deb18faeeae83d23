"""How long the kept tokens of the OA are good for. Apart from ``tokens``, so that whoever only looks needs no more."""

from __future__ import annotations

from typing import Any, Mapping

KEY = "tokens:zalo_oa"
REFRESH_LIFE_SECONDS = 90 * 86_400
WARN_SECONDS = 10 * 86_400


def refresh_left(pair: Mapping[str, Any], now: float) -> float:
    """For how many seconds the refresh token is still good, unless it is renewed before."""
    return float(pair.get("refreshed", 0)) + REFRESH_LIFE_SECONDS - now
