"""The planner's bench: instances read as the literature means them, tours checked, figures as promised."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bench.command import bench
from bench.planner import own, toptw
from bench.planner.check import BrokenTour, checked_score
from bench.planner.instances import read_problem, references, truncated_distances
from guide.planner.check import violations
from guide.planner.plan import plan
from guide.planner.search import search
from guide.planner.stops import MaxSteps
from guide.sitedb import SiteDb

INSTANCES = Path(__file__).parent / "instances"
ASKED_ON = date(2026, 11, 24)


def test_distances_are_cut_not_rounded() -> None:
    x, y = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    assert truncated_distances(x, y, 1)[0, 1] == 1.4 and truncated_distances(x, y, 2)[0, 1] == 1.41


@pytest.mark.parametrize("name, days", sorted(references(INSTANCES)))
def test_a_short_search_comes_near_the_published_scores(name: str, days: int) -> None:
    found = search(read_problem(INSTANCES / name, days), MaxSteps(250))
    assert found is not None
    assert checked_score(INSTANCES / name, found.tours, days) >= 0.93 * references(INSTANCES)[name, days]


@pytest.mark.parametrize(
    "tours, wrong",
    [
        pytest.param([[0, 0]], "twice", id="a-place-twice"),
        pytest.param([[0], [1], [2]], "3 tours", id="more-tours-than-days"),
        pytest.param([list(range(60))], "after", id="everything-in-a-day"),
    ],
)
def test_the_checker_finds_broken_tours(tours: list[list[int]], wrong: str) -> None:
    with pytest.raises(BrokenTour, match=wrong):
        checked_score(INSTANCES / "c101.txt", tours, 2)


def test_the_command_measures_any_folder(tmp_path: Path) -> None:
    shutil.copytree(INSTANCES, tmp_path / "instances")
    wanted = [
        "--instances",
        str(tmp_path / "instances"),
        "--seconds",
        "0.05",
        "--days",
        "1",
        "--json",
        str(tmp_path / "out"),
    ]
    done = CliRunner().invoke(bench, ["planner", *wanted])
    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "out").read_text("utf-8"))
    assert figures["count"] == 3 and figures["mean_gap_percent"] <= figures["worst_gap_percent"]
    assert {row["instance"] for row in figures["instances"]} == {"c101.txt", "r105.txt", "pr01.txt"}


def test_a_folder_without_published_scores_is_solved_all_the_same(tmp_path: Path) -> None:
    shutil.copy(INSTANCES / "c101.txt", tmp_path / "mine.txt")
    (row,) = toptw.run(tmp_path, [1], 0.05)["instances"]
    assert row["score"] > 0


def test_the_command_asks_what_to_measure() -> None:
    done = CliRunner().invoke(bench, ["planner"])
    assert done.exit_code == 2 and "--instances" in done.output


def test_nearly_all_small_trips_are_planned_as_well_as_is_proven_possible(site: SiteDb) -> None:
    found = own.optimal(site, 50, ASKED_ON)
    assert found["trips"] >= 45 and found["percent"] >= 95


def test_random_requests_are_the_same_every_time() -> None:
    once, again = (list(own.requests(5, None, 7, ASKED_ON)) for _ in range(2))
    assert once == again


def test_the_plans_that_are_timed_are_sound(site: SiteDb) -> None:
    for request in own.requests(3, 3, 1, ASKED_ON):
        assert violations(site, plan(site, request, MaxSteps(30))) == ()
