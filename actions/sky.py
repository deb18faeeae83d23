"""The one weather service of this process."""

from __future__ import annotations

from functools import lru_cache
from typing import Optional

from guide.weather import Forecaster


@lru_cache(maxsize=1)
def sky() -> Optional[Forecaster]:
    """Who is asked for forecasts, as the environment names it (docs/operations.md); None where they are off."""
    return Forecaster.from_environ()
