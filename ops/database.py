"""The site database: built when it is missing or the shipped facts are newer."""

from __future__ import annotations

from ops.freshness import Stamp, digest
from ops.screen import Screen, Stopwatch
from ops.settings import ROOT, Settings

FACTS = ROOT / "data" / "facts"


def ensure_database(settings: Settings, screen: Screen) -> None:
    """Load data/facts when they changed since the last load, and make sure that the database can be read.

    Staff's edits are kept. Raises guide.sitedb's errors, which name the file and the command that mends it.
    """
    from guide.sitedb import SiteDb

    stamp, facts = Stamp(settings.site_db), digest([FACTS], ROOT)
    if stamp.matches(facts):
        SiteDb.open(settings.site_db)
        screen.line("database", f"up to date with data/facts ({shown(settings)})")
        return
    screen.doing("database", "loading data/facts")
    watch = Stopwatch()
    load_facts(settings)
    screen.line("database", f"loaded data/facts into {shown(settings)} ({watch})")


def load_facts(settings: Settings, overwrite: bool = False) -> object:
    """Load data/facts into the site database and note from which facts; return the loader's report."""
    from guide.sitedb.loading import load

    facts = digest([FACTS], ROOT)
    settings.site_db.parent.mkdir(parents=True, exist_ok=True)
    report = load(FACTS, settings.site_db, overwrite=overwrite)
    Stamp(settings.site_db).write(facts)
    return report


def shown(settings: Settings) -> str:
    """The database's path as a person would say it."""
    path = settings.site_db
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
