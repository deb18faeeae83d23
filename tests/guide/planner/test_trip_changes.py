"""Changing a plan by buttons: what they carry, what becomes of the plan, and how the difference is told."""

from __future__ import annotations

from typing import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trips_kit import FEW, asked, place

from guide.planner.changes import (
    Add,
    CannotChange,
    Change,
    Days,
    Drop,
    Effort,
    Festivals,
    From,
    Gentler,
    Later,
    Move,
    Pace,
    Sleep,
    Swap,
    Transport,
    changed,
    parse_change,
    payload,
)
from guide.planner.check import violations
from guide.planner.difference import Difference, difference
from guide.planner.itinerary import Itinerary
from guide.planner.plan import Infeasible, plan, replan
from guide.refs import Ref
from guide.sitedb import SiteDb

PLACES = st.sampled_from([place("yen-tu"), place("chua-dong"), Ref("gateway", "san-bay-cat-bi")])
CHANGES = st.one_of(
    st.builds(Drop, PLACES),
    st.builds(Add, PLACES, st.none() | st.integers(1, 7)),
    st.builds(Swap, PLACES, st.none() | PLACES),
    st.builds(Move, PLACES, st.integers(1, 7)),
    st.builds(Later, st.sampled_from([30, 60, 120])),
    st.builds(Pace, st.sampled_from(["slow", "full"])),
    st.builds(Effort, st.just("easy")),
    st.just(Gentler()),
    st.builds(Transport, st.sampled_from(["bus", "taxi"])),
    st.builds(Days, st.sampled_from([-2, -1, 1, 6])),
    st.builds(From, PLACES),
    st.builds(Festivals, st.just("avoid")),
    st.builds(Sleep, PLACES, st.integers(1, 6)),
)


@given(CHANGES)
def test_a_button_carries_exactly_its_change(change: Change) -> None:
    assert parse_change(payload(change)) == change


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("plan:drop", id="drop-what"),
        pytest.param("plan:drop:yen-tu", id="no-reference"),
        pytest.param("plan:drop:place/yen-tu ", id="a-blank-at-the-end"),
        pytest.param("plan:move:place/yen-tu", id="to-which-day"),
        pytest.param("plan:move:place/yen-tu@9", id="a-ninth-day"),
        pytest.param("plan:days:+9", id="nine-days-more"),
        pytest.param("plan:days:1", id="more-or-less"),
        pytest.param("plan:transport:rocket", id="no-such-means"),
        pytest.param("plan:gentler:now", id="an-argument-too-many"),
        pytest.param("plan:delete:place/yen-tu", id="no-such-change"),
        pytest.param("ask:price:place/yen-tu", id="a-question"),
        pytest.param("/plan:gentler", id="a-command"),
    ],
)
def test_nothing_else_is_read_as_a_change(text: str) -> None:
    assert parse_change(text) is None


@pytest.fixture(scope="module")
def trip(site: SiteDb) -> Itinerary:
    """Three days to change."""
    return plan(site, asked(days=3, must=(place("yen-tu"),), interests=("pagodas", "sea")), FEW)


Changed = Callable[[Change], Itinerary]


@pytest.fixture
def after(site: SiteDb, trip: Itinerary) -> Changed:
    """The plan after a change; it must be sound."""

    def make(change: Change) -> Itinerary:
        new = replan(site, trip, change, FEW)
        assert violations(site, new) == ()
        return new

    return make


def other(trip: Itinerary) -> Ref:
    """A place of the plan that nobody insists on."""
    return next(visit.place for visit in trip.visits if visit.place != place("yen-tu"))


def test_what_is_dropped_is_gone_and_nothing_comes_instead(trip: Itinerary, after: Changed) -> None:
    gone = other(trip)
    done = difference(trip, after(Drop(gone)))
    assert done.dropped == (gone,) and done.added == () and done.moved == ()


def test_even_what_was_wished_can_be_dropped(trip: Itinerary, after: Changed) -> None:
    assert after(Drop(place("yen-tu"))).day_of(place("yen-tu")) is None


def test_a_part_can_be_dropped_without_the_rest(trip: Itinerary, after: Changed) -> None:
    last = next(visit for visit in trip.visits if visit.place == place("yen-tu")).stops[-1].place
    without = after(Drop(last))
    assert without.day_of(place("yen-tu")) and not without.day_of(last)


def test_what_is_added_is_there(trip: Itinerary, after: Changed) -> None:
    added = after(Add(place("chu-dau")))
    assert added.day_of(place("chu-dau"))
    assert difference(trip, added).added == (place("chu-dau"),)


def test_what_is_swapped_for_comes_on_the_same_day(trip: Itinerary, after: Changed) -> None:
    old = other(trip)
    swapped = after(Swap(old, place("chua-bo-da")))
    assert swapped.day_of(old) is None and swapped.day_of(place("chua-bo-da")) == trip.day_of(old)


