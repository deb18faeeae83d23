"""Does a kept trip still hold? What has become known of its days since it was planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Iterator, NamedTuple, Optional

from guide.planner.check import violations
from guide.planner.itinerary import Itinerary, Visit, seen_on
from guide.refs import Ref
from guide.sitedb.records import Notice

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

RULES = ("hours", "last cable car")  # what new facts can break without a notice; what closes has one


class News(NamedTuple):
    """Something that the plan did not know. ``code``: notice, gone (no longer in the database) or hours."""

    code: str
    day: int
    on: date
    place: Optional[Ref] = None
    notice: Optional[Notice] = None


def news(site: SiteDb, plan: Itinerary) -> tuple[News, ...]:
    """What a traveller must hear before all else, day by day; nothing for a plan that holds as it is."""
    gone = tuple(_gone(site, plan))
    return (*gone, *_notices(site, plan), *(() if gone else _broken(site, plan)))


def _gone(site: SiteDb, plan: Itinerary) -> Iterator[News]:
    for day in plan.days:
        for visit in day.visits:
            yield from (News("gone", day.number, day.date, ref) for ref in _subjects(visit) if site.find(ref) is None)


def _notices(site: SiteDb, plan: Itinerary) -> Iterator[News]:
    """Notices in force on the day for what is visited, each once a day, but for those that the plan itself tells."""
    for day in plan.days:
        told: set[int] = set()
        for visit in day.visits:
            known_of = (ref for ref in _subjects(visit) if site.find(ref))
            for notice in (found for ref in known_of for found in site.notices(day.date, ref)):
                if notice.id not in told and not _known(notice, visit):
                    told.add(notice.id)
                    yield News("notice", day.number, day.date, visit.place, notice)


def _subjects(visit: Visit) -> Iterator[Ref]:
    yield from seen_on(visit)
    yield from (stop.line for stop in visit.stops if stop.line)


def _known(notice: Notice, visit: Visit) -> bool:
    return any(said.code == "notice" and said.values.get("words") == dict(notice.words) for said in visit.warnings)


def _broken(site: SiteDb, plan: Itinerary) -> Iterator[News]:
    """Days on which a visit no longer fits the hours."""
    days = sorted({one.day for one in violations(site, plan) if one.rule in RULES})
    return (News("hours", day, plan.days[day - 1].date) for day in days)
