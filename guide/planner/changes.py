"""What a visitor may change about a plan, as types, as the text of buttons, and as a new request.

A button carries ``plan:<change>`` or ``plan:<change>:<argument>``: ``plan:drop:place/chua-lan``,
``plan:move:place/con-son@2``, ``plan:transport:bus``. ``parse_change`` reads exactly what ``payload`` writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Optional, Union

from guide.planner.itinerary import Itinerary, seen_on
from guide.planner.request import EFFORTS, FESTIVALS, MOST_DAYS, PACES, TRANSPORTS, TripRequest
from guide.refs import KINDS, Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

LATER_MINUTES = 60
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_REF = rf"(?:{'|'.join(KINDS)})/{_ID}"


class CannotChange(ValueError):
    """The change makes no sense for this plan."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Drop:
    """Leave a place out."""

    place: Ref


@dataclass(frozen=True)
class Add:
    """See a place as well, on a certain day if one is named."""

    place: Ref
    day: Optional[int] = None


@dataclass(frozen=True)
class Swap:
    """See something else instead of a place: what is named, else what the planner finds."""

    place: Ref
    by: Optional[Ref] = None


@dataclass(frozen=True)
class Move:
    """See a place on another day."""

    place: Ref
    day: int


@dataclass(frozen=True)
class Later:
    """Set out later, by so many minutes."""

    minutes: int = LATER_MINUTES


@dataclass(frozen=True)
class Pace:
    """Do less or more in a day: slow, normal, full."""

    pace: str


@dataclass(frozen=True)
class Effort:
    """Bear no more than so much: easy, moderate, hard."""

    effort: str


@dataclass(frozen=True)
class Gentler:
    """Fewer stairs than in the plan, and a slower pace if there are hardly any."""


@dataclass(frozen=True)
class Transport:
    """Go by another means."""

    transport: str


@dataclass(frozen=True)
class Days:
    """So many days more, or less."""

    more: int


@dataclass(frozen=True)
class From:
    """Start (and end, where no other end was asked for) elsewhere."""

    start: Ref


@dataclass(frozen=True)
class Festivals:
    """Look for festivals, keep away from them, or neither: want, avoid, any."""

    festivals: str


@dataclass(frozen=True)
class Sleep:
    """Spend a night in a certain town."""

    place: Ref
    night: int


Change = Union[Drop, Add, Swap, Move, Later, Pace, Effort, Gentler, Transport, Days, From, Festivals, Sleep]
_WITHOUT_MORE = (Drop, Add, Move, Later, Sleep)  # nobody who drops a place has asked for another one
_NAMES: dict[type, str] = {
    Drop: "drop", Add: "add", Swap: "swap", Move: "move", Later: "later", Pace: "pace", Effort: "effort",
    Gentler: "gentler", Transport: "transport", Days: "days", From: "from", Festivals: "festivals", Sleep: "sleep",
}  # fmt: skip
_ARGUMENTS: dict[str, str] = {
    "drop": _REF, "add": rf"{_REF}(?:@[1-7])?", "swap": rf"{_REF}(?:,{_REF})?", "move": rf"{_REF}@[1-7]",
    "later": r"(?:30|60|90|120|180)", "pace": "|".join(PACES), "effort": "|".join(EFFORTS), "gentler": "",
    "transport": "|".join(TRANSPORTS), "days": r"[+-][1-6]", "from": _REF, "festivals": "|".join(FESTIVALS),
    "sleep": rf"{_REF}@[1-6]",
}  # fmt: skip
_PAYLOAD = re.compile(r"plan:(?P<name>[a-z]+)(?::(?P<argument>[^\s:]+))?")


def payload(change: Change) -> str:
    """The text of a button that makes this change."""
    name, values = _NAMES[type(change)], [getattr(change, field.name) for field in fields(change)]
    argument = _written(change, [value for value in values if value is not None])
    return f"plan:{name}:{argument}" if argument else f"plan:{name}"


def _written(change: Change, values: list[Any]) -> str:
    if isinstance(change, Days):
        return f"{change.more:+d}"
    if isinstance(change, Swap):
        return ",".join(map(str, values))
    return "@".join(map(str, values))


def parse_change(text: str) -> Optional[Change]:
    """Read a button's text; None for anything that is not exactly one."""
    found = _PAYLOAD.fullmatch(text)
    if found is None or found["name"] not in _ARGUMENTS:
        return None
    argument = found["argument"] or ""
    if not re.fullmatch(f"(?:{_ARGUMENTS[found['name']]})", argument):
        return None
    return _read(found["name"], argument)


def _read(name: str, argument: str) -> Change:
    cls = next(cls for cls, known in _NAMES.items() if known == name)
    if not argument:
        change: Change = cls()
        return change
    parts = re.split("[@,]", argument)
    values = [
        Ref.parse(part) if "/" in part else int(part) if re.fullmatch(r"[+-]?\d+", part) else part for part in parts
    ]
    change = cls(*values)
    return change


