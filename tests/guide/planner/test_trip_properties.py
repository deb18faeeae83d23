"""Whatever is asked for: the plan keeps every rule, by a checker that shares nothing with the planner."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from trips_kit import ASKED_ON, asked, place

from guide.planner.changes import Add, CannotChange, Days, Drop, Gentler, Later, Move, Swap, Transport
from guide.planner.check import assert_sound
from guide.planner.itinerary import Itinerary
from guide.planner.plan import Infeasible, plan, replan
from guide.planner.request import EFFORTS, FESTIVALS, PACES, TRANSPORTS, RequestError, TripRequest
from guide.planner.stops import MaxSteps
from guide.planner.tastes import interests
from guide.refs import Ref
from guide.sitedb import SiteDb

STEPS = MaxSteps(25)
SIGHTS = (
    "yen-tu", "chua-dong", "con-son", "kiep-bac", "chua-vinh-nghiem", "ha-long-bay", "cat-ba", "quang-ninh-museum",
    "den-do", "thanh-ha-lychee", "hai-phong", "chua-ngoa-van", "co-to", "tay-yen-tu",
)  # fmt: skip
STARTS = (place("ha-noi"), place("hai-phong"), place("bai-chay"), place("chua-dau"), Ref("gateway", "san-bay-cat-bi"))

TOWNS = (place("yen-tu"), place("hai-phong"), place("chi-linh"), place("bai-chay"))
ROUTES = ("nam-diem-di-san", "ha-long-lan-ha-cat-ba", "dao-bai-tu-long", "dong-tay-yen-tu")


@st.composite
def trips(draw: st.DrawFn) -> TripRequest:
    """Requests as visitors make them, sensible or not."""
    days = draw(st.integers(1, 5))
    wished = draw(st.lists(st.sampled_from(SIGHTS), max_size=3, unique=True))
    shunned = draw(st.lists(st.sampled_from([id_ for id_ in SIGHTS if id_ not in wished]), max_size=2, unique=True))
    return asked(
        days=days,
        start=draw(st.sampled_from(STARTS)),
        end=draw(st.none() | st.sampled_from(STARTS)),
        first_day=draw(st.none() | st.integers(0, 400).map(lambda later: ASKED_ON + timedelta(days=later))),
        month=draw(st.none() | st.integers(1, 12)),
        begin=draw(st.none() | st.integers(72, 114).map(lambda five: five * 5)),
        end_by=draw(st.none() | st.integers(168, 252).map(lambda five: five * 5)),
        oldest=draw(st.none() | st.integers(40, 95)),
        children=tuple(draw(st.lists(st.integers(0, 15), max_size=2))),
        wheelchair=draw(st.booleans()),
        pace=draw(st.none() | st.sampled_from(PACES)),
        effort=draw(st.none() | st.sampled_from(EFFORTS)),
        interests=tuple(draw(st.lists(st.sampled_from(interests()), max_size=3, unique=True))),
        must=tuple(map(place, wished)),
        avoid=tuple(map(place, shunned)),
        transport=draw(st.sampled_from(TRANSPORTS)),
        budget=draw(st.none() | st.integers(0, 500_000)),
        festivals=draw(st.sampled_from(FESTIVALS)),
        route=draw(st.none() | st.sampled_from(ROUTES)),
        nights=tuple(draw(st.lists(st.none() | st.sampled_from(TOWNS), max_size=days - 1))),
        on_day=((place(wished[0]), draw(st.integers(1, days))),) if wished and draw(st.booleans()) else (),
    )


def planned(site: SiteDb, request: TripRequest) -> Itinerary:
    """The plan, or the nearest one that works: there is always one."""
    try:
        return plan(site, request, STEPS)
    except Infeasible as problem:
        assert problem.explanations
        assert problem.nearest is not None
        return problem.nearest


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(asked(days=1, end=place("co-to")))
@example(asked(days=2, must=(place("chua-dong"),), oldest=90, budget=0))
@given(trips())
def test_no_plan_breaks_a_rule(site: SiteDb, request: TripRequest) -> None:
    assert_sound(site, planned(site, request))


@settings(max_examples=12, deadline=None)
@given(trips())
def test_the_same_request_gets_the_same_plan(site: SiteDb, request: TripRequest) -> None:
    assert planned(site, request) == planned(site, request)


@settings(max_examples=12, deadline=None)
@given(trips())
def test_every_plan_can_be_written_down_and_read_back(site: SiteDb, request: TripRequest) -> None:
    trip = planned(site, request)
    assert Itinerary.from_json(trip.to_json()) == trip


@settings(max_examples=30, deadline=None)
@given(trips(), st.data())
def test_no_change_makes_a_plan_that_breaks_a_rule(site: SiteDb, request: TripRequest, data: st.DataObject) -> None:
    trip = planned(site, request)
    visited = st.sampled_from([visit.place for visit in trip.visits])
    change = data.draw(
        st.one_of(
            st.builds(Drop, visited),
            st.builds(Add, st.sampled_from(SIGHTS).map(place)),
            st.builds(Swap, visited),
            st.builds(Move, visited, st.integers(1, 5)),
            st.builds(Days, st.sampled_from([-1, 1])),
            st.sampled_from([Gentler(), Later(), Transport("motorbike")]),
        )  # fmt: skip
    )
    try:
        after = replan(site, trip, change, STEPS)
    except Infeasible as problem:
        assert problem.nearest is not None
        after = problem.nearest
    except (CannotChange, RequestError):
        return
    assert_sound(site, after)
    if isinstance(change, Drop) and after is not None:
        assert after.day_of(change.place) is None
