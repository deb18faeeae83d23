"""Buttons of a trip: read exactly, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.planner.changes import Drop
from guide.refs import Ref
from guide.trips.buttons import ACTS, Act, FromRoute, Told, act, from_route, parse_button, tell


@pytest.mark.parametrize("name", ACTS)
def test_acts_read_back(name: str) -> None:
    assert parse_button(act(name)) == Act(name)


@pytest.mark.parametrize(
    ("payload", "meant"),
    [
        pytest.param(from_route("con-duong-tran"), FromRoute("con-duong-tran"), id="route"),
        pytest.param(tell("days", 3), Told("days", 3), id="days"),
        pytest.param(tell("start", Ref("place", "ha-noi")), Told("start", Ref("place", "ha-noi")), id="start"),
        pytest.param(tell("first_day", date(2026, 12, 5)), Told("first_day", date(2026, 12, 5)), id="date"),
        pytest.param(tell("start"), Told("start", None), id="you-choose"),
        pytest.param("plan:drop:place/chua-lan", Drop(Ref("place", "chua-lan")), id="a-change"),
    ],
)
def test_what_is_meant(payload: str, meant: object) -> None:
    assert parse_button(payload) == meant


@pytest.mark.parametrize(
    "payload",
    [
        "plan:", "plan:restart", "plan:undo:1", "plan:tell:days=9", "plan:tell:days=", "plan:tell:wishes=1",
        "plan:tell:first_day=2026-13-45", "plan:route:../etc", "plan:route:Ha", "plan:tell:start=slot/x", " plan:undo",
        "plan:undo\n", "plan:tell:days=3 ", "plan:move:place/con-son@9", "ask:price",
    ],
)  # fmt: skip
def test_a_forged_button_is_none(payload: str) -> None:
    assert parse_button(payload) is None


@given(st.text(alphabet="planteldysroue:=/-@+0123456789 any", max_size=60).map(lambda text: f"plan:{text}"))
def test_nothing_breaks_the_parser(text: str) -> None:
    parse_button(text)