def test_swapped_for_anything_it_is_something_else(trip: Itinerary, after: Changed) -> None:
    old = other(trip)
    assert after(Swap(old)).day_of(old) is None


def test_what_is_moved_is_on_that_day(trip: Itinerary, after: Changed) -> None:
    day = 1 + (trip.day_of(place("yen-tu")) or 0) % 3
    moved = after(Move(place("yen-tu"), day))
    assert moved.day_of(place("yen-tu")) == day
    assert [one.place for one in difference(trip, moved).moved if one.after == day] == [place("yen-tu")]


def test_later_means_later_on_every_day(trip: Itinerary, after: Changed) -> None:
    later = after(Later(60))
    first = min(day.begins or 0 for day in trip.days)
    assert all((day.begins or 0) >= first + 60 for day in later.days)


def test_fewer_stairs_than_before(trip: Itinerary, after: Changed) -> None:
    assert any(visit.effort == "hard" for visit in trip.visits)
    assert all(visit.effort != "hard" for visit in after(Gentler()).visits)


def test_other_means_of_transport_take_their_own_time(trip: Itinerary, after: Changed) -> None:
    by_coach = after(Transport("bus"))
    assert by_coach.transport == "bus" == difference(trip, by_coach).transport


@pytest.mark.parametrize("more", [pytest.param(1, id="one-more"), pytest.param(-1, id="one-less")])
def test_a_day_more_or_less(trip: Itinerary, after: Changed, more: int) -> None:
    new = after(Days(more))
    assert len(new.days) == 3 + more and difference(trip, new).days == more


def test_from_another_city_the_trip_also_ends_there(trip: Itinerary, after: Changed) -> None:
    new = after(From(place("hai-phong")))
    assert new.start == new.end == place("hai-phong") == difference(trip, new).start


def test_a_night_can_be_spent_elsewhere(trip: Itinerary, after: Changed) -> None:
    new = after(Sleep(place("hai-phong"), 1))
    assert new.days[0].night and new.days[0].night.place == place("hai-phong")


def test_the_dates_stay_when_something_else_changes(trip: Itinerary, after: Changed) -> None:
    assert [day.date for day in after(Drop(other(trip))).days] == [day.date for day in trip.days]


def test_undo_is_the_plan_before(site: SiteDb, trip: Itinerary, after: Changed) -> None:
    kept = Itinerary.from_json(trip.to_json())
    after(Gentler())
    assert kept == trip and not difference(trip, kept)


def test_changes_can_follow_each_other(site: SiteDb, trip: Itinerary, after: Changed) -> None:
    gone = other(trip)
    twice = replan(site, after(Drop(gone)), Gentler(), FEW)
    assert twice.day_of(gone) is None and violations(site, twice) == ()


@pytest.mark.parametrize(
    "change, code",
    [
        pytest.param(Drop(place("co-to")), "not_in_plan", id="drop-what-is-not-there"),
        pytest.param(Move(place("yen-tu"), 7), "no_such_day", id="to-a-day-the-trip-has-not"),
        pytest.param(Days(6), "too_many_days", id="more-than-a-week"),
        pytest.param(Days(-3), "too_few_days", id="no-day-left"),
        pytest.param(Sleep(place("hai-phong"), 3), "no_such_day", id="a-night-after-the-trip"),
    ],
)
def test_a_change_that_makes_no_sense_says_why(site: SiteDb, trip: Itinerary, change: Change, code: str) -> None:
    with pytest.raises(CannotChange) as refused:
        changed(site, trip, change)
    assert refused.value.code == code


def test_to_the_day_where_it_is_already(site: SiteDb, trip: Itinerary) -> None:
    with pytest.raises(CannotChange, match="already_then"):
        changed(site, trip, Move(place("yen-tu"), trip.day_of(place("yen-tu")) or 0))


def test_the_gentlest_plan_cannot_be_gentler(site: SiteDb) -> None:
    easy = plan(site, asked(days=1, effort="easy", pace="slow"), FEW)
    with pytest.raises(CannotChange, match="as_gentle"):
        changed(site, easy, Gentler())


def test_dropping_the_only_visit_still_leaves_a_plan_to_propose(site: SiteDb) -> None:
    alone = plan(site, asked(must=(place("ha-long-bay"),)), FEW)
    for visit in alone.visits[:-1]:
        alone = replan(site, alone, Drop(visit.place), FEW)
    with pytest.raises(Infeasible) as refused:
        replan(site, alone, Drop(alone.visits[0].place), FEW)
    nearest = refused.value.nearest
    assert nearest is not None and nearest.visits and violations(site, nearest) == ()
    assert nearest.day_of(alone.visits[0].place) is None
    assert "anew" in [note.code for note in refused.value.given_up]


def test_no_change_is_no_difference(trip: Itinerary) -> None:
    assert difference(trip, trip) == Difference()
