"""The plan as everybody else gets it: days of legs, visits and meals, reasons, warnings, costs and what was left out.

Times are whole minutes from midnight, local time; distances are km, money is VND for one grown person. Every type has a
JSON form that reads back the same, so that plans can be kept, compared and rendered anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Iterator, Mapping, Optional, Union

from guide.calendar.lunar import LunarDate, to_lunar
from guide.planner.notes import Note
from guide.planner.request import TripRequest
from guide.refs import Ref


@dataclass(frozen=True)
class SourceLine:
    """Where a figure comes from, as far as a reader of the plan needs it. ``basis`` as in the records."""

    title: str
    url: Optional[str] = None
    date: Optional[str] = None
    basis: str = "published"
    publisher: Optional[str] = None


@dataclass(frozen=True)
class Leg:
    """A way between two subjects. ``mode``: car, motorbike, bus, taxi or walk; ``afloat``: its ferries and boats.

    ``minutes`` include ``wait`` (for a ferry or a coach); ``via`` are nodes of the road graph, ``bridges`` ids.
    ``approximate``: a part was estimated. ``toll``: a part charges one.
    """

    start: Ref
    end: Ref
    mode: str
    departs: int
    arrives: int
    km: float
    wait: int = 0
    via: tuple[Ref, ...] = ()
    roads: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()
    afloat: tuple[str, ...] = ()
    toll: bool = False
    approximate: bool = False
    sources: tuple[SourceLine, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes, waiting included."""
        return self.arrives - self.departs


@dataclass(frozen=True)
class StopOver:
    """A part of a visit: reached by ``by`` (walk, cable_car, electric_car, car), from ``arrive`` to ``leave``."""

    place: Ref
    by: str
    arrive: int
    leave: int
    line: Optional[Ref] = None


@dataclass(frozen=True)
class Meal:
    """Lunch at a place: known eating places there, and dishes of the area.

    ``kind``: town, or on a visit also aboard (its boat), stalls (on the mountain) or picnic (bring it along).
    """

    place: Ref
    arrive: int
    leave: int
    options: tuple[Ref, ...] = ()
    dishes: tuple[Ref, ...] = ()
    kind: str = "town"


@dataclass(frozen=True)
class Fee:
    """What one person pays ``on`` something. ``low`` None: it costs something, the amount is not known."""

    on: Ref
    low: Optional[int] = None
    high: Optional[int] = None
    child: Optional[int] = None
    stale: bool = False
    as_of: Optional[date] = None


@dataclass(frozen=True)
class Visit:
    """A visit from ``arrive`` to ``leave``. ``way`` names how a complex is seen; ``hours``: stated, daylight, open_air.

    ``lunch`` where it is had during the visit. ``why``: the reasons for choosing it, weightiest first.
    """

    outing: str
    place: Ref
    arrive: int
    leave: int
    effort: str
    hours: str
    opens: int
    closes: int
    way: Optional[str] = None
    stops: tuple[StopOver, ...] = ()
    why: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    fees: tuple[Fee, ...] = ()
    lunch: Optional[Meal] = None
    estimated: bool = False
    source: Optional[SourceLine] = None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.leave - self.arrive


Item = Union[Leg, Visit, Meal]


@dataclass(frozen=True)
class Night:
    """A night in a town: where one can stay, and where and what one can eat there."""

    place: Ref
    options: tuple[Ref, ...] = ()
    eating: tuple[Ref, ...] = ()
    dishes: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Day:
    """One day: from ``start`` to ``end`` in order; ``night`` None on the last one."""

    number: int
    date: date
    start: Ref
    end: Ref
    items: tuple[Item, ...]
    night: Optional[Night] = None

    @property
    def lunar(self) -> LunarDate:
        """The day in the lunar calendar."""
        return to_lunar(self.date)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The ways of the day."""
        return tuple(item for item in self.items if isinstance(item, Leg))

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits of the day."""
        return tuple(item for item in self.items if isinstance(item, Visit))

    @property
    def lunch(self) -> Optional[Meal]:
        """Lunch, on its own or during a visit."""
        own = next((item for item in self.items if isinstance(item, Meal)), None)
        return own or next((visit.lunch for visit in self.visits if visit.lunch), None)

    @property
    def begins(self) -> Optional[int]:
        """When one sets out; None on a day without anything."""
        first = self.items[0] if self.items else None
        return first.departs if isinstance(first, Leg) else first.arrive if first else None

    @property
    def ends(self) -> Optional[int]:
        """When one is back or at the night's town."""
        last = self.items[-1] if self.items else None
        return last.arrives if isinstance(last, Leg) else last.leave if last else None


