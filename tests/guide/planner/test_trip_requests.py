"""What can be asked of a trip, what cannot be meant, and that a request survives being written down."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trips_kit import ASKED_ON, asked, place

from guide.planner.request import (
    EFFORTS,
    FESTIVALS,
    PACES,
    TRANSPORTS,
    BadDayTimes,
    BadNumber,
    NotAChoice,
    RequestError,
    TooManyDays,
    TripRequest,
    WantedAndAvoided,
)
from guide.planner.settling import PastDay, UnknownSubject, settle
from guide.planner.tastes import interests
from guide.refs import Ref
from guide.sitedb import SiteDb

REFS = st.sampled_from(
    [place("yen-tu"), place("con-son"), Ref("gateway", "san-bay-noi-bai"), Ref("festival", "le-hoi-den-do")]
)
REQUESTS = st.builds(
    TripRequest,
    asked_on=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 7),
    start=st.none() | REFS,
    first_day=st.none() | st.dates(date(2030, 1, 1), date(2031, 1, 1)),
    month=st.none() | st.integers(1, 12),
    begin=st.none() | st.integers(300, 600),
    children=st.lists(st.integers(0, 17), max_size=3).map(tuple),
    oldest=st.none() | st.integers(0, 110),
    wheelchair=st.booleans(),
    pace=st.none() | st.sampled_from(PACES),
    effort=st.none() | st.sampled_from(EFFORTS),
    interests=st.lists(st.sampled_from(interests()), max_size=3, unique=True).map(tuple),
    must=st.lists(REFS, max_size=2, unique=True).map(tuple),
    transport=st.none() | st.sampled_from(TRANSPORTS),
    budget=st.none() | st.integers(0, 10**7),
    festivals=st.sampled_from(FESTIVALS),
    nights=st.lists(st.none() | REFS, max_size=3).map(tuple),
    keep=st.lists(st.tuples(REFS, st.integers(1, 7)), max_size=2).map(tuple),
)


@given(REQUESTS)
def test_a_request_written_down_reads_back_the_same(request: TripRequest) -> None:
    assert TripRequest.from_json(json.loads(json.dumps(request.to_json()))) == request


def test_only_what_is_not_at_its_default_is_written() -> None:
    assert TripRequest(asked_on=ASKED_ON).to_json() == {"asked_on": "2026-11-24"}


@pytest.mark.parametrize(
    "wishes, error",
    [
        pytest.param({"days": 0}, TooManyDays, id="no-day"),
        pytest.param({"days": 8}, TooManyDays, id="more-than-a-week"),
        pytest.param({"begin": 1000, "end_by": 600}, BadDayTimes, id="home-before-setting-out"),
        pytest.param({"begin": 600, "end_by": 700}, BadDayTimes, id="a-day-of-under-four-hours"),
        pytest.param({"begin": 60}, BadDayTimes, id="in-the-middle-of-the-night"),
        pytest.param({"pace": "breakneck"}, NotAChoice, id="a-pace-that-is-none"),
        pytest.param({"transport": "helicopter"}, NotAChoice, id="a-vehicle-that-is-none"),
        pytest.param({"interests": ("shopping malls",)}, NotAChoice, id="an-interest-that-is-none"),
        pytest.param({"oldest": 400}, BadNumber, id="nobody-is-that-old"),
        pytest.param({"children": (40,)}, BadNumber, id="no-child-is-forty"),
        pytest.param({"budget": -1}, BadNumber, id="less-than-no-money"),
        pytest.param({"days": 2, "on_day": ((place("yen-tu"), 3),)}, BadNumber, id="a-day-the-trip-has-not"),
        pytest.param(
            {"must": (place("yen-tu"),), "avoid": (place("yen-tu"),)}, WantedAndAvoided, id="wanted-and-avoided"
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(wishes: dict, error: type[RequestError]) -> None:
    with pytest.raises(error):
        asked(**wishes)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="without-the-day-of-asking"),
        pytest.param({"asked_on": "2026-11-24", "colour": "red"}, id="a-field-that-is-none"),
        pytest.param({"asked_on": "2026-11-24", "must": ["place"]}, id="no-reference"),
        pytest.param({"asked_on": "2026-11-24", "days": 99}, id="too-many-days"),
    ],
)
def test_what_is_no_request_is_not_read_as_one(data: dict) -> None:
    with pytest.raises(ValueError):
        TripRequest.from_json(data)


def test_a_trip_to_a_place_that_there_is_not_is_refused(site: SiteDb) -> None:
    with pytest.raises(UnknownSubject, match="place/atlantis"):
        settle(site, asked(must=(place("atlantis"),)))


def test_nobody_travels_in_the_past(site: SiteDb) -> None:
    with pytest.raises(PastDay):
        settle(site, asked(first_day=ASKED_ON - timedelta(days=1)))


class TestWhatIsSettledIsSaid:
    """Everything left open gets a default, and every default an assumption."""

    def codes(self, site: SiteDb, **wishes: object) -> dict[str, dict]:
        return {note.code: dict(note.values) for note in settle(site, asked(**wishes)).assumptions}

    def test_without_a_start_it_is_hanoi(self, site: SiteDb) -> None:
        assert self.codes(site, start=None)["start_assumed"] == {"ref": "place/ha-noi"}

    def test_without_a_date_it_is_the_next_saturday(self, site: SiteDb) -> None:
        assert self.codes(site)["first_day_assumed"]["on"] == "2026-11-28"

    def test_a_month_means_its_first_saturday_from_now_on(self, site: SiteDb) -> None:
        assert self.codes(site, month=3)["first_day_assumed"]["on"] == "2027-03-06"
        assert self.codes(site, month=11)["first_day_assumed"]["on"] == "2026-11-28"

    def test_a_wanted_festival_gives_the_date_by_the_lunar_calendar(self, site: SiteDb) -> None:
        trip = settle(site, asked(must=(Ref("festival", "le-hoi-den-do"),)))
        assert trip.days[0] == date(2027, 4, 21)  # the 15th of the third lunar month
        assert trip.must == (place("den-do"),)

    def test_an_old_visitor_is_spared_climbs_and_haste(self, site: SiteDb) -> None:
        trip = settle(site, asked(oldest=75))
        assert (trip.effort, trip.pace) == ("moderate", "slow")
        assert self.codes(site, oldest=75)["effort_from_age"]["age"] == 75

    @pytest.mark.parametrize(
        "party, effort",
        [
            pytest.param({}, "hard", id="grown-up"),
            pytest.param({"oldest": 84}, "easy", id="very-old"),
            pytest.param({"children": (5,)}, "moderate", id="with-a-small-child"),
            pytest.param({"children": (12,)}, "hard", id="with-a-big-child"),
            pytest.param({"wheelchair": True}, "easy", id="in-a-wheelchair"),
            pytest.param({"oldest": 75, "effort": "hard"}, "hard", id="who-says-so-climbs"),
        ],
    )
    def test_effort_follows_from_the_party(self, site: SiteDb, party: dict, effort: str) -> None:
        assert settle(site, asked(**party)).effort == effort

    def test_a_start_that_no_way_leads_from_is_replaced_and_said(self, site: SiteDb) -> None:
        trip = settle(site, asked(start=Ref("elsewhere", "phong-nha")))
        assert trip.start == place("ha-noi")
        assert "start_replaced" in [note.code for note in trip.assumptions]

    def test_whoever_starts_in_the_region_need_not_rise_early(self, site: SiteDb) -> None:
        assert settle(site, asked(start=place("hai-phong"))).begins[0] > settle(site, asked()).begins[0]
