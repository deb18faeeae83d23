"""What to do instead: in rain under a roof, and with less walking by an easier way of the same visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator, Optional

from guide.planner.build import Draft
from guide.planner.itinerary import Alternative
from guide.planner.outings import EFFORTS, Outing, catalogue_of
from guide.planner.problem import Solution

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

NEAR_MINUTES = 40  # from the visit that it takes the place of
RAIN, LESS_WALKING = "rain", "less_walking"


def alternatives_of(site: SiteDb, draft: Draft, solution: Solution) -> tuple[Alternative, ...]:
    """At most one of each for a day, for the visit that needs it most."""
    return tuple(one for day in range(len(draft.trip.days)) for one in _of_day(site, draft, solution, day))


def _of_day(site: SiteDb, draft: Draft, solution: Solution, day: int) -> Iterator[Alternative]:
    outings = [outing for node in solution.tours[day] if (outing := draft.nodes[node].outing)]
    seen = {id_ for tour in solution.tours for node in tour if (one := draft.nodes[node].outing) for id_ in one.covers}
    for outing in sorted(outings, key=lambda one: (-EFFORTS[one.effort], -one.minutes)):
        easier = _easier(site, draft, outing)
        if easier:
            yield Alternative(LESS_WALKING, day + 1, outing.place, easier.place, easier.id, easier.way)
            break
    for outing in sorted(outings, key=lambda one: -one.minutes):
        dry = None if outing.sheltered else _dry(site, draft, outing, day, seen)
        if dry:
            yield Alternative(RAIN, day + 1, outing.place, dry.place, dry.id, dry.way)
            break


def _easier(site: SiteDb, draft: Draft, outing: Outing) -> Optional[Outing]:
    """The best way of the same visit with less effort."""
    same = [
        other
        for other in catalogue_of(site).outings
        if other.place == outing.place
        and EFFORTS[other.effort] < EFFORTS[outing.effort]
        and other.minutes <= outing.minutes
        and not other.covers & draft.trip.avoid
    ]
    return max(same, key=lambda other: other.worth, default=None)


def _dry(site: SiteDb, draft: Draft, outing: Outing, day: int, seen: set[str]) -> Optional[Outing]:
    """A sheltered way of the same visit, else the best sheltered place near it that is open and not seen anyway."""
    same = [other for other in catalogue_of(site).outings if other.place == outing.place and other.sheltered]
    if same:
        return same[0]
    near = {}
    for at, node in enumerate(draft.nodes):
        other = node.outing
        if other and other.sheltered and not other.covers & seen and draft.problem.closes[day, at] >= 0:
            minutes = draft.trip.ways.matrix([outing.place], [other.place])[0, 0]
            if minutes <= NEAR_MINUTES and other.minutes <= outing.minutes:
                near[other.id] = other
    return max(near.values(), key=lambda other: other.points, default=None)
