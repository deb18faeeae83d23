"""Plans on the shipped facts, as visitors ask for them: what is in them, what is not, and why."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Callable

import pytest
from trips_kit import ASKED_ON, FEW, asked, place

from guide.planner.check import violations
from guide.planner.itinerary import Itinerary, seen_on
from guide.planner.plan import Infeasible, plan
from guide.refs import Ref
from guide.sitedb import SiteDb

Planned = Callable[..., Itinerary]
SATURDAY = ASKED_ON + timedelta(days=4)


def places(trip: Itinerary) -> set[str]:
    """Ids of everything that is seen."""
    return {ref.id for visit in trip.visits for ref in seen_on(visit)}


@pytest.mark.parametrize("days", range(1, 8))
def test_trips_of_one_to_seven_days_are_sound(site: SiteDb, planned: Planned, days: int) -> None:
    trip = planned(days=days)
    assert violations(site, trip) == ()
    assert len(trip.days) == days and all(day.visits for day in trip.days)


def test_a_plan_written_down_reads_back_the_same(planned: Planned) -> None:
    trip = planned(days=3, oldest=75, interests=("pagodas",), festivals="want")
    assert Itinerary.from_json(json.loads(json.dumps(trip.to_json()))) == trip


def test_what_is_no_plan_is_not_read_as_one() -> None:
    with pytest.raises(ValueError, match="no plan"):
        Itinerary.from_json({"days": [{"number": 1}]})


def test_the_same_request_gets_the_same_plan(site: SiteDb) -> None:
    request = asked(days=3, interests=("history", "sea"))
    assert plan(site, request, FEW) == plan(site, request, FEW)


def test_in_service_too_and_not_the_old_one_after_a_change(fresh_site: SiteDb) -> None:
    request = asked(days=1)
    first = plan(fresh_site, request)
    assert plan(fresh_site, request) is first
    with fresh_site.acting("tester"):
        fresh_site.add_notice(first.visits[0].place, "closure", {"vi": "Tạm đóng.", "en": "Closed."})
    assert first.visits[0].place not in [visit.place for visit in plan(fresh_site, request).visits]


def test_three_days_with_a_grandmother_who_loves_pagodas(site: SiteDb, planned: Planned) -> None:
    trip = planned(days=3, oldest=75, interests=("pagodas",))
    assert violations(site, trip) == ()
    assert trip.effort == "moderate" and trip.pace == "slow"
    assert all(visit.effort != "hard" for visit in trip.visits)
    assert "chua-dong" not in places(trip)
    assert any(note.code == "interest" for visit in trip.visits for note in visit.why)


def test_con_son_and_kiep_bac_in_a_day(planned: Planned) -> None:
    trip = planned(must=(place("con-son"), place("kiep-bac")))
    assert {"con-son", "kiep-bac"} <= places(trip)
    assert all(visit.why[0].code == "wished" for visit in trip.visits if visit.place.id in ("con-son", "kiep-bac"))


def test_a_summit_gets_the_hours_of_a_summit(planned: Planned) -> None:
    trip = planned(days=2, must=(place("chua-dong"),))
    visit = next(visit for visit in trip.visits if place("chua-dong") in seen_on(visit))
    assert visit.minutes >= 290
    assert any(stop.by == "cable_car" for stop in visit.stops)
    assert any(note.code == "climb" for note in visit.warnings)


def test_what_is_to_be_avoided_is_avoided_with_all_that_it_contains(planned: Planned) -> None:
    trip = planned(days=3, avoid=(place("yen-tu"), place("ha-long-bay")))
    assert not {"yen-tu", "chua-dong", "chua-hoa-yen", "ha-long-bay"} & places(trip)


def test_of_a_mountain_only_the_summit_can_be_left_out(planned: Planned) -> None:
    trip = planned(days=2, must=(place("yen-tu"),), avoid=(place("chua-dong"),))
    assert "yen-tu" in places(trip) and "chua-dong" not in places(trip)


def test_lunch_is_had_at_noon_and_not_at_home(planned: Planned) -> None:
    for day in planned(days=4).days:
        assert day.lunch is not None and 11 * 60 <= day.lunch.arrive <= day.lunch.leave <= 13 * 60 + 30
        assert day.lunch.place != place("ha-noi")


def test_a_museum_is_not_visited_on_its_day_off_nor_over_noon(planned: Planned) -> None:
    monday, tuesday = SATURDAY + timedelta(days=2), SATURDAY + timedelta(days=3)
    wishes = {"start": place("bai-chay"), "must": (place("quang-ninh-museum"),)}
    visit = next(v for v in planned(first_day=tuesday, **wishes).visits if v.place == place("quang-ninh-museum"))
    assert visit.hours == "stated" and (visit.leave <= 11 * 60 + 30 or visit.arrive >= 13 * 60 + 30)
    with pytest.raises(Infeasible) as refused:
        planned(first_day=monday, **wishes)
    assert [note.code for note in refused.value.explanations] == ["not_open", "would_work_from"]
    assert refused.value.explanations[1].values == {"on": tuesday.isoformat()}


def test_a_closure_on_the_day_changes_the_plan(fresh_site: SiteDb) -> None:
    request = asked(days=2, must=(place("kiep-bac"),), first_day=SATURDAY)
    assert "kiep-bac" in places(plan(fresh_site, request, FEW))
    with fresh_site.acting("tester"):
        fresh_site.add_notice(
            place("kiep-bac"), "closure", {"vi": "Tu bổ.", "en": "Repairs."}, starts=SATURDAY, ends=SATURDAY
        )
    trip = plan(fresh_site, request, FEW)
    assert trip.day_of(place("kiep-bac")) == 2
    assert violations(fresh_site, trip) == ()


def test_a_closure_on_all_days_is_the_reason_given(fresh_site: SiteDb) -> None:
    with fresh_site.acting("tester"):
        fresh_site.add_notice(place("yen-tu"), "closure", {"vi": "Bão.", "en": "Typhoon."}, starts=SATURDAY)
    with pytest.raises(Infeasible) as refused:
        plan(fresh_site, asked(must=(place("chua-dong"),), first_day=SATURDAY), FEW)
    assert refused.value.explanations[0].code == "closed"
    assert refused.value.explanations[0].values["words"]["en"] == "Typhoon."
    assert refused.value.nearest is not None and violations(fresh_site, refused.value.nearest) == ()


def test_a_cable_car_that_stands_still_leaves_the_foot_of_the_mountain(fresh_site: SiteDb) -> None:
    with fresh_site.acting("tester"):
        fresh_site.add_notice(Ref("cable_car", "cap-treo-yen-tu-1"), "closure", {"vi": "Bảo dưỡng.", "en": "Service."})
    trip = plan(fresh_site, asked(days=2, must=(place("yen-tu"),)), FEW)
    visit = next(visit for visit in trip.visits if visit.place == place("yen-tu"))
    assert all(stop.by != "cable_car" for stop in visit.stops)


def test_the_last_cable_car_ends_the_visit(fresh_site: SiteDb) -> None:
    with fresh_site.acting("tester"):
        for line in ("cap-treo-yen-tu-1", "cap-treo-yen-tu-2"):
            fresh_site.set(Ref("cable_car", line), "hours", "Mo-Su 08:00-15:30")
    trip = plan(fresh_site, asked(days=2, must=(place("chua-dong"),), avoid=(place("tay-yen-tu"),)), FEW)
    visit = next(visit for visit in trip.visits if place("chua-dong") in seen_on(visit))
    assert visit.arrive >= 8 * 60 and visit.leave <= 15 * 60 + 30
    assert {"last_cable_car"} <= {note.code for note in visit.warnings}


class TestFestivals:
    """Yên Tử's spring festival: from the 10th of the first lunar month, in 2027 the 15th of February."""

    SUNDAY = date(2027, 2, 21)

    def test_on_a_crowded_day_the_queue_is_counted_and_said(self, planned: Planned) -> None:
        trip = planned(days=2, first_day=self.SUNDAY - timedelta(days=1), must=(place("yen-tu"),))
        visit = next(visit for visit in trip.visits if visit.place == place("yen-tu"))
        assert "festival" in [note.code for note in visit.why]
        assert "crowd" in [note.code for note in visit.warnings]

    def test_who_keeps_away_from_festivals_is_led_elsewhere(self, planned: Planned) -> None:
        trip = planned(days=2, first_day=self.SUNDAY, festivals="avoid")
        assert "festival" not in {note.code for visit in trip.visits for note in visit.why}
        assert "yen-tu" not in places(trip)

    def test_who_looks_for_them_is_there_on_the_day(self, site: SiteDb, planned: Planned) -> None:
        trip = planned(days=3, festivals="want", must=(Ref("festival", "le-hoi-chua-bo-da"),))
        day = trip.day_of(place("chua-bo-da"))
        assert day is not None
        lunar = trip.days[day - 1].lunar
        assert (lunar.month, lunar.day) == (2, 16)


