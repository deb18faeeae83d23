"""A throw-away copy of the site database, to see what a change would do."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Iterator, NamedTuple, Optional, Sequence

from guide.sitedb.connecting import open_file
from guide.sitedb.database import SiteDb
from guide.sitedb.history import between, last
from guide.sitedb.records import Change
from guide.sitedb.writes import Write, apply


class Preview(NamedTuple):
    """A copy in which the changes are made, and what they change."""

    site: SiteDb
    changes: list[Change]


@contextmanager
def copy_of(site: SiteDb) -> Iterator[SiteDb]:
    """A copy of the database as it is now, writable, gone afterwards. Takes about 50 ms; holds up no writer."""
    with tempfile.TemporaryDirectory(prefix="truc-") as folder:
        path = Path(folder) / "site.db"
        target = open_file(path)
        try:
            site.connection.backup(target)
        finally:
            target.close()
        copy = SiteDb.open(path, writable=True)
        try:
            yield copy
        finally:
            copy.close()


@contextmanager
def preview(site: SiteDb, writes: Sequence[Write], actor: str, today: Optional[date]) -> Iterator[Preview]:
    """A copy with these changes made. Raises what making them would raise: Invalid, ChangedMeanwhile, NotFound."""
    with copy_of(site) as copy:
        before = last(copy.connection)
        with copy.acting(actor, today):
            apply(copy, writes)
        yield Preview(copy, between(copy.connection, before + 1))