@dataclass(frozen=True)
class LeftOut:
    """A place that is not in the plan though it was wished for or would have been worth it, and why."""

    place: Ref
    why: Note
    wished: bool = False


@dataclass(frozen=True)
class Alternative:
    """What to do instead: ``when`` is rain or less_walking; ``way`` where it is another way of the same visit."""

    when: str
    day: int
    instead_of: Ref
    place: Ref
    outing: str
    way: Optional[str] = None


@dataclass(frozen=True)
class Cost:
    """Per grown person: from ``low`` to ``high`` where prices are known; ``unknown`` is what has a price nobody told.

    ``children``: the low sum for one child. ``stale``: some of the prices are old.
    """

    low: int
    high: int
    children: int = 0
    unknown: tuple[Note, ...] = ()
    stale: bool = False


@dataclass(frozen=True)
class Itinerary:
    """A whole trip. ``request`` is what was asked, from which it can be changed; ``transport`` … what was settled."""

    request: TripRequest
    days: tuple[Day, ...]
    transport: str
    pace: str
    effort: str
    cost: Cost
    assumptions: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def start(self) -> Ref:
        """Where the trip begins."""
        return self.days[0].start

    @property
    def end(self) -> Ref:
        """Where the trip ends."""
        return self.days[-1].end

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All visits in order."""
        return tuple(visit for day in self.days for visit in day.visits)

    @property
    def km(self) -> int:
        """All ways together."""
        return round(sum(leg.km for day in self.days for leg in day.legs))

    @property
    def travel_minutes(self) -> int:
        """The time on all ways together, waiting included."""
        return sum(leg.minutes for day in self.days for leg in day.legs)

    def day_of(self, place: Ref) -> Optional[int]:
        """The number of the day on which a place is visited or passed on a visit; None when it is not."""
        return next((day.number for day in self.days for visit in day.visits if place in seen_on(visit)), None)

    def to_json(self) -> dict[str, Any]:
        """A JSON object; ``from_json`` reads the same plan back."""
        written: dict[str, Any] = _write(self)
        return written

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Itinerary:
        """The plan that ``to_json`` wrote; ValueError where it is none."""
        try:
            plan: Itinerary = _read_as(cls, data)
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"this is no plan: {problem}") from problem
        return plan


def seen_on(visit: Visit) -> tuple[Ref, ...]:
    """The place of a visit and its parts."""
    return (visit.place, *(stop.place for stop in visit.stops))


# JSON: the classes above are plain; what a field holds is told by the tables below.

_TAGS: dict[type, str] = {Leg: "leg", Visit: "visit", Meal: "meal"}
_CLASSES: dict[str, type] = {tag: cls for cls, tag in _TAGS.items()}
_NESTED: dict[str, type] = {
    "days": Day,
    "night": Night,
    "stops": StopOver,
    "fees": Fee,
    "lunch": Meal,
    "left_out": LeftOut,
    "sources": SourceLine,
    "alternatives": Alternative,
    "cost": Cost,
    "source": SourceLine,
    "request": TripRequest,
}
_NOTES = ("why", "warnings", "unknown", "assumptions")
_REFS = ("start", "end", "place", "via", "options", "eating", "dishes", "on", "line", "instead_of")
_DATES = ("date", "as_of")


def _write(value: Any) -> Any:
    if isinstance(value, (TripRequest, Note)):
        return value.to_json()
    if isinstance(value, Ref):
        return str(value)
    if is_dataclass(value):
        return dict(_written_fields(value))
    if isinstance(value, tuple):
        return [_write(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _written_fields(value: Any) -> Iterator[tuple[str, Any]]:
    if type(value) in _TAGS:
        yield "is", _TAGS[type(value)]
    for field in fields(value):
        held = getattr(value, field.name)
        if held is not None and held != ():
            yield field.name, _write(held)


def _read_as(cls: type, data: Mapping[str, Any]) -> Any:
    if cls is TripRequest:
        return TripRequest.from_json(data)
    return cls(**{name: _read(cls, name, value) for name, value in data.items() if name != "is"})


def _read(cls: type, name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(cls, name, item) for item in value)
    if name == "items":
        return _read_as(_CLASSES[value["is"]], value)
    if name in _NOTES:
        return Note.from_json(value)
    if name in _NESTED and isinstance(value, Mapping):
        return _read_as(_NESTED[name], value)
    if name in _REFS:
        return Ref.parse(value)
    # A source's date may be a year only and stays text; a day's is a date.
    return date.fromisoformat(value) if name in _DATES and cls is not SourceLine else value
