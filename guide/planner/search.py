"""The search: ruin and recreate over the tours, with simulated annealing, deterministic for a seed and a step limit.

Each step takes visits out (a stretch of each tour, visits at random, or those that stand in the way of one that is
forced in) and puts the best of what is left back, by score^α over added minutes with changing α and noise. The pattern
is large neighbourhood search (Shaw 1998; Schrimpf et al. 2000) on the insertion bookkeeping of Vansteenwegen et al.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np

from guide.planner.problem import Problem, Solution
from guide.planner.tour import IMPOSSIBLE, Timetable, Tour

PATIENCE = 300  # steps without a new best before the search returns to the best
HEAT = 0.03  # share of the best score that a step may lose at first, on average
SHARPNESS = (1.0, 1.5, 2.0, 2.0, 3.0)  # exponents α of the score
NOISES = (0.0, 0.3, 0.8)
SHORTEST_SHIFT = 1e-3


@dataclass(frozen=True)
class MaxSteps:
    """Stop after a number of steps: the same plan on every machine."""

    steps: int

    def __call__(self, step: int) -> float:
        """The share of the search that is done; 1 or more stops it."""
        return step / self.steps


class MaxSeconds:
    """Stop after so many seconds of wall-clock time, counted from the first call, or after ``steps``, if given."""

    def __init__(self, seconds: float, steps: Optional[int] = None) -> None:
        if seconds <= 0:
            raise ValueError(f"a search of {seconds} seconds can't be made")
        self.seconds, self.steps, self._started = seconds, steps, 0.0

    def __call__(self, step: int) -> float:
        """The share of the search that is done; 1 or more stops it."""
        if not step:
            self._started = time.perf_counter()
        done = (time.perf_counter() - self._started) / self.seconds
        return max(done, step / self.steps) if self.steps else done


@dataclass
class _State:
    tours: list[Tour]
    free: np.ndarray  # bool: node not used, nor another of its group
    score: float
    cost: float

    def copy(self) -> _State:
        return _State(list(self.tours), self.free.copy(), self.score, self.cost)


class _Search:
    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.random = problem, random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.timetables = [Timetable(problem, day) for day in range(problem.days)]
        self.mates = [np.flatnonzero(problem.group == group) for group in problem.group]
        self.loaded, self.priced = bool(problem.load.any()), math.isfinite(problem.max_cost)
        self.scores, self.costs = problem.score.tolist(), problem.cost.tolist()

    def start(self) -> _State:
        tours = [self.tour(day, []) for day in range(self.problem.days)]
        self.reachable = np.min([tour.shift for tour in tours], axis=0) < IMPOSSIBLE
        state = _State(tours, self.reachable.copy(), 0.0, 0.0)
        self.recreate(state, 2.0, 0.0)
        return state

    def tour(self, day: int, order: list[int]) -> Tour:
        return Tour(self.problem, day, self.timetables[day], order)

    def put(self, state: _State, day: int, order: list[int]) -> None:
        """Replace a tour, and keep what is free, the score and the cost in step."""
        old, new = state.tours[day].order, order
        for node in set(old) - set(new):
            state.free[self.mates[node]] = self.reachable[self.mates[node]]
            state.score -= self.scores[node]
            state.cost -= self.costs[node]
        for node in set(new) - set(old):
            state.free[self.mates[node]] = False
            state.score += self.scores[node]
            state.cost += self.costs[node]
        state.tours[day] = self.tour(day, order)

    def _shifts(self, state: _State, day: int) -> np.ndarray:
        """(n,) minutes that each insertion into a day adds; IMPOSSIBLE where use, load or cost forbids it."""
        problem, tour = self.problem, state.tours[day]
        forbidden = ~state.free
        if self.loaded:
            forbidden |= tour.load + problem.load > problem.max_load[day]
        if self.priced:
            forbidden |= state.cost + problem.cost > problem.max_cost
        return np.where(forbidden, IMPOSSIBLE, tour.shift)

    def _gains(self, state: _State, day: int, weight: np.ndarray) -> np.ndarray:
        shifts = self._shifts(state, day)
        return np.where(shifts < IMPOSSIBLE, weight / np.maximum(shifts, SHORTEST_SHIFT), 0.0)

    def recreate(self, state: _State, sharpness: float, noise: float) -> None:
        weight = self.problem.score**sharpness
        if noise:
            weight = weight * (1 + noise * (self.noise.random(len(weight)) - 0.5))
        gains = np.stack([self._gains(state, day, weight) for day in range(self.problem.days)])
        while gains.size:
            day, node = divmod(int(gains.argmax()), self.problem.nodes)
            if gains[day, node] <= 0:
                return
            order, place = state.tours[day].order, int(state.tours[day].place[node])
            self.put(state, day, order[:place] + [node] + order[place:])
            gains[:, self.mates[node]] = 0.0
            for changed in range(self.problem.days) if self.priced else (day,):
                gains[changed] = self._gains(state, changed, weight)

    def ruin(self, state: _State) -> None:
        dice = self.random.random()
        if dice < 0.65:
            self._cut_stretches(state)
        elif dice < 0.9:
            self._thin_out(state)
        else:
            self._force_in(state)

    def _cut_stretches(self, state: _State) -> None:
        days = range(self.problem.days) if self.random.random() < 0.5 else [self.random.randrange(self.problem.days)]
        for day in days:
            order = state.tours[day].order
            if not order:
                continue
            length = self.random.randint(1, min(len(order), int(len(order) * 0.6) + 1))
            first = self.random.randrange(len(order))
            gone = {(first + i) % len(order) for i in range(length)}
            self._keep(state, day, [node for i, node in enumerate(order) if i not in gone])

    def _thin_out(self, state: _State) -> None:
        share = self.random.uniform(0.1, 0.5)
        for day in range(self.problem.days):
            order = state.tours[day].order
            kept = [node for node in order if self.random.random() >= share]
            if len(kept) < len(order):
                self._keep(state, day, kept)

    def _keep(self, state: _State, day: int, kept: list[int]) -> None:
        """Put a shortened tour; without the triangle inequality a shortened tour may be late, then nothing is cut."""
        if self.timetables[day].schedule(kept) is not None:
            self.put(state, day, kept)

    def _force_in(self, state: _State) -> None:
        """Force a free node into a tour in place of up to three neighbours that lose least."""
        free = np.flatnonzero(state.free)
        if not len(free):
            return
        node, day = int(free[self.random.randrange(len(free))]), self.random.randrange(self.problem.days)
        order = state.tours[day].order
        found: Optional[tuple[float, list[int]]] = None
        for place in range(len(order) + 1):
            for gone in (1, 2, 3):
                trial = order[:place] + [node] + order[place + gone :]
                if self.timetables[day].schedule(trial) is not None and self._bearable(state, day, trial):
                    lost = sum(self.scores[v] for v in order[place : place + gone])
                    found = min(found, (lost, trial)) if found else (lost, trial)
                    break
        if found:
            self.put(state, day, found[1])

    def _bearable(self, state: _State, day: int, order: list[int]) -> bool:
        before = sum(self.costs[v] for v in state.tours[day].order)
        return (
            self.problem.load[order].sum() <= self.problem.max_load[day]
            and state.cost - before + sum(self.costs[v] for v in order) <= self.problem.max_cost
        )

    def accepts(self, new: float, current: float, best: float, done: float) -> bool:
        heat = HEAT * best * (1 - done)
        return new >= current or (heat > 0 and self.random.random() < math.exp((new - current) / heat))


def search(problem: Problem, stop: Callable[[int], float], seed: int = 0) -> Solution:
    """The best tours found until ``stop(step)`` reaches 1. With MaxSteps the same call gives the same tours."""
    if not problem.nodes or not problem.days:
        return Solution(tuple(() for _ in range(problem.days)), 0.0)
    run = _Search(problem, seed)
    current = run.start()
    best, since, step = current.copy(), 0, 0
    while (done := stop(step)) < 1:
        step, since = step + 1, since + 1
        trial = current.copy()
        run.ruin(trial)
        run.recreate(trial, run.random.choice(SHARPNESS), run.random.choice(NOISES))
        if trial.score > best.score + SHORTEST_SHIFT:
            best, since = trial.copy(), 0
        if run.accepts(trial.score, current.score, best.score, done):
            current = trial
        elif since > PATIENCE:
            current, since = best.copy(), 0
    return Solution(tuple(tuple(tour.order) for tour in best.tours), best.score, step)
