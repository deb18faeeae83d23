"""Festivals with the dates of their next occurrence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Iterable, Optional

from guide.calendar.festivals import Occurrence, next_occurrence
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.records import Festival, Place


@dataclass(frozen=True)
class Coming:
    """A festival with its next occurrence."""

    festival: Festival
    held: Occurrence
    on_now: bool
    places: tuple[Place, ...]


def coming_festivals(
    site: SiteDb, festivals: Iterable[Festival], today: date, limit: Optional[int] = None
) -> list[Coming]:
    """The festivals that are on or come next, soonest first."""
    held = [(festival, next_occurrence(festival, today)) for festival in festivals]
    held.sort(key=lambda pair: (pair[1].start, pair[0].id))
    return [_coming(site, festival, occurrence, today) for festival, occurrence in held[:limit]]


def _coming(site: SiteDb, festival: Festival, held: Occurrence, today: date) -> Coming:
    found = (site.find(Ref("place", id_)) for id_ in festival.places)
    return Coming(festival, held, held.includes(today), tuple(place for place in found if place is not None))
