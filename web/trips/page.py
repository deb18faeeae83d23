"""What the page of a kept trip shows: its days as they were planned, and what has become known since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Iterable, Iterator, Optional, Sequence

from guide.answers.compose import notice_line
from guide.answers.formats import listing
from guide.answers.trip_words import label
from guide.planner.itinerary import Day, Fee, Itinerary, Leg, Meal, SourceLine, Visit
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.records import Location, Place, Source, Venue
from guide.trips import links
from guide.trips.since import News, news
from guide.trips.store import Kept
from guide.trips.telling import TripTold
from web.pages import maps
from web.pages.facts import TIME_ZONE
from web.pages.home import place_url
from web.pages.words import LANGUAGES, say

SHOWN_VENUES = 3
COLOURS = 4  # of days on maps: .group-1 to .group-4


@dataclass(frozen=True)
class LegRow:
    """A way: what the timeline says of it."""

    leg: Leg
    start: str
    end: str
    bridges: str
    via: str
    is_leg: bool = True


@dataclass(frozen=True)
class VisitRow:
    """A visit with its number on the maps."""

    visit: Visit
    number: int
    group: int
    name: str
    url: str
    way: str
    why: list[str]
    parts: list[str]
    hours: str
    warnings: list[str]
    phone: Optional[str]
    is_visit: bool = True


@dataclass(frozen=True)
class MealRow:
    """Lunch on its own."""

    meal: Meal
    text: str
    venues: list[Venue]
    dishes: list[str]


@dataclass(frozen=True)
class NightShown:
    """Where a night is spent."""

    text: str
    venues: list[Venue]
    eating: list[Venue]
    dishes: list[str]


@dataclass(frozen=True)
class DayShown:
    """A day as the page lays it out."""

    day: Day
    title: str
    end: str
    km: float
    minutes: int
    rows: list[LegRow | VisitRow | MealRow]
    night: Optional[NightShown]
    map: Optional[maps.Drawing]
    group: int


@dataclass(frozen=True)
class FeeRow:
    """What one person pays somewhere."""

    name: str
    fee: Fee


@dataclass(frozen=True)
class Page:
    """Makes the parts of one page."""

    site: SiteDb
    plan: Itinerary
    lang: str

    @property
    def told(self) -> TripTold:
        """The plan in words."""
        return TripTold(self.site, self.plan, self.lang)

    def name(self, ref: Ref) -> str:
        """A subject as it is called."""
        return self.told.teller.words.name(ref)

    def _mid(self, ref: Ref) -> str:
        return self.told.teller.words.wording.mid(self.name(ref))

    def days(self) -> list[DayShown]:
        """All days, the visits numbered through."""
        numbers = count(1)
        return [self._day(day, numbers) for day in self.plan.days]

    def _day(self, day: Day, numbers: Iterator[int]) -> DayShown:
        group = group_of(day)
        rows = [self._row(item, group, numbers) for item in day.items]
        return DayShown(
            day, f"{self.name(day.start)} → {self.name(day.end)}", self.name(day.end), sum(leg.km for leg in day.legs),
            sum(leg.minutes for leg in day.legs), rows, self._night(day), self._day_map(day, rows), group,
        )  # fmt: skip

    def _row(self, item: Leg | Visit | Meal, group: int, numbers: Iterator[int]) -> LegRow | VisitRow | MealRow:
        if isinstance(item, Leg):
            bridges = [ref for id_ in item.bridges if self.site.find(ref := Ref("bridge", id_))]
            over, via = (listing(map(self._mid, dict.fromkeys(refs)), self.lang) for refs in (bridges, item.via))
            return LegRow(item, self.name(item.start), self.name(item.end), over, via)
        if isinstance(item, Meal):
            return MealRow(item, self.told.lunch(item), self._venues(item.options), self._names(item.dishes))
        told, place = self.told, self.site.find(item.place)
        return VisitRow(
            item, next(numbers), group, self.name(item.place),
            place_url(item.place.id, self.lang) if isinstance(place, Place) else "", told.way_of_visit(item) or "",
            told.why(item), told.parts(item), told.hours(item), told.warnings(item),
            place.phone if isinstance(place, Place) else None,
        )  # fmt: skip

    def _night(self, day: Day) -> Optional[NightShown]:
        if day.night is None:
            return None
        text = self.told.say("night", name=self.name(day.night.place))
        venues, eating = self._venues(day.night.options), self._venues(day.night.eating)
        return NightShown(text, venues, eating, self._names(day.night.dishes))

    def _venues(self, refs: Iterable[Ref]) -> list[Venue]:
        found = (self.site.find(ref) for ref in refs)
        return [venue for venue in found if isinstance(venue, Venue)][:SHOWN_VENUES]

    def _names(self, refs: Iterable[Ref]) -> list[str]:
        return self.told.teller.words.names(refs)

    # maps

    def _day_map(self, day: Day, rows: Sequence[object]) -> Optional[maps.Drawing]:
        return self._map([day], [row for row in rows if isinstance(row, VisitRow)], width=420, tallest=340, margin=48)

    def whole_map(self, days: Sequence[DayShown]) -> Optional[maps.Drawing]:
        """All days on one map."""
        rows = [row for shown in days for row in shown.rows if isinstance(row, VisitRow)]
        return self._map(self.plan.days, rows, width=900, tallest=520, margin=60)

    def _map(
        self, days: Sequence[Day], visits: Sequence[VisitRow], width: int, tallest: int, margin: float
    ) -> Optional[maps.Drawing]:
        pins = [
            maps.Mark(row.name, spot, row.number, f"#visit-{row.number}", row.group)
            for row in visits
            if (spot := self._spot(row.visit.place))
        ]
        seen = {row.visit.place for row in visits}
        ends = dict.fromkeys(ref for day in days for ref in (day.start, day.end) if ref not in seen)
        towns = [maps.Mark(self.name(ref), spot) for ref in ends if (spot := self._spot(ref))]
        ways = [(group_of(day), way) for day in days if (way := self._way(day))]
        return maps.draw(pins, towns, width, tallest, margin, ways=ways) if pins else None

    def _way(self, day: Day) -> list[Location]:
        passed = [ref for leg in day.legs for ref in (leg.start, *leg.via, leg.end)]
        return [spot for ref in passed if (spot := self._spot(ref))]

    def _spot(self, ref: Ref) -> Optional[Location]:
        return self.site.location(ref) if self.site.find(ref) else None

    # beside the days

    def news(self) -> list[str]:
        """What has become known since the plan was made."""
        return [self._news(one) for one in news(self.site, self.plan)]

    def _news(self, one: News) -> str:
        if one.notice and one.place:
            said = notice_line(one.notice, self.told.teller.words.wording)
            return say(self.lang, "trip.news_notice", day=one.day, name=self.name(one.place), text=said)
        if one.place:
            return say(self.lang, "trip.news_gone", day=one.day)
        return say(self.lang, "trip.news_hours", day=one.day)

    def fees(self) -> list[FeeRow]:
        """Tickets by place, each once."""
        fees = {fee.on: fee for visit in self.plan.visits for fee in visit.fees}
        return [FeeRow(self.name(ref), fee) for ref, fee in fees.items()]

    def sources(self) -> list[Source | SourceLine]:
        """What was published of ways, visits and hours, each once."""
        lines: list[Source | SourceLine | None] = [
            source for day in self.plan.days for leg in day.legs for source in leg.sources
        ]
        for visit in self.plan.visits:
            lines += [visit.source, self.told.hours_source(visit) if visit.hours == "stated" else None]
        published = {(one.title, one.url): one for one in lines if one and one.basis == "published"}
        return list(published.values())

    def again(self) -> str:
        """What a visitor would say to have the like planned anew."""
        words = self.told.teller.words
        places = listing(words.names(visit.place for visit in self.plan.visits), self.lang)
        transport = label(words, "transport", self.plan.transport) or ""
        start, days = self.name(self.plan.start), len(self.plan.days)
        return say(self.lang, "trip.again", days=days, start=start, transport=transport, places=places)


def group_of(day: Day) -> int:
    """The colour of a day on the maps."""
    return (day.number - 1) % COLOURS + 1


def context(site: SiteDb, trip_id: str, kept: Kept, lang: str, today: date, base: str) -> dict[str, Any]:
    """Everything that the template needs."""
    page = Page(site, kept.plan, lang)
    teller, days, words = page.told.teller, page.days(), page.told.teller.words
    return {
        "canonical": links.page_url(trip_id, lang, base),
        "versions": [(code, links.page_url(trip_id, code, base)) for code in LANGUAGES],
        "widget_modules": (),  # not wanted at once: the plan comes first
        "files": {name: getattr(links, name)(trip_id, lang, "") for name in ("ics", "gpx", "qr")},
        "today": today, "plan": kept.plan, "kept": kept, "name": page.told.name, "summary": teller.title(),
        "start": page.name(kept.plan.start), "first": kept.plan.days[0].date, "last": kept.plan.days[-1].date,
        "transport": label(words, "transport", kept.plan.transport), "pace": label(words, "pace", kept.plan.pace),
        "over": kept.plan.days[-1].date < today, "expires": kept.expires_on.astimezone(TIME_ZONE).date(),
        "news": page.news(), "days": days, "map": page.whole_map(days), "fees": page.fees(),
        "unknown_costs": words.notes("unknown", kept.plan.cost.unknown), "cost": kept.plan.cost,
        "warnings": words.notes("warn", kept.plan.warnings), "left_out": teller.left_out(),
        "alternatives": teller.alternatives(), "assumed": words.notes("assume", kept.plan.assumptions),
        "sources": page.sources(), "again": page.again(),
    }  # fmt: skip
