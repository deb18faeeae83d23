"""Forecasts kept for an hour, asked for once at a time, and never waited for longer than a visitor would."""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from typing import Callable, Mapping, NamedTuple, Optional, Protocol

from cachetools import TTLCache

from guide.weather.open_meteo import ask_open_meteo
from guide.weather.outlook import NoOutlook, Outlook

logger = logging.getLogger(__name__)

PUBLIC_SERVICE = "https://api.open-meteo.com/v1/forecast"
OFF = "off"
PATIENCE = 1.5  # seconds a visitor waits for a forecast that is not here yet
FRESH = 3600.0  # seconds; the service renews its models every few hours
USABLE = 6 * 3600.0  # seconds; an older one is better than none while the service can't be reached
PAUSE = 300.0  # seconds without asking after the service failed
CELLS = 512  # positions kept
SERVICE = "service"  # one failure counts for all positions
CELL_DEGREES = 0.01  # about a kilometre: foot and summit of a mountain are apart

Cell = tuple[float, float]


class Sky(Protocol):
    """Whoever can tell the weather of the next days."""

    def outlook(self, lat: float, lon: float) -> Optional[Outlook]:
        """The forecast at a position, or None where there is none to be had now."""


class _Kept(NamedTuple):
    outlook: Outlook
    since: float


class Forecaster:
    """Forecasts by position. Threads may share one: what is being asked for already is not asked for again."""

    def __init__(
        self,
        ask: Callable[[float, float], Outlook],
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._patience, self._clock = ask, patience, clock
        self._kept: TTLCache[Cell, _Kept] = TTLCache(CELLS, USABLE, clock)
        self._failed: TTLCache[str, bool] = TTLCache(1, PAUSE, clock)
        self._asking: dict[Cell, Future[Outlook]] = {}
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="weather")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Optional[Forecaster]:
        """The one that TRUC_WEATHER_URL and TRUC_WEATHER_KEY name: Open-Meteo's public service; None for ``off``."""
        url, key = environ.get("TRUC_WEATHER_URL") or PUBLIC_SERVICE, environ.get("TRUC_WEATHER_KEY")
        return None if url == OFF else cls(lambda lat, lon: ask_open_meteo(url, lat, lon, key))

    def outlook(self, lat: float, lon: float) -> Optional[Outlook]:
        """The forecast at a position. One that is an hour old is given at once and renewed meanwhile."""
        cell = (round(lat / CELL_DEGREES) * CELL_DEGREES, round(lon / CELL_DEGREES) * CELL_DEGREES)
        with self._lock:
            kept = self._kept.get(cell)
            if kept and self._clock() - kept.since < FRESH:
                return kept.outlook
            asking = None if SERVICE in self._failed else self._asked(cell)
        if kept or not asking:
            return kept.outlook if kept else None
        try:
            return asking.result(self._patience)
        except (NoOutlook, TookTooLong):
            return None

    def _asked(self, cell: Cell) -> Future[Outlook]:
        if cell not in self._asking:
            self._asking[cell] = self._threads.submit(self._renew, cell)
        return self._asking[cell]

    def _renew(self, cell: Cell) -> Outlook:
        try:
            outlook = self._ask(*cell)
        except NoOutlook as fault:
            logger.warning("no forecast for the next %d minutes: %s", PAUSE // 60, fault)
            with self._lock:
                self._failed[SERVICE] = True
            raise
        else:
            with self._lock:
                self._kept[cell] = _Kept(outlook, self._clock())
            return outlook
        finally:
            with self._lock:
                del self._asking[cell]
