"""The ground that a search moves on: states of a plan, and how tours are replaced, begun and filled up."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Optional

import numpy as np

from guide.planner.problem import Problem
from guide.planner.tour import Timetable, Tour

CALMS = (0.0, 0.8, 0.95, 0.98)  # share of a duty that is overlooked: what must be taken need not be laid first
REMEMBERED = 4000  # tours

Bases = tuple[int, ...]


@dataclass
class State:
    """A plan in the making. ``blocked`` (m, n): how many of the nodes in use forbid a node on a day."""

    tours: list[Tour]
    bases: Bases
    blocked: np.ndarray
    score: float
    cost: float
    duty: float

    def take(self, other: State) -> None:
        """Become another state."""
        self.__dict__.update(other.__dict__)

    def copy(self) -> State:
        """A state of its own that shares the tours, which never change."""
        return State(list(self.tours), self.bases, self.blocked.copy(), self.score, self.cost, self.duty)


class Ground:
    """What all steps of a search share: the problem in quick forms, the dice, the tours met so far."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.random = problem, random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.days = range(problem.days)
        self.dutiful, self.priced = bool(problem.duty.any()), math.isfinite(problem.max_cost)
        self.scores, self.costs, self.duties = problem.score.tolist(), problem.cost.tolist(), problem.duty.tolist()
        self.excludes = problem.excludes.astype(np.int16)
        self.today = problem.excludes_today.astype(np.int16)
        self.daily = bool(problem.excludes_today.any())
        self.choices = [day for day in range(1, problem.days) if len(problem.bases[day]) > 1]
        self.alike = [self._first_alike(day) for day in self.days]
        self.open_then = self._within_reach()
        self.tours: dict[tuple[int, ...], Tour] = {}
        self.blanks: dict[tuple[int, int, int], Optional[Tour]] = {}
        self._travel = problem.travel.tolist()
        self._timetables: dict[tuple[int, int, int], Timetable] = {}

    def _first_alike(self, day: int) -> int:
        """The first day that has the same hours, minutes and limits: a tour of one is a tour of the other."""
        p = self.problem
        rows = (p.opens, p.closes, p.service, p.max_load, p.begins, p.ends)
        return next(other for other in range(day + 1) if all(np.array_equal(row[other], row[day]) for row in rows))

    def _within_reach(self) -> np.ndarray:
        """(m, n) whether a day has the time to go there and back from any of its bases."""
        problem = self.problem
        within = np.zeros((problem.days, problem.nodes), dtype=bool)
        for day in self.days:
            first, last = list(problem.bases[day]), list(problem.bases[day + 1])
            start = np.maximum(problem.begins[day] + problem.out[first].min(axis=0), problem.opens[day])
            back = start + problem.service[day] + problem.home[last].min(axis=0)
            within[day] = (start <= problem.closes[day]) & (back <= problem.ends[day])
        return within

    # tours

    def timetable(self, day: int, bases: tuple[int, ...]) -> Timetable:
        key = (self.alike[day], bases[day], bases[day + 1])
        if key not in self._timetables:
            self._timetables[key] = Timetable(self.problem, self._travel, day, key[1:])
        return self._timetables[key]

    def tour(self, state: State, day: int, order: list[int]) -> Tour:
        """The tour with its insertions; small problems come upon the same ones again and again."""
        key = (self.alike[day], state.bases[day], state.bases[day + 1], *order)
        found = self.tours.get(key)
        if found is None:
            if len(self.tours) >= REMEMBERED:
                self.tours.clear()
            found = self.tours[key] = Tour(self.problem, self.timetable(day, state.bases), order)
        return found

    def blank(self, day: int, bases: tuple[int, ...]) -> Optional[Tour]:
        """The day without a visit; None where even that takes too long."""
        key = (self.alike[day], bases[day], bases[day + 1])
        if key not in self.blanks:
            timetable = self.timetable(day, bases)
            fits = timetable.schedule([]) is not None
            self.blanks[key] = Tour(self.problem, timetable, []) if fits else None
        return self.blanks[key]

    def begin(self, bases: tuple[int, ...]) -> Optional[State]:
        """All days without a visit; None where the way between two bases alone takes longer than the day."""
        tours = [self.blank(day, bases) for day in self.days]
        if any(tour is None for tour in tours):
            return None
        score = self.nights(bases) - self.problem.travel_cost * sum(tour.minutes for tour in tours if tour)
        blocked = np.zeros((self.problem.days, self.problem.nodes), dtype=np.int16)
        return State([tour for tour in tours if tour], bases, blocked, score, 0.0, 0.0)

    def nights(self, bases: tuple[int, ...]) -> float:
        """The points for where the nights are spent, and for not packing every morning."""
        stays = sum(a == b for a, b in zip(bases[1:-2], bases[2:-1], strict=False))
        return float(sum(self.problem.base_score[base] for base in bases[1:-1]) + self.problem.stay_score * stays)

    def start(self) -> Optional[State]:
        """The best of the quick plans that stay in one town, or then in the towns nearest to the visits."""
        best: Optional[State] = None
        for bases in self._stays():
            best = self._better(best, bases)
        if best and self.choices:
            best = self._better(best, self._nearest_nights(best))
        return best

    def _better(self, best: Optional[State], bases: Bases) -> Optional[State]:
        """The best plan so far or a quick one between these bases."""
        for calm in CALMS if self.dutiful else CALMS[:1]:
            state = self.begin(bases)
            if state:
                self.recreate(state, 2.0, 0.0, calm)
                best = state if best is None or state.score > best.score else best
        return best

    def _nearest_nights(self, state: State) -> Bases:
        """For each night the town between the visits of the evening and of the morning."""
        home, out, bases = self.problem.home, self.problem.out, list(state.bases)
        for night in self.choices:
            before, after = state.tours[night - 1].order[-1:], state.tours[night].order[:1]
            if before or after:
                bases[night] = min(
                    self.problem.bases[night],
                    key=lambda base: float(home[base, before].sum() + out[base, after].sum()),
                )
        return tuple(bases)

    def _stays(self) -> list[tuple[int, ...]]:
        choices = self.problem.bases
        every = dict.fromkeys(base for options in choices[1:-1] for base in options) or {choices[0][0]: None}
        stays = [tuple(base if base in options else options[0] for options in choices) for base in every]
        return list(dict.fromkeys(stays))

    def put(self, state: State, day: int, order: list[int]) -> None:
        """Replace a tour, and keep what is forbidden, the score and the cost in step."""
        old, new = state.tours[day], self.tour(state, day, order)
        for node in set(old.order) - set(order):
            self._count(state, day, node, -1)
        for node in set(order) - set(old.order):
            self._count(state, day, node, 1)
        state.score -= self.problem.travel_cost * (new.minutes - old.minutes)
        state.tours[day] = new

    def _count(self, state: State, day: int, node: int, sign: int) -> None:
        state.blocked += sign * self.excludes[node]
        if self.daily:
            state.blocked[day] += sign * self.today[node]
        state.score += sign * self.scores[node]
        state.cost += sign * self.costs[node]
        state.duty += sign * self.duties[node]

    # recreate

    def _gains(self, state: State, day: int, weight: np.ndarray, sharpness: float) -> np.ndarray:
        """(n,) how much each insertion into a day is worth; 0 where use, load, cost or travel forbids it."""
        tour = state.tours[day]
        gains = weight * tour.rate
        if tour.share is not None:
            gains *= tour.share**sharpness
        gains[state.blocked[day] > 0] = 0.0
        if self.priced:
            gains[state.cost + self.problem.cost > self.problem.max_cost] = 0.0
        return gains

    def recreate(self, state: State, sharpness: float, noise: float, calm: float) -> None:
        """Put in what fits, one node after the other, each where it is worth most for the minutes it adds."""
        weight = (self.problem.score - calm * self.problem.duty) ** sharpness
        if noise:
            weight = weight * (1 + noise * (self.noise.random(len(weight)) - 0.5))
        gains = np.stack([self._gains(state, day, weight, sharpness) for day in self.days])
        while gains.size:
            day, node = divmod(int(gains.argmax()), self.problem.nodes)
            if gains[day, node] <= 0:
                return
            order, place = state.tours[day].order, int(state.tours[day].place[node])
            self.put(state, day, order[:place] + [node] + order[place:])
            gains[:, self.problem.excludes[node]] = 0.0
            for changed in self.days if self.priced else (day,):
                gains[changed] = self._gains(state, changed, weight, sharpness)

    def bearable(self, state: State, day: int, order: list[int]) -> bool:
        before = sum(self.costs[v] for v in state.tours[day].order)
        return bool(
            (self.problem.load[:, order].sum(axis=1) <= self.problem.max_load[day]).all()
            and state.cost - before + sum(self.costs[v] for v in order) <= self.problem.max_cost
        )
