"""Where a subject stands: the place or gateway to travel to when somebody asks the way to a dish or a festival."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def standing_place(site: SiteDb, ref: Ref) -> Ref | None:
    """The place or gateway that this subject is at, begins at or is most bound to; None where it has none."""
    if ref.kind in ("place", "gateway"):
        return ref if site.find(ref) else None
    record = site.find(ref)
    candidates = _ANCHORS.get(ref.kind, _nowhere)(record) if record else ()
    return next((found for id_ in candidates if id_ and (found := site.node(id_))), None)


def _nowhere(_record: object) -> Iterable[str]:
    return ()


_ANCHORS = {
    "lodging": lambda venue: (venue.near,),
    "eating": lambda venue: (venue.near,),
    "person": lambda person: person.places,
    "festival": lambda festival: festival.places,
    "dish": lambda dish: dish.places,
    "route": lambda route: route.stops,
    "cable_car": lambda line: (line.start, line.end),
    "boat": lambda line: (line.start, line.end),
    "train": lambda train: (train.start, train.end),
    "bridge": lambda bridge: (bridge.id, *bridge.connects),
    "bus_line": lambda line: (*line.ends, *line.stops),
    "help": lambda help_: (help_.area, *help_.serves),
}
