"""The one open site database of this process."""

from __future__ import annotations

from functools import lru_cache

from guide.sitedb import SiteDb, default_path


@lru_cache(maxsize=1)
def site() -> SiteDb:
    """The site database for reading, which itself follows its file when that is replaced.

    Raises SiteDbError naming the file and the command that rebuilds it; the next call then tries again.
    """
    return SiteDb.open(default_path())