class TestWhatCannotBe:
    """Every wish that fails is explained, and a plan that works is there beside it."""

    def refused(self, planned: Planned, **wishes: object) -> Infeasible:
        with pytest.raises(Infeasible) as raised:
            planned(**wishes)
        return raised.value

    def test_too_hard(self, site: SiteDb, planned: Planned) -> None:
        problem = self.refused(planned, days=2, oldest=75, must=(place("chua-dong"),))
        assert [note.code for note in problem.explanations] == ["too_hard"]
        assert problem.nearest is not None and "yen-tu" in places(problem.nearest)
        assert {note.code for note in problem.given_up} == {"without", "instead"}

    def test_too_far_for_the_days(self, site: SiteDb, planned: Planned) -> None:
        problem = self.refused(planned, days=1, must=(place("co-to"),))
        assert problem.explanations[0].code == "too_far"
        assert problem.nearest is not None and violations(site, problem.nearest) == ()

    def test_more_than_a_day_holds(self, site: SiteDb, planned: Planned) -> None:
        wishes = (place("ha-long-bay"), place("yen-tu"), place("chua-vinh-nghiem"))
        problem = self.refused(planned, days=1, must=wishes)
        helped = {note.code: dict(note.values) for note in problem.explanations}
        assert helped["would_work_with_days"] == {"days": 2}
        assert problem.nearest is not None and places(problem.nearest)

    def test_closed_for_good(self, planned: Planned) -> None:
        problem = self.refused(planned, days=1, start=place("bai-chay"), must=(place("bai-tho-mountain"),))
        assert problem.explanations[0].code == "closed"

    def test_no_money(self, site: SiteDb, planned: Planned) -> None:
        problem = self.refused(planned, days=2, budget=1000, must=(place("ha-long-bay"),))
        assert problem.explanations[0].code == "too_dear"
        assert problem.nearest is not None

    def test_what_is_wished_within_what_is_avoided(self, planned: Planned) -> None:
        problem = self.refused(planned, days=2, must=(place("chua-dong"),), avoid=(place("yen-tu"),))
        assert problem.explanations[0].code in ("avoided", "nothing_to_visit")

    def test_an_end_out_of_reach(self, site: SiteDb, planned: Planned) -> None:
        problem = self.refused(planned, days=1, end=place("binh-lieu"), begin=8 * 60, end_by=12 * 60)
        assert problem.explanations[0].code == "way_too_long"
        assert problem.nearest is not None


