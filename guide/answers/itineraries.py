"""The linked routes that fit a wish, and a route measured on the road graph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Optional

from guide.answers.cues import days_in, found, tells
from guide.answers.months import months_asked
from guide.answers.places import same_area
from guide.answers.question import Question
from guide.refs import Ref
from guide.roads import RoadTrip, roads_of
from guide.sitedb.records import Route, Words

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


SEASONS = {"spring": (2, 3, 4), "summer": (5, 6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1)}
_END = r"(\d{1,2}(?:/\d{1,2})?)"
_RANGE = re.compile(rf"{_END}(?:\s*[–-]\s*[^\d;,.]{{0,12}}{_END})?([^\d;,.()]*)")


@dataclass(frozen=True)
class Wish:
    """What a visitor asks of a route, as far as they said."""

    days: Optional[int] = None
    themes: tuple[str, ...] = ()
    start: Optional[Ref] = None
    places: tuple[Ref, ...] = ()
    province: Optional[str] = None
    months: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.days or self.themes or self.start or self.places or self.province or self.months)


def wish_of(question: Question) -> Wish:
    """What the question asks of a route."""
    return Wish(
        days=days_in(question.text),
        themes=found(question.text, "theme"),
        start=question.origin,
        places=tuple(ref for ref in question.subjects if ref.kind in ("place", "gateway")),
        province=question.province,
        months=months_asked(question.text, question.now.date()),
    )


def months_of(route: Route) -> frozenset[int]:
    """The months that a route's season names: ranges of months or dates, seasons, lunar months turned into solar ones.

    A lunar month lies, for the most part, in the solar month that follows its number.
    """
    text = route.season.in_("vi").lower()
    if tells(route.season, "all_year"):
        return frozenset(range(1, 13))
    months = {month for season, named in SEASONS.items() if tells(route.season, season) for month in named}
    for first, last, after in _RANGE.findall(text):
        low, high = (int(end.rpartition("/")[2]) for end in (first, last or first))
        span = range(low, high + 1) if low <= high else (*range(low, 13), *range(1, high + 1))
        lunar = tells(Words(vi=after), "lunar")
        months |= {month % 12 + 1 if lunar else month for month in span}
    return frozenset(month for month in months if 1 <= month <= 12)


def stops_of(site: SiteDb, route: Route) -> list[Ref]:
    """The stops in order, as references."""
    return [ref for id_ in route.stops if (ref := site.node(id_))]


def fitting(site: SiteDb, wish: Wish) -> list[Route]:
    """The routes that meet the places, days and province named, and theme and months if any does; the best first."""
    rated = []
    for route in site.all("route"):
        stops = stops_of(site, route)
        if _passes(site, stops, wish.places) and _lasts(route, wish.days) and _within(site, stops, wish.province):
            rated.append((_score(site, route, stops, wish), route))
    if any(route.theme in wish.themes for _, route in rated):
        rated = [item for item in rated if item[1].theme in wish.themes]
    if wish.months:  # of those in season the ones made for it come first
        rated = [it for it in rated if months_of(it[1]) & set(wish.months)] or rated
        rated.sort(key=lambda it: len(months_of(it[1])))
    return [route for _, route in sorted(rated, key=lambda item: -item[0])]


def nearest_in_days(site: SiteDb, wish: Wish) -> list[Route]:
    """The routes that fit all but the days, those that miss them by least first."""
    routes = fitting(site, replace(wish, days=None))
    return sorted(routes, key=lambda route: _misses(route, wish.days or 0))


def _misses(route: Route, days: int) -> int:
    low, high = route.days_min or 1, route.days_max or days
    return max(low - days, days - high, 0)


def _passes(site: SiteDb, stops: list[Ref], places: Iterable[Ref]) -> bool:
    return all(any(same_area(site, stop, place) for stop in stops) for place in places)


def _lasts(route: Route, days: Optional[int]) -> bool:
    return days is None or (route.days_min or 1) <= days <= (route.days_max or days)


def _within(site: SiteDb, stops: list[Ref], province: Optional[str]) -> bool:
    records = [site.get(stop) for stop in stops]
    return province is None or any(province in (it.province_now, it.province_before) for it in records)


def _score(site: SiteDb, route: Route, stops: list[Ref], wish: Wish) -> int:
    """One for each wish met: a theme counts double, as it is what the journey is about."""
    starts = bool(wish.start and stops and same_area(site, stops[0], wish.start))
    timely = bool(wish.months and months_of(route) & set(wish.months))
    return 2 * (route.theme in wish.themes) + starts + timely


def legs_of(site: SiteDb, stops: list[Ref]) -> list[Optional[RoadTrip]]:
    """The trip between each two stops that follow each other; None where no way is known."""
    roads = roads_of(site)
    return [roads.trip(*pair) for pair in pairwise(stops)]
