"""What a visitor wants of a trip. Everything may be left open; what is filled in by default is said in the plan."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Callable, Mapping, Optional

from guide.planner.tastes import interests
from guide.refs import Ref

MOST_DAYS = 7
PACES = ("slow", "normal", "full")
EFFORTS = ("easy", "moderate", "hard")
TRANSPORTS = ("car", "motorbike", "bus", "taxi")
FESTIVALS = ("any", "want", "avoid")
EARLIEST, LATEST = 4 * 60, 22 * 60  # a day of a trip lies within
SHORTEST_DAY = 4 * 60
MOST_WISHES = 20


class RequestError(ValueError):
    """The wishes for a trip cannot be meant so."""


class TooManyDays(RequestError):
    """A trip is planned for one to seven days."""

    def __init__(self, days: int) -> None:
        super().__init__(f"A trip of {days} days can't be planned: choose 1 to {MOST_DAYS}")
        self.days = days


class BadDayTimes(RequestError):
    """The day's beginning and end leave no day."""

    def __init__(self, begin: Optional[int], end: Optional[int]) -> None:
        super().__init__(f"A day from {begin} to {end} minutes after midnight is no day to travel in")
        self.begin, self.end = begin, end


class NotAChoice(RequestError):
    """A value that is none of those there are."""

    def __init__(self, field: str, value: object, choices: tuple[str, ...]) -> None:
        super().__init__(f"{field} can't be {value!r}: choose one of {', '.join(choices)}")
        self.field, self.value, self.choices = field, value, choices


class WantedAndAvoided(RequestError):
    """A place is to be seen and to be avoided at once."""

    def __init__(self, ref: Ref) -> None:
        super().__init__(f"{ref} is both wanted and avoided")
        self.ref = ref


class BadNumber(RequestError):
    """A number of people, years or money that cannot be."""

    def __init__(self, field: str, value: object) -> None:
        super().__init__(f"{field} can't be {value!r}")
        self.field, self.value = field, value


@dataclass(frozen=True)
class TripRequest:
    """A trip as it is wished for. Times are minutes from midnight, money is VND for each person.

    ``asked_on`` is the day of asking: the clock, passed in. ``first_day`` None: from ``month``, from a wanted festival,
    else the next weekend. ``nights``: a town (place) for each night, None where it is free. ``on_day``: places that
    must be seen on a certain day, counted from 1. ``route``: id of a linked route that the plan starts from. ``keep``:
    what an earlier plan had, (place, day), which a change should leave alone where it can; ``pinned``: on those very
    days; ``no_more``: and nothing else beside it but what must be.
    """

    asked_on: date
    days: int = 1
    start: Optional[Ref] = None
    end: Optional[Ref] = None
    first_day: Optional[date] = None
    month: Optional[int] = None
    begin: Optional[int] = None
    end_by: Optional[int] = None
    adults: int = 2
    children: tuple[int, ...] = ()
    oldest: Optional[int] = None
    wheelchair: bool = False
    pace: Optional[str] = None
    effort: Optional[str] = None
    interests: tuple[str, ...] = ()
    must: tuple[Ref, ...] = ()
    avoid: tuple[Ref, ...] = ()
    transport: Optional[str] = None
    budget: Optional[int] = None
    festivals: str = "any"
    nights: tuple[Optional[Ref], ...] = ()
    route: Optional[str] = None
    on_day: tuple[tuple[Ref, int], ...] = ()
    keep: tuple[tuple[Ref, int], ...] = ()
    pinned: bool = False
    no_more: bool = False

    def __post_init__(self) -> None:
        """Raise the RequestError that says what cannot be meant."""
        if not 1 <= self.days <= MOST_DAYS:
            raise TooManyDays(self.days)
        self._check_choices()
        self._check_times()
        self._check_numbers()
        both = next((ref for ref in self.must if ref in self.avoid), None)
        if both:
            raise WantedAndAvoided(both)

    def _check_choices(self) -> None:
        for field, choices in (
            ("pace", PACES),
            ("effort", EFFORTS),
            ("transport", TRANSPORTS),
            ("festivals", FESTIVALS),
        ):
            value = getattr(self, field)
            if value is not None and value not in choices:
                raise NotAChoice(field, value, choices)
        for interest in self.interests:
            if interest not in interests():
                raise NotAChoice("interests", interest, interests())

    def _check_times(self) -> None:
        begin = EARLIEST if self.begin is None else self.begin
        end = LATEST if self.end_by is None else self.end_by
        if not EARLIEST <= begin < end <= LATEST or end - begin < SHORTEST_DAY:
            raise BadDayTimes(self.begin, self.end_by)

    def _check_numbers(self) -> None:
        limits = (
            ("adults", self.adults, 0, 500),
            ("oldest", self.oldest, 0, 120),
            ("month", self.month, 1, 12),
            ("budget", self.budget, 0, 10**9),
            *(("children", age, 0, 17) for age in self.children),
        )
        for field, value, low, high in limits:
            if value is not None and not low <= value <= high:
                raise BadNumber(field, value)
        for field in ("must", "avoid", "on_day", "nights", "children", "interests"):
            if len(getattr(self, field)) > MOST_WISHES:
                raise BadNumber(field, len(getattr(self, field)))
        for _, day in self.on_day:
            if not 1 <= day <= self.days:
                raise BadNumber("on_day", day)

    def afresh(self) -> TripRequest:
        """The same wishes without regard to an earlier plan: for planning anew after other wishes."""
        return replace(self, keep=(), pinned=False, no_more=False)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of what is not at its default; ``from_json`` reads it back."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _written(value) for name, value in given.items() if value != _DEFAULTS.get(name, ...)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TripRequest:
        """The request that ``to_json`` wrote; RequestError where it was tampered with."""
        try:
            return cls(**{name: _READERS.get(name, _same)(value) for name, value in data.items()})
        except (TypeError, KeyError, AttributeError) as problem:
            raise RequestError(f"This is no request for a trip: {problem}") from problem


_DEFAULTS = {field.name: field.default for field in fields(TripRequest)}


def _written(value: Any) -> Any:
    if isinstance(value, Ref):
        return str(value)
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _same(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _refs(values: list[Any]) -> tuple[Any, ...]:
    return tuple(Ref.parse(value) if value else None for value in values)


def _pairs(values: list[Any]) -> tuple[tuple[Ref, int], ...]:
    return tuple((Ref.parse(ref), int(day)) for ref, day in values)


_READERS: dict[str, Callable[[Any], Any]] = {
    "asked_on": date.fromisoformat,
    "first_day": date.fromisoformat,
    "start": Ref.parse,
    "end": Ref.parse,
    "must": _refs,
    "avoid": _refs,
    "nights": _refs,
    "on_day": _pairs,
    "keep": _pairs,
}