def test_a_budget_is_kept(site: SiteDb, planned: Planned) -> None:
    trip = planned(days=3, start=place("bai-chay"), budget=50_000, interests=("sea",))
    assert trip.cost.low <= 50_000
    assert violations(site, trip) == ()


def test_what_is_not_known_of_the_cost_is_listed(planned: Planned) -> None:
    trip = planned(days=2, must=(place("chua-dong"),))
    codes = [note.code for note in trip.cost.unknown]
    assert {"fee_unknown", "toll_unknown", "lodging_unknown", "meals_unknown"} <= set(codes)


def test_nights_are_spent_where_there_are_beds(site: SiteDb, planned: Planned) -> None:
    trip = planned(days=5)
    assert all(day.night and day.night.options for day in trip.days[:-1])
    assert trip.days[-1].night is None


def test_a_town_for_the_night_can_be_asked_for(planned: Planned) -> None:
    trip = planned(days=3, nights=(place("bai-chay"), None))
    assert trip.days[0].night and trip.days[0].night.place == place("bai-chay")


def test_a_bed_that_is_asked_for_stands_for_its_town(planned: Planned) -> None:
    trip = planned(days=2, nights=(Ref("lodging", "lodging-legacy-yen-tu"),))
    assert trip.days[0].night and trip.days[0].night.place == place("yen-tu")


