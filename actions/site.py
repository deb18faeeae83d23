"""The one open site database of this process. Reopened when its file was replaced."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Optional

from guide.sitedb import SiteDb, default_path

_open: Optional[tuple[tuple[int, int], SiteDb]] = None


def site() -> SiteDb:
    """The site database for reading; raises SiteDbError naming the file and the command that rebuilds it."""
    global _open
    path = Path(default_path())
    identity = _identity(path)
    if _open is None or _open[0] != identity or identity == (0, 0):
        _open = (identity, SiteDb.open(path))
    return _open[1]


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
