"""The checker finds what is wrong: a sound plan, spoilt in one way after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Callable

import pytest
from trips_kit import FEW, asked, place

from guide.planner.check import BrokenPlan, assert_sound, violations
from guide.planner.itinerary import Cost, Day, Itinerary, Leg, Meal, Visit
from guide.planner.plan import plan
from guide.refs import Ref
from guide.sitedb import SiteDb


@pytest.fixture(scope="module")
def sound(site: SiteDb) -> Itinerary:
    """Two days with Yên Tử, Côn Sơn and lunch at a table."""
    trip = plan(site, asked(days=2, must=(place("yen-tu"), place("con-son")), oldest=70), FEW)
    assert violations(site, trip) == ()
    return trip


def with_day(trip: Itinerary, number: int, **changes: Any) -> Itinerary:
    """The plan with one day changed."""
    days = tuple(replace(day, **changes) if day.number == number else day for day in trip.days)
    return replace(trip, days=days)


def with_items(trip: Itinerary, of: type, change: Callable[[Any], Any]) -> Itinerary:
    """The plan with every leg, visit or meal changed; None takes it out."""
    days = []
    for day in trip.days:
        items = [change(item) if isinstance(item, of) else item for item in day.items]
        days.append(replace(day, items=tuple(item for item in items if item is not None)))
    return replace(trip, days=tuple(days))


def asking(trip: Itinerary, **wishes: Any) -> Itinerary:
    """The same plan for another request."""
    return replace(trip, request=replace(trip.request, **wishes))


def table(day: Day) -> Day:
    """The day with lunch at midnight."""
    return replace(day, items=tuple(replace(i, arrive=900, leave=960) if isinstance(i, Meal) else i for i in day.items))


SPOILT = {
    "days": lambda trip: replace(trip, days=trip.days[:1]),
    "day": lambda trip: asking(trip, begin=trip.days[0].begins + 30),
    "order": lambda trip: with_items(trip, Visit, lambda visit: replace(visit, leave=visit.leave + 20)),
    "way": lambda trip: with_items(trip, Leg, lambda leg: None),
    "speed": lambda trip: with_items(trip, Leg, lambda leg: replace(leg, arrives=leg.departs + 2)),
    "travel time": lambda trip: with_items(trip, Leg, lambda leg: replace(leg, arrives=leg.arrives - 10)),
    "lunch": lambda trip: with_items(
        with_items(trip, Meal, lambda meal: None), Visit, lambda visit: replace(visit, lunch=None)
    ),
    "hours": lambda trip: with_items(trip, Visit, lambda visit: replace(visit, arrive=60, leave=120, stops=())),
    "effort": lambda trip: replace(trip, effort="easy"),
    "must": lambda trip: asking(trip, must=(place("binh-lieu"),)),
    "avoid": lambda trip: asking(trip, must=(), avoid=(place("chua-con-son"),)),
    "on day": lambda trip: asking(trip, on_day=((place("yen-tu"), 3 - (trip.day_of(place("yen-tu")) or 0)),)),
    "night": lambda trip: with_day(trip, 1, night=None),
    "cost": lambda trip: replace(trip, cost=Cost(low=1, high=2)),
    "wheelchair": lambda trip: asking(trip, wheelchair=True),
    "twice": lambda trip: replace(
        trip, days=(trip.days[0], replace(trip.days[1], items=(*trip.days[0].visits, *trip.days[1].items)))
    ),
}


@pytest.mark.parametrize("rule", SPOILT)
def test_a_plan_that_breaks_a_rule_is_found_out(site: SiteDb, sound: Itinerary, rule: str) -> None:
    assert rule in {one.rule for one in violations(site, SPOILT[rule](sound))}


def test_a_visit_cut_short_is_no_visit(site: SiteDb, sound: Itinerary) -> None:
    plain = plan(site, asked(must=(place("chua-vinh-nghiem"),)), FEW)
    hurried = with_items(plain, Visit, lambda visit: replace(visit, leave=visit.arrive + 10, lunch=None))
    assert "hurry" in {one.rule for one in violations(site, hurried)}


def test_what_has_been_closed_since_is_found_out(fresh_site: SiteDb) -> None:
    trip = plan(fresh_site, asked(must=(place("kiep-bac"),)), FEW)
    with fresh_site.acting("tester"):
        fresh_site.add_notice(place("kiep-bac"), "closure", {"vi": "Đóng.", "en": "Closed."})
    assert "closure" in {one.rule for one in violations(fresh_site, trip)}


def test_a_cable_car_that_stops_before_the_visit_ends_is_found_out(fresh_site: SiteDb) -> None:
    trip = plan(fresh_site, asked(days=2, must=(place("chua-dong"),), avoid=(place("tay-yen-tu"),)), FEW)
    with fresh_site.acting("tester"):
        fresh_site.set(Ref("cable_car", "cap-treo-yen-tu-1"), "hours", "Mo-Su 08:00-09:00")
    assert "last cable car" in {one.rule for one in violations(fresh_site, trip)}


def test_a_budget_that_is_overspent_is_found_out(site: SiteDb) -> None:
    trip = plan(site, asked(days=2, must=(place("ha-long-bay"),)), FEW)
    assert "budget" in {one.rule for one in violations(site, asking(trip, budget=trip.cost.low - 1))}


def test_days_that_do_not_follow_each_other_are_found_out(site: SiteDb, sound: Itinerary) -> None:
    later = with_day(sound, 2, date=sound.days[1].date + timedelta(days=1))
    assert "days" in {one.rule for one in violations(site, later)}


def test_everything_that_is_wrong_is_said_at_once(site: SiteDb, sound: Itinerary) -> None:
    with pytest.raises(BrokenPlan, match="night.*cost"):
        assert_sound(site, replace(with_day(sound, 1, night=None), cost=Cost(low=1, high=2)))
