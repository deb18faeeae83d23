"""The kinds of value a visitor's words may hold, and their JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Mapping, Optional, Union


class NotAValue(ValueError):
    """JSON that describes none of the values there are."""

    def __init__(self, data: object) -> None:
        super().__init__(f"This describes no value: {data!r}")


@dataclass(frozen=True)
class DateSpan:
    """Days from ``first`` to ``last``, both included.

    ``grain``: day, days, weekend, week, month, season or holiday. ``lunar``: the visitor counted by the lunar calendar
    (the dates here are solar all the same). ``kind``: which holiday or season, as in ``words/*/dates.yml``.
    """

    first: date
    last: date
    grain: str = "day"
    lunar: bool = False
    kind: Optional[str] = None


@dataclass(frozen=True)
class Duration:
    """How long. ``minutes`` are those beyond whole days: half a day is 240."""

    days: Optional[int] = None
    nights: Optional[int] = None
    minutes: Optional[int] = None


@dataclass(frozen=True)
class Clock:
    """A time of day, in minutes from midnight."""

    minute: int


@dataclass(frozen=True)
class Party:
    """Who comes along. ``children``: an age in years for each, None where it is not told. ``oldest``: years.

    ``group``: family, couple, group or solo. ``adults`` None: not told (their number is not one).
    """

    adults: Optional[int] = None
    children: tuple[Optional[int], ...] = ()
    oldest: Optional[int] = None
    wheelchair: bool = False
    group: Optional[str] = None


@dataclass(frozen=True)
class Budget:
    """An amount of VND. ``per``: person or party, None where it is not told. ``at_most``: "under", "no more than"."""

    amount: int
    per: Optional[str] = None
    at_most: bool = False


@dataclass(frozen=True)
class Transport:
    """car, motorbike, bus, taxi, train, bicycle or walk."""

    mode: str


@dataclass(frozen=True)
class Ordinal:
    """Which one of several, counted from 1; -1 is the last."""

    index: int


Value = Union[DateSpan, Duration, Clock, Party, Budget, Transport, Ordinal]

KINDS: Mapping[str, type[Any]] = {
    "date": DateSpan,
    "duration": Duration,
    "clock": Clock,
    "party": Party,
    "budget": Budget,
    "transport": Transport,
    "ordinal": Ordinal,
}
_NAMES = {cls: name for name, cls in KINDS.items()}


@dataclass(frozen=True)
class Found:
    """A value in a text: ``text[start:end]`` says it. ``role``: begin or end, for a date or a clock that is one."""

    value: Value
    start: int
    end: int
    role: Optional[str] = None


def kind_of(value: Value) -> str:
    """The name of a value's kind, which is the name of its entity: ``date``, ``duration`` …"""
    return _NAMES[type(value)]


def to_json(value: Value) -> dict[str, Any]:
    """A value as plain data; its ``type`` is its kind, dates are ISO."""
    data: dict[str, Any] = {"type": kind_of(value)}
    for field in fields(value):
        item = getattr(value, field.name)
        data[field.name] = item.isoformat() if isinstance(item, date) else list(item) if type(item) is tuple else item
    return data


def from_json(data: Mapping[str, Any]) -> Value:
    """The value that ``to_json`` described; raises NotAValue for anything else."""
    try:
        cls = KINDS[data["type"]]
        given = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        if cls is DateSpan:
            given.update(first=date.fromisoformat(data["first"]), last=date.fromisoformat(data["last"]))
        if "children" in given:
            given["children"] = tuple(given["children"])
        value: Value = cls(**given)
    except (KeyError, TypeError, ValueError) as problem:
        raise NotAValue(data) from problem
    return value