def test_a_place_can_be_asked_for_on_a_day(planned: Planned) -> None:
    trip = planned(days=3, must=(place("con-son"),), on_day=((place("con-son"), 3),))
    assert trip.day_of(place("con-son")) == 3


def test_a_linked_route_can_be_the_start_of_a_plan(site: SiteDb, planned: Planned) -> None:
    trip = planned(days=2, route="nam-diem-di-san")
    stops = {"kiep-bac", "con-son", "chua-thanh-mai", "dong-kinh-chu", "chua-nham-duong"}
    assert len(stops & places(trip)) >= 4
    missing = stops - places(trip)
    assert missing <= {one.place.id for one in trip.left_out}


def test_what_is_left_out_has_its_reason(planned: Planned) -> None:
    trip = planned(days=1, oldest=75, must=(place("yen-tu"),))
    assert {one.place.id: one.why.code for one in trip.left_out}["chua-dong"] == "too_hard"


def test_there_is_something_for_rain_and_for_tired_legs(planned: Planned) -> None:
    trip = planned(days=2, must=(place("chua-dong"),))
    found = {one.when: one for one in trip.alternatives if one.instead_of == place("yen-tu")}
    assert found["rain"].way == "foot" and found["less_walking"].way == "statue_cable"


def test_a_wheelchair_is_taken_only_where_there_are_no_steps(site: SiteDb, planned: Planned) -> None:
    trip = planned(days=2, wheelchair=True)
    assert trip.visits
    assert all(site.get(ref).wheelchair != "no" for visit in trip.visits for ref in seen_on(visit))


def test_a_motorbike_keeps_off_the_expressway_and_a_coach_is_waited_for(planned: Planned) -> None:
    bike, coach = planned(days=2, transport="motorbike"), planned(days=2, transport="bus")
    assert "place/nut-giao-tan-vu" not in [str(ref) for day in bike.days for leg in day.legs for ref in leg.via]
    assert all(leg.approximate for day in coach.days for leg in day.legs if leg.mode == "bus")
    assert any(leg.wait for day in coach.days for leg in day.legs)
    assert "bus_times" in [note.code for note in coach.warnings]


def test_an_island_is_reached_over_the_water(planned: Planned) -> None:
    trip = planned(days=3, must=(place("cat-ba"),))
    afloat = {mode for day in trip.days for leg in day.legs for mode in leg.afloat}
    assert afloat == {"ferry"}  # the car comes along
    assert "afloat" in [note.code for note in trip.warnings]


def test_a_trip_can_end_elsewhere(planned: Planned) -> None:
    trip = planned(days=2, end=Ref("gateway", "san-bay-cat-bi"))
    assert trip.end == Ref("gateway", "san-bay-cat-bi") and trip.days[-1].items[-1].end == trip.end


def test_from_nowhere_that_is_known_it_is_counted_from_the_usual_start(site: SiteDb, planned: Planned) -> None:
    trip = planned(start=Ref("elsewhere", "phong-nha"))
    assert trip.start == place("ha-noi") and violations(site, trip) == ()


def test_no_day_is_all_pagodas_unless_that_is_what_was_asked_for(site: SiteDb, planned: Planned) -> None:
    worship = ("pagoda", "temple", "hermitage")
    for day in planned(days=3).days:
        assert sum(site.get(visit.place).kind in worship for visit in day.visits) <= 3


def test_what_staff_add_can_be_planned_at_once(fresh_site: SiteDb) -> None:
    with fresh_site.acting("tester"):
        fresh_site.add_place(
            "vuon-hoa-moi", "nature", {"vi": "Vườn hoa mới", "en": "New Garden"}, {"vi": "Vườn.", "en": "A garden."},
            lat=21.11, lon=106.39, province="Hải Phòng", minutes=60, effort="easy",
        )  # fmt: skip
    trip = plan(fresh_site, asked(must=(place("vuon-hoa-moi"),)), FEW)
    assert "vuon-hoa-moi" in places(trip)
    assert any(leg.approximate for day in trip.days for leg in day.legs)


def test_what_staff_take_out_is_planned_no_more(fresh_site: SiteDb) -> None:
    with fresh_site.acting("tester"):
        fresh_site.delete(place("chua-mot-mai"))
    trip = plan(fresh_site, asked(days=2, must=(place("yen-tu"),)), FEW)
    assert "chua-mot-mai" not in places(trip) and violations(fresh_site, trip) == ()
