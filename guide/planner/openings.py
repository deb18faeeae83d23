"""When something can be visited on the days of a trip: stated hours, else daylight; closures; festivals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Iterable, Optional, Sequence

from guide.calendar.festivals import occurrences
from guide.calendar.hours import TIME_ZONE, open_today
from guide.calendar.lunar import to_lunar
from guide.planner.outings import Outing
from guide.refs import Ref
from guide.sitedb.records import Festival, Holiday, Notice, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ASSUMED = (7 * 60, 17 * 60)  # where no hours are known: by daylight
CABLE_CAR_ASSUMED = (7 * 60, 16 * 60 + 30)  # where its hours are not known: nobody should hope for the last cabin
OPEN_AIR = ("city", "beach", "bay", "island", "viewpoint", "nature")  # these have no doors: sunrise to sunset
SUNRISE, SUNSET = 6 * 60, 17 * 60 + 30  # where no sun times are known
SATURDAY = 5
STATED, DAYLIGHT, UNFENCED = "stated", "daylight", "open_air"

Span = tuple[int, int]  # minutes from midnight, both inclusive


@dataclass(frozen=True)
class Hours:
    """The spans of one day, and how they are known: stated, daylight (assumed) or open_air."""

    spans: tuple[Span, ...]
    basis: str


class Openings:
    """Hours, closures and festivals on the days of one trip."""

    assumed = ASSUMED

    def __init__(self, site: SiteDb, days: Sequence[date]) -> None:
        self.site, self.days = site, tuple(days)
        self._holidays = tuple(day for holiday in site.holidays() for day in holiday.dates)
        self._notices = {day: site.notices(day) for day in self.days}
        self._held = {day: tuple(held_on(site, day)) for day in self.days}
        self._hours: dict[tuple[str, date], Hours] = {}

    def hours(self, outing: Outing, day: date) -> Hours:
        """When the outing may take place, its place's hours and its cable cars' together; no span: not on that day."""
        if (outing.id, day) not in self._hours:
            self._hours[outing.id, day] = self._worked_out(outing, day)
        return self._hours[outing.id, day]

    def _worked_out(self, outing: Outing, day: date) -> Hours:
        place: Place = self.site.get(outing.place)
        hours = self._of_place(place, day)
        merged = hours.spans
        for line in outing.lines:
            stated = self.site.get(line).hours
            merged = _common(merged, self._stated(stated, day) if stated else (CABLE_CAR_ASSUMED,))
        return Hours(tuple(self._limited(outing, merged)), hours.basis)

    def _of_place(self, place: Place, day: date) -> Hours:
        if place.hours:
            return Hours(self._stated(place.hours, day), STATED)
        if place.kind in OPEN_AIR:
            return Hours((self.sun(day),), UNFENCED)
        return Hours((ASSUMED,), DAYLIGHT)

    def _stated(self, expression: Optional[str], day: date) -> tuple[Span, ...]:
        if expression is None:
            return ((0, 24 * 60),)
        midnight = datetime.combine(day, time(), TIME_ZONE)
        spans = open_today(expression, midnight, self._holidays)
        return tuple((_minutes(start, day), _minutes(end, day)) for start, end in spans)

    def closing(self, expression: Optional[str], day: date) -> Optional[int]:
        """The last closing time of stated hours on that day; None where none are stated."""
        spans = self._stated(expression, day) if expression else ()
        return spans[-1][1] if spans else None

    def _limited(self, outing: Outing, spans: Iterable[Span]) -> Iterable[Span]:
        earliest = outing.earliest or 0
        latest = 24 * 60 if outing.latest is None else outing.latest + outing.minutes
        for opens, closes in spans:
            if min(closes, latest) > max(opens, earliest):
                yield max(opens, earliest), min(closes, latest)

    def sun(self, day: date) -> Span:
        """Sunrise and sunset of the day's month."""
        times = self.site.sun_times(day.month)
        return (_clock(times.sunrise), _clock(times.sunset)) if times else (SUNRISE, SUNSET)

    def closure(self, outing: Outing, day: date) -> Optional[Notice]:
        """The closure in force that day of the outing's place, of what contains it, of a stop or of a cable car."""
        closures = [notice for notice in self._notices[day] if notice.kind == "closure"]
        if not closures:
            return None
        touched = self._touched(outing)
        return next((notice for notice in closures if notice.subject is None or notice.subject in touched), None)

    def notices(self, outing: Outing, day: date) -> tuple[Notice, ...]:
        """Warnings and changes in force that day that concern the outing."""
        touched = self._touched(outing)
        return tuple(
            notice
            for notice in self._notices[day]
            if notice.kind in ("warning", "change") and notice.subject in touched
        )

    def _touched(self, outing: Outing) -> set[Ref]:
        around = (place.ref for id_ in outing.covers for place in self.site.ancestors(id_))
        return {*(Ref("place", id_) for id_ in outing.covers), *outing.lines, *around}

    def festivals(self, outing: Outing, day: date) -> tuple[Festival, ...]:
        """Festivals held that day where the outing goes."""
        return tuple(festival for festival in self._held[day] if set(festival.places) & outing.covers)

    def main_day(self, festival: Festival, day: date) -> bool:
        """Whether it is one of the festival's main days; its first one where none is named."""
        return day in main_days(festival, day)

    def holiday(self, day: date) -> Optional[Holiday]:
        """The holiday or crowded season's first day that falls on the day."""
        return next((holiday for holiday in self.site.holidays() if day in holiday.dates), None)

    def crowded(self, outing: Outing, day: date) -> bool:
        """Whether queues are to be expected: a festival on a weekend, a holiday or its main days."""
        held = self.festivals(outing, day)
        return bool(held) and (
            day.weekday() >= SATURDAY or day in self._holidays or any(self.main_day(festival, day) for festival in held)
        )


def held_on(site: SiteDb, day: date) -> Iterable[Festival]:
    """The festivals that are on that day, by their own calendar."""
    for festival in site.all("festival"):
        year = to_lunar(day).year if festival.lunar else day.year
        if any(occurrences(festival, near).includes(day) for near in (year - 1, year)):
            yield festival


def main_days(festival: Festival, day: date) -> tuple[date, ...]:
    """The main days of the festival's occurrence around that day; the first day where none is named."""
    year = to_lunar(day).year if festival.lunar else day.year
    held = next((one for near in (year - 1, year) if (one := occurrences(festival, near)).includes(day)), None)
    return () if held is None else held.main or (held.start,)


def _common(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return tuple((opens, closes) for opens, closes in pairs if closes > opens)


def _minutes(moment: datetime, day: date) -> int:
    local = moment.astimezone(TIME_ZONE)
    return local.hour * 60 + local.minute + 24 * 60 * (local.date() - day).days


def _clock(text: str) -> int:
    hours, minutes = text.split(":")[:2]
    return int(hours) * 60 + int(minutes)
