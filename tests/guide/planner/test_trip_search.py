"""The search beneath the planner: small problems whose answer is plain, and the proven optimum of random ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.planner.oracle import TooLarge, optimum
from guide.planner.problem import NEVER, Problem
from guide.planner.search import search
from guide.planner.stops import MaxSeconds, MaxSteps

STEPS = MaxSteps(200)


def line(count: int, days: int = 1, **values: object) -> Problem:
    """Places ten minutes apart in a row, an hour each, from a base ten minutes before the first; eight hours a day."""
    at = np.arange(1, count + 1) * 10.0
    given = {
        "score": np.ones(count) * 10,
        "service": np.full((days, count), 60.0),
        "travel": np.abs(at[:, None] - at),
        "out": at[None, :],
        "home": at[None, :],
        "direct": np.zeros((1, 1)),
        "bases": ((0,),) * (days + 1),
        "opens": np.zeros((days, count)),
        "closes": np.full((days, count), 1000.0),
        "begins": np.zeros(days),
        "ends": np.full(days, 480.0),
    }
    return Problem(**{**given, **values})


def visited(problem: Problem) -> list[tuple[int, ...]]:
    found = search(problem, STEPS)
    assert found is not None
    return list(found.tours)


def test_a_day_holds_what_its_hours_hold() -> None:
    assert len(visited(line(9))[0]) == 6  # six hours on site, two on the way


def test_what_is_closed_that_day_is_not_visited() -> None:
    closes = np.full((1, 4), 1000.0)
    closes[0, 2] = NEVER
    assert sorted(visited(line(4, closes=closes))[0]) == [0, 1, 3]


def test_what_closes_first_is_visited_first() -> None:
    closes = np.array([[1000.0, 1000.0, 40.0]])
    assert visited(line(3, closes=closes))[0][0] == 2


def test_two_ways_of_one_visit_are_not_both_made() -> None:
    excludes = np.eye(3, dtype=bool)
    excludes[0, 1] = excludes[1, 0] = True
    assert len(visited(line(3, excludes=excludes))[0]) == 2


def test_what_can_be_had_once_a_day_can_be_had_every_day() -> None:
    nothing, lunch = np.zeros((1, 1), bool), np.ones((1, 1), bool)
    assert visited(line(1, days=2, excludes=nothing, excludes_today=lunch)) == [(0,), (0,)]


def test_a_day_bears_only_so_much() -> None:
    problem = line(4, load=np.ones((1, 4)), max_load=np.array([[2.0]]))
    assert len(visited(problem)[0]) == 2


def test_money_is_spent_once_for_all_days() -> None:
    problem = line(4, days=2, cost=np.full(4, 50.0), max_cost=100.0)
    assert sum(map(len, visited(problem))) == 2


def test_a_detour_that_costs_more_than_it_gives_is_not_made() -> None:
    score = np.array([10.0, 10.0, 10.0])
    far = line(3, score=score, travel_cost=1.0)
    assert sorted(visited(far)[0]) == []
    assert sorted(visited(replace(far, travel_cost=0.1))[0]) == [0, 1, 2]


def test_the_night_is_spent_where_the_days_meet() -> None:
    """Two clusters far apart: only the town between the days at the second one lets both be seen."""
    near, far = 10.0, 200.0
    travel = np.array([[0, near, far, far], [near, 0, far, far], [far, far, 0, near], [far, far, near, 0]], float)
    out = np.array([[near, near, far, far], [far, far, near, near]])
    problem = line(
        4, days=2, travel=travel, out=out, home=out, direct=np.array([[0, far], [far, 0]]), bases=((0,), (0, 1), (1,)),
        ends=np.full(2, 360.0),
    )  # fmt: skip
    found = search(problem, STEPS)
    assert found is not None and len(sum(found.tours, ())) == 4
    assert found.bases[0] == 0 and found.bases[2] == 1


def test_no_plan_where_the_end_is_out_of_reach() -> None:
    problem = line(
        1,
        direct=np.array([[0, 900.0], [900.0, 0]]),
        bases=((0,), (1,)),
        out=np.full((2, 1), 10.0),
        home=np.full((2, 1), 10.0),
    )
    assert search(problem, STEPS) is None


def test_the_same_seed_and_steps_find_the_same_tours() -> None:
    problem = line(12, days=2)
    assert search(problem, STEPS, seed=3) == search(problem, STEPS, seed=3)


def test_a_search_of_no_time_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="0 seconds"):
        MaxSeconds(0)


def test_time_and_steps_end_a_search_whichever_comes_first() -> None:
    stop = MaxSeconds(1000, steps=50)
    found = search(line(6), stop)
    assert found is not None and found.steps == 50


@pytest.mark.parametrize(
    "field, value",
    [
        pytest.param("closes", np.zeros((2, 3)), id="windows-of-another-number-of-days"),
        pytest.param("travel", np.zeros((2, 2)), id="ways-between-other-places"),
        pytest.param("bases", ((0,),), id="no-base-to-come-back-to"),
    ],
)
def test_a_problem_that_does_not_fit_together_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field[:4]):
        line(3, **{field: value})


def random_problem(seed: int) -> Problem:
    """Eight places on a map, two towns, windows, loads, exclusions and two days."""
    dice = np.random.default_rng(seed)
    places, towns = dice.uniform(0, 100, (8, 2)), dice.uniform(0, 100, (3, 2))
    ways = lambda a, b: np.hypot(*(a[:, None] - b[None, :]).transpose(2, 0, 1))  # noqa: E731
    opens = dice.choice([0.0, 60.0, 120.0], (2, 8))
    excludes = np.eye(8, dtype=bool)
    excludes[0, 1] = excludes[1, 0] = True
    return Problem(
        score=dice.uniform(10, 100, 8), service=np.tile(dice.choice([30.0, 60.0, 120.0], 8), (2, 1)),
        travel=ways(places, places), out=ways(towns, places), home=ways(towns, places), direct=ways(towns, towns),
        bases=((0,), (0, 1, 2), (0,)), base_score=np.array([0.0, 5.0, 9.0]), opens=opens, closes=opens + 240,
        begins=np.zeros(2), ends=np.full(2, 420.0), excludes=excludes, load=dice.integers(0, 3, (1, 8)).astype(float),
        max_load=np.full((2, 1), 3.0), travel_cost=0.1,
    )  # fmt: skip


def test_random_small_problems_are_solved_as_well_as_is_proven_possible() -> None:
    """Nothing is better than what is proven to be best; nearly always the search finds just that."""
    reached = []
    for seed in range(12):
        problem = random_problem(seed)
        found, best = search(problem, MaxSteps(1500)), optimum(problem)
        assert found is not None and found.score <= best + 1e-6
        reached.append(found.score > best - 1e-6)
    assert sum(reached) >= 11


def test_the_oracle_says_when_it_is_asked_too_much() -> None:
    with pytest.raises(TooLarge):
        optimum(line(15))
