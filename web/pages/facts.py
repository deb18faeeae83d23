"""The site database as the pages use it: one reader a process, and finished pages kept until a fact changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Callable, Hashable
from zoneinfo import ZoneInfo

from django.conf import settings

from guide.sitedb import SiteDb

TIME_ZONE = ZoneInfo(settings.TIME_ZONE)
KEPT_PAGES = 400  # about 40 kB each


def now() -> datetime:
    """The time at the sites. The one place of the pages where the clock is read."""
    return datetime.now(TIME_ZONE)


@lru_cache(maxsize=1)
def _open(path: Path) -> SiteDb:
    return SiteDb.open(path)


def site() -> SiteDb:
    """The reader that all threads share; DatabaseMissing or DatabaseBroken when there is none to be had."""
    return _open(settings.SITE_DB)


class Pages:
    """Finished pages, the last used kept. What was made from an older state of the database is never handed out."""

    def __init__(self, room: int = KEPT_PAGES) -> None:
        self.room = room
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, version: int, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """``make()``, or what it made before for the same version and key."""
        with self._lock:
            page = self._kept.get((version, key))
        if page is None:
            page = make()  # outside the lock: two threads may make the same page, none waits for another's
        with self._lock:
            self._kept[version, key] = page
            self._kept.move_to_end((version, key))
            while len(self._kept) > self.room:
                self._kept.popitem(last=False)
        return page


_pages = Pages()


def remembered(key: Hashable, make: Callable[[], bytes]) -> bytes:
    """``make()``, or what it made before for the same key and the same state of the database."""
    return _pages.get(site().version(), (settings.SITE_DB, key), make)