# what a change makes of the request


def changed(site: SiteDb, plan: Itinerary, change: Change) -> TripRequest:
    """The request for the plan after the change; CannotChange where it makes no sense.

    What the plan has is kept where it can be: on its day, unless days or start change.
    """
    request = _keeping(plan, change)
    if isinstance(change, (Drop, Add, Swap, Move)):
        return _of_places(plan, request, change)
    return _of_the_whole(plan, request, change)


def _keeping(plan: Itinerary, change: Change) -> TripRequest:
    """The request with what was settled, so that defaults that were said stay as they were."""
    kept = tuple((visit.place, day.number) for day in plan.days for visit in day.visits)
    start = plan.start if plan.request.start is None else plan.request.start
    return replace(
        plan.request,
        first_day=plan.days[0].date,
        start=start,
        keep=kept,
        pinned=not isinstance(change, (Days, From, Sleep)),
        no_more=isinstance(change, _WITHOUT_MORE),
    )


def _of_places(plan: Itinerary, request: TripRequest, change: Union[Drop, Add, Swap, Move]) -> TripRequest:
    if isinstance(change, Add):
        days = ((change.place, change.day),) if change.day else ()
        return _with(request, change.place, days)
    on = plan.day_of(change.place)
    if on is None:
        raise CannotChange("not_in_plan", ref=change.place)
    if isinstance(change, Move):
        if not 1 <= change.day <= request.days:
            raise CannotChange("no_such_day", day=change.day)
        if on == change.day:
            raise CannotChange("already_then", ref=change.place, day=change.day)
        return _with(request, change.place, ((change.place, change.day),))
    without = _without(plan, request, change.place)
    if isinstance(change, Swap) and change.by:
        return _with(without, change.by, ((change.by, on),))
    return without


def _with(request: TripRequest, place: Ref, days: tuple[tuple[Ref, int], ...]) -> TripRequest:
    others = tuple(pair for pair in request.on_day if pair[0] != place)
    keep = tuple(pair for pair in request.keep if pair[0] != place)
    must = tuple(dict.fromkeys((*request.must, place)))
    avoid = tuple(ref for ref in request.avoid if ref != place)
    return replace(request, must=must, avoid=avoid, on_day=(*others, *days) if days else others, keep=keep)


def _without(plan: Itinerary, request: TripRequest, place: Ref) -> TripRequest:
    """A part of a visit that is not wanted leaves the rest of the visit; a visit takes its parts with it."""
    whole = any(visit.place == place for visit in plan.visits)
    parts = {part for visit in plan.visits if visit.place == place for part in seen_on(visit)} if whole else {place}
    must = tuple(ref for ref in request.must if ref not in parts)
    keep = tuple(pair for pair in request.keep if pair[0] != place)
    on_day = tuple(pair for pair in request.on_day if pair[0] not in parts)
    return replace(request, must=must, keep=keep, on_day=on_day, avoid=tuple(dict.fromkeys((*request.avoid, place))))


def _of_the_whole(plan: Itinerary, request: TripRequest, change: Change) -> TripRequest:
    if isinstance(change, Later):
        first = min(day.begins for day in plan.days if day.begins is not None)
        usual = request.begin or first
        return replace(request, begin=min(usual + change.minutes, 11 * 60))
    if isinstance(change, Gentler):
        return _gentler(plan, request)
    if isinstance(change, Days):
        return _other_days(request, change.more)
    if isinstance(change, From):
        same_end = request.end is None or request.end == request.start
        return replace(request, start=change.start, end=None if same_end else request.end)
    if isinstance(change, Sleep):
        if change.night >= request.days:
            raise CannotChange("no_such_day", day=change.night)
        nights = [*request.nights, *[None] * request.days][: request.days - 1]
        nights[change.night - 1] = change.place
        return replace(request, nights=tuple(nights))
    names = {Pace: "pace", Effort: "effort", Transport: "transport", Festivals: "festivals"}
    return replace(request, **{names[type(change)]: getattr(change, names[type(change)])})  # type: ignore[index]


def _gentler(plan: Itinerary, request: TripRequest) -> TripRequest:
    hardest = max((EFFORTS.index(visit.effort) for visit in plan.visits), default=0)
    if hardest:
        return replace(request, effort=EFFORTS[hardest - 1])
    if plan.pace == PACES[0]:
        raise CannotChange("as_gentle_as_can_be")
    return replace(request, pace=PACES[PACES.index(plan.pace) - 1])


def _other_days(request: TripRequest, more: int) -> TripRequest:
    days = request.days + more
    if not 1 <= days <= MOST_DAYS:
        raise CannotChange("too_many_days" if more > 0 else "too_few_days", days=MOST_DAYS if more > 0 else 1)
    on_day = tuple(pair for pair in request.on_day if pair[1] <= days)
    return replace(request, days=days, nights=request.nights[: days - 1], on_day=on_day)
