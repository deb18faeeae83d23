"""The site database: built when it is missing or the shipped facts are newer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.sitedb import SiteDb, SiteDbError
from guide.sitedb.connecting import SCHEMA_VERSION
from ops.errors import DatabaseTrouble
from ops.freshness import Stamp, digest
from ops.screen import Screen, Stopwatch
from ops.settings import ROOT, Settings, shown

if TYPE_CHECKING:
    from guide.sitedb.loading import LoadReport

FACTS = ROOT / "data" / "facts"


def ensure_database(settings: Settings, screen: Screen) -> None:
    """Load data/facts when they changed since the last load, and make sure that the database can be read.

    Staff's edits are kept. Raises DatabaseTrouble.
    """
    stamp, facts = Stamp(settings.site_db), wanted()
    if stamp.matches(facts):
        check(settings)
        screen.line("database", f"up to date with data/facts ({shown(settings.site_db)})")
        return
    screen.doing("database", "loading data/facts")
    watch = Stopwatch()
    report = load_facts(settings)
    screen.line("database", f"data/facts loaded into {shown(settings.site_db)} ({watch})")
    if report.aside or report.kept:
        screen.plain("\n".join(f"  {'':<12} {line}" for line in str(report).splitlines()))


def wanted() -> str:
    """What a database must have been loaded from: these facts, into this schema."""
    return f"{digest([FACTS], ROOT)}-{SCHEMA_VERSION}"


def load_facts(settings: Settings, overwrite: bool = False) -> LoadReport:
    """Load data/facts into the site database, note from which facts, and return the loader's report.

    What visitors left in a database of before is moved to where it is kept now.
    Raises DatabaseTrouble.
    """
    # half a second that a start with nothing to load is spared
    from guide.sitedb.loading import load
    from guide.sitedb.moving import move_visits
    from guide.visits import Visits, VisitsBroken

    facts = wanted()
    settings.site_db.parent.mkdir(parents=True, exist_ok=True)
    try:
        report = load(FACTS, settings.site_db, overwrite=overwrite)
        move_visits(settings.site_db, Visits.at(settings.visits))
    except (SiteDbError, VisitsBroken) as fault:
        raise DatabaseTrouble(str(fault)) from fault
    Stamp(settings.site_db).write(facts)
    return report


def check(settings: Settings) -> None:
    """Raise DatabaseTrouble when the site database cannot be read."""
    try:
        SiteDb.open(settings.site_db)
    except SiteDbError as fault:
        raise DatabaseTrouble(str(fault)) from fault
