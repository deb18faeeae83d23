"""What a change did to a plan: added, dropped, moved, other nights, how much further and longer."""

from __future__ import annotations

from dataclasses import dataclass

from guide.planner.itinerary import Itinerary, Visit
from guide.refs import Ref


@dataclass(frozen=True)
class Moved:
    """A place that is seen on another day than before."""

    place: Ref
    before: int
    after: int


@dataclass(frozen=True)
class Difference:
    """Between two plans. ``km`` and ``minutes`` of travel: after minus before. ``ways``: visits made in another way."""

    added: tuple[Ref, ...] = ()
    dropped: tuple[Ref, ...] = ()
    moved: tuple[Moved, ...] = ()
    ways: tuple[Visit, ...] = ()
    nights: tuple[Ref, ...] = ()
    days: int = 0
    km: int = 0
    minutes: int = 0
    begins: int = 0  # minutes that the first day begins later
    transport: str | None = None
    start: Ref | None = None

    def __bool__(self) -> bool:
        return self != Difference()


def difference(before: Itinerary, after: Itinerary) -> Difference:
    """What the second plan has that the first one had not, and the other way round."""
    then, now = _visits(before), _visits(after)
    slept = [day.night.place for day in before.days if day.night]
    sleeps = [day.night.place for day in after.days if day.night]
    return Difference(
        added=tuple(place for place in now if place not in then),
        dropped=tuple(place for place in then if place not in now),
        moved=tuple(
            Moved(place, then[place][0], day)
            for place, (day, _) in now.items()
            if place in then and then[place][0] != day
        ),
        ways=tuple(
            visit for place, (_, visit) in now.items() if place in then and then[place][1].outing != visit.outing
        ),
        nights=tuple(dict.fromkeys(place for place in sleeps if place not in slept)),
        days=len(after.days) - len(before.days),
        km=after.km - before.km,
        minutes=after.travel_minutes - before.travel_minutes,
        begins=(after.days[0].begins or 0) - (before.days[0].begins or 0),
        transport=after.transport if after.transport != before.transport else None,
        start=after.start if after.start != before.start else None,
    )


def _visits(plan: Itinerary) -> dict[Ref, tuple[int, Visit]]:
    return {visit.place: (day.number, visit) for day in plan.days for visit in day.visits}
