"""The planner on the project's own data: how long a plan takes, and how often a small one is the proven optimum."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from statistics import median
from typing import Any, Iterator, Optional

from bench.planner.oracle import MOST_NODES, optimum
from guide.planner.build import Draft, build
from guide.planner.check import violations
from guide.planner.outings import catalogue_of
from guide.planner.plan import Infeasible, plan
from guide.planner.problem import Solution
from guide.planner.request import EFFORTS, FESTIVALS, PACES, TRANSPORTS, TripRequest
from guide.planner.search import search
from guide.planner.settling import settle
from guide.planner.stops import MaxSteps
from guide.planner.tastes import interests
from guide.planner.towns import towns_of
from guide.refs import Ref
from guide.sitedb import SiteDb

STARTS = ("ha-noi", "hai-phong", "bai-chay", "hai-duong-city", "bac-giang-city")
SMALL_STEPS = 500  # of the search on a small trip: what it has in service
EQUAL = 1e-3


def requests(count: int, days: Optional[int], seed: int, asked_on: date) -> Iterator[TripRequest]:
    """Random requests as visitors make them; the same for the same seed."""
    dice = random.Random(seed)
    for _ in range(count):
        yield TripRequest(
            asked_on=asked_on,
            days=days or dice.randint(1, 7),
            start=Ref("place", dice.choice(STARTS)),
            first_day=asked_on + timedelta(days=dice.randint(1, 300)),
            oldest=dice.choice((None, None, 68, 75, 83)),
            children=dice.choice(((), (), (4,), (8, 11))),
            pace=dice.choice((None, *PACES)),
            effort=dice.choice((None, None, *EFFORTS)),
            interests=tuple(dice.sample(interests(), dice.randint(0, 3))),
            transport=dice.choice((None, *TRANSPORTS)),
            festivals=dice.choice(FESTIVALS),
        )


def speed(site: SiteDb, count: int, days: int, asked_on: date) -> dict[str, Any]:
    """Seconds of ``plan`` as it runs in service, all candidate places in question; every plan is checked."""
    next(iter(_plans(site, requests(1, days, 99, asked_on))))  # what is kept for each version of the facts
    taken, broken = [], 0
    for request in requests(count, days, 1, asked_on):
        started = time.perf_counter()
        found = _plan(site, request)
        taken.append(time.perf_counter() - started)
        broken += bool(found and violations(site, found))
    taken.sort()
    nearly_all = taken[min(len(taken) - 1, int(0.95 * len(taken)))]
    figures = {"p50_ms": median(taken), "p95_ms": nearly_all, "max_ms": taken[-1]}
    times = {name: round(1000 * seconds, 1) for name, seconds in figures.items()}
    return {"days": days, "plans": count, "broken": broken, **times}


def _plans(site: SiteDb, wanted: Iterator[TripRequest]) -> Iterator[Any]:
    return (_plan(site, request) for request in wanted)


def _plan(site: SiteDb, request: TripRequest) -> Any:
    try:
        return plan(site, request)
    except Infeasible as problem:
        return problem.nearest


def small_draft(site: SiteDb, seed: int, asked_on: date) -> Draft:
    """A trip of one or two days among a few random outings, small enough to be solved exactly."""
    dice = random.Random(seed)
    request = next(requests(1, dice.randint(1, 2), seed, asked_on))
    outings = [outing for outing in catalogue_of(site).outings if not outing.by_name and not outing.wanted]
    lunches = [town.place.id for town in towns_of(site).lunches]
    while True:
        only = [outing.id for outing in dice.sample(outings, 7)] + dice.sample(lunches, 2)
        draft = build(site, settle(site, request), only)
        if 4 <= draft.problem.nodes <= MOST_NODES:
            return draft


def optimal(site: SiteDb, trips: int, asked_on: date) -> dict[str, Any]:
    """How many small trips are planned as well as can be proven, and how far the others are from it."""
    gaps = []
    for seed in range(trips):
        problem = small_draft(site, seed, asked_on).problem
        found: Optional[Solution] = search(problem, MaxSteps(SMALL_STEPS))
        if found is not None:
            best = optimum(problem)
            gaps.append(max(0.0, best - found.score))
    reached = sum(gap <= EQUAL for gap in gaps)
    return {
        "trips": len(gaps),
        "optimal": reached,
        "percent": round(100 * reached / len(gaps), 1),
        "worst_points": max(gaps),
    }
