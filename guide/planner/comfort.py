"""The order within a day as a guide would have it: climbs before the heat, unless that makes the ways much longer."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Sequence

from guide.planner.build import Draft
from guide.planner.problem import Solution
from guide.planner.tour import Times, Timetable

MOST = 5  # visits and meals of a day of which all orders are tried
COOL_UNTIL = 8 * 60
STRAIN = 6.0 / 60  # points that a minute of later begin costs a moderate climb; a hard one three times as much


def comfortable(draft: Draft, solution: Solution) -> Solution:
    """The same visits on the same days, each day in the order that is worth most, effort by the clock included."""
    travel = draft.problem.travel.tolist()
    tours = []
    for day, tour in enumerate(solution.tours):
        timetable = Timetable(draft.problem, travel, day, solution.bases[day : day + 2])
        tours.append(_best_order(draft, timetable, tour))
    return replace(solution, tours=tuple(tours))


def _best_order(draft: Draft, timetable: Timetable, tour: tuple[int, ...]) -> tuple[int, ...]:
    orders = permutations(tour) if len(tour) <= MOST and _strains(draft, tour) else [tour]
    possible = [(order, times) for order in orders if (times := timetable.schedule(order))]
    if not possible:
        return tour
    return min(possible, key=lambda one: (_burden(draft, timetable, *one), one[0] != tour))[0]


def _strains(draft: Draft, tour: Sequence[int]) -> bool:
    return any(draft.problem.load[0, node] for node in tour)


def _burden(draft: Draft, timetable: Timetable, order: Sequence[int], times: Times) -> float:
    """Points that the ways and the climbs of the day cost."""
    begins = [max(arrival, timetable.opens[node]) for node, arrival in zip(order, times.arrivals, strict=False)]
    late = sum(
        float(draft.problem.load[0, node]) * max(0.0, begin - COOL_UNTIL)
        for node, begin in zip(order, begins, strict=True)
    )
    return draft.problem.travel_cost * timetable.minutes(order) + STRAIN * late
