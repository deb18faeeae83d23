"""The ways to see a place are facts: staff correct them, and the next plan follows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from trips_kit import FEW, asked, place

from guide.planner.outings import catalogue_of
from guide.planner.plan import Infeasible, plan
from guide.sitedb import LoadErrors, SiteDb
from guide.sitedb.loading import load


def test_every_trail_is_an_outing_and_lasts_as_long_as_it_says(site: SiteDb) -> None:
    outings = {outing.id: outing for outing in catalogue_of(site).outings}
    for trail in site.trails():
        assert trail.source and [stop.place for stop in trail.stops] == [s.place.id for s in outings[trail.id].stops]
        assert trail.minutes is None or abs(outings[trail.id].minutes - trail.minutes) < 5


def test_what_staff_correct_is_planned_from_then_on(fresh_site: SiteDb) -> None:
    request = asked(days=1, start=place("bai-chay"), must=(place("ha-long-bay"),))
    (before,) = [visit for visit in plan(fresh_site, request, FEW).visits if visit.place == place("ha-long-bay")]
    with fresh_site.acting("lan"):
        fresh_site.set("trail/ha-long-cruise", "minutes", 240)
        fresh_site.set("trail/ha-long-cruise", "latest", "09:00")
    (after,) = [visit for visit in plan(fresh_site, request, FEW).visits if visit.place == place("ha-long-bay")]
    assert before.minutes == 300 and after.minutes == 240 and after.arrive <= 9 * 60
    assert [change.actor for change in fresh_site.history()[:2]] == ["lan", "lan"]


def test_a_closure_of_the_files_is_lifted_by_staff(fresh_site: SiteDb) -> None:
    request = asked(days=1, start=place("bai-chay"), must=(place("bai-tho-mountain"),))
    with pytest.raises(Infeasible) as refused:
        plan(fresh_site, request, FEW)
    assert refused.value.explanations[0].code == "closed"
    (notice,) = fresh_site.notices(request.asked_on, place("bai-tho-mountain"))
    with fresh_site.acting("lan"):
        fresh_site.set(f"notice/{notice.id}", "ends", "2026-11-24")
    assert plan(fresh_site, request, FEW).day_of(place("bai-tho-mountain")) == 1


@pytest.mark.parametrize(
    "was, written, said",
    [
        pytest.param("place: chua-dong", "place: chua-dong-moi", "there is no place", id="no-such-stop"),
        pytest.param("by: electric_car", "by: rocket", "rocket", id="no-such-means"),
        pytest.param("lunch: aboard", "lunch: on the way", "on the way", id="no-such-lunch"),
    ],
)
def test_a_mistake_in_the_file_is_named(facts_dir: Path, tmp_path: Path, was: str, written: str, said: str) -> None:
    shutil.copytree(facts_dir, tmp_path / "facts")
    file = tmp_path / "facts" / "transport" / "trails.yaml"
    file.write_text(file.read_text("utf-8").replace(was, written, 1), "utf-8")
    with pytest.raises(LoadErrors, match="transport/trails.yaml") as caught:
        load(tmp_path / "facts", tmp_path / "site.db")
    assert said in str(caught.value)
