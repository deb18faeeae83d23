"""The search: ruin and recreate over the tours, with simulated annealing, deterministic for a seed and a step limit.

Each step takes visits out (a stretch of each tour, visits at random, those that stand in the way of one that is forced
in, or those that another town for the night cuts off) and puts the best of what is left back, by score^α over added
minutes with changing α and noise. The pattern is large neighbourhood search (Shaw 1998; Schrimpf et al. 2000) on the
insertion bookkeeping of Vansteenwegen et al.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Optional

import numpy as np

from guide.planner.problem import Problem, Solution
from guide.planner.stops import MaxSeconds, MaxSteps, Stop
from guide.planner.tour import IMPOSSIBLE, Timetable, Tour

__all__ = ["MaxSeconds", "MaxSteps", "search"]

PATIENCE = 300  # steps without a new best before the search returns to the best
HEAT = 0.03  # share of the best score that a step may lose at first, on average
SHARPNESS = (1.0, 1.5, 2.0, 2.0, 3.0)  # exponents α of the score
NOISES = (0.0, 0.3, 0.8)
SHORTEST_SHIFT = 1e-3
LEAVINGS = (0.0, 0.5, 1.0)  # share of a day's visits that are given up when its night moves
CALMS = (0.0, 0.8, 0.95, 0.98)  # share of a duty that is overlooked: what must be taken need not be laid first
NIGHT_MOVES = 0.4  # share of the steps that try another town for a night, where there is a choice
REMEMBERED = 4000  # tours
FORCED = 0.2  # share of the other steps that force a visit in; half of it where no visit is a duty
TOURNAMENT = 3  # so many towns are drawn, the nearest one to the day's visits is tried


@dataclass
class _State:
    tours: list[Tour]
    bases: tuple[int, ...]
    blocked: np.ndarray  # (m, n) how many of the nodes in use forbid this one on that day
    score: float
    cost: float
    duty: float

    def take(self, other: _State) -> None:
        """Become another state."""
        self.__dict__.update(other.__dict__)

    def copy(self) -> _State:
        return _State(list(self.tours), self.bases, self.blocked.copy(), self.score, self.cost, self.duty)


class _Search:
    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.random = problem, random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.days = range(problem.days)
        self.travel = problem.travel.tolist()
        self.timetables: dict[tuple[int, int, int], Timetable] = {}
        self.tours: dict[tuple[int, ...], Tour] = {}
        self.empty: dict[tuple[int, int, int], Optional[Tour]] = {}
        self.dutiful = bool(problem.duty.any())
        self.loaded, self.priced = bool(len(problem.load)), math.isfinite(problem.max_cost)
        self.scores, self.costs, self.duties = problem.score.tolist(), problem.cost.tolist(), problem.duty.tolist()
        self.excludes = problem.excludes.astype(np.int16)
        self.today = problem.excludes_today.astype(np.int16)
        self.daily = bool(problem.excludes_today.any())
        self.open_then = self._within_reach()
        self.mates = [np.flatnonzero(row) for row in problem.excludes]
        self.forced = FORCED if self.dutiful else FORCED / 2
        self.choices = [day for day in range(1, problem.days) if len(problem.bases[day]) > 1]

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
        key = (day, bases[day], bases[day + 1])
        if key not in self.timetables:
            self.timetables[key] = Timetable(self.problem, self.travel, day, key[1:])
        return self.timetables[key]

    def tour(self, state: _State, day: int, order: list[int]) -> Tour:
        """The tour with its insertions; small problems come upon the same ones again and again."""
        key = (day, state.bases[day], state.bases[day + 1], *order)
        found = self.tours.get(key)
        if found is None:
            if len(self.tours) >= REMEMBERED:
                self.tours.clear()
            found = self.tours[key] = Tour(self.problem, self.timetable(day, state.bases), order)
        return found

    def blank(self, day: int, bases: tuple[int, ...]) -> Optional[Tour]:
        """The day without a visit; None where even that takes too long."""
        key = (day, bases[day], bases[day + 1])
        if key not in self.empty:
            timetable = self.timetable(day, bases)
            fits = timetable.schedule([]) is not None
            self.empty[key] = Tour(self.problem, timetable, []) if fits else None
        return self.empty[key]

    def begin(self, bases: tuple[int, ...]) -> Optional[_State]:
        """All days without a visit; None where the way between two bases alone takes longer than the day."""
        tours = [self.blank(day, bases) for day in self.days]
        if any(tour is None for tour in tours):
            return None
        score = self.nights(bases) - self.problem.travel_cost * sum(tour.minutes for tour in tours if tour)
        blocked = np.zeros((self.problem.days, self.problem.nodes), dtype=np.int16)
        return _State([tour for tour in tours if tour], bases, blocked, score, 0.0, 0.0)

    def nights(self, bases: tuple[int, ...]) -> float:
        """The points for where the nights are spent, and for not packing every morning."""
        stays = sum(a == b for a, b in zip(bases[1:-2], bases[2:-1], strict=False))
        return float(sum(self.problem.base_score[base] for base in bases[1:-1]) + self.problem.stay_score * stays)

    def start(self) -> Optional[_State]:
        """The best of the quick plans that spend every night in the same town, as far as the choices allow."""
        best: Optional[_State] = None
        for bases in self._stays():
            for calm in CALMS if self.dutiful else CALMS[:1]:
                state = self.begin(bases)
                if state:
                    self.recreate(state, 2.0, 0.0, calm)
                    best = state if best is None or state.score > best.score else best
        return best

    def _stays(self) -> list[tuple[int, ...]]:
        choices = self.problem.bases
        every = dict.fromkeys(base for options in choices[1:-1] for base in options) or {choices[0][0]: None}
        stays = [tuple(base if base in options else options[0] for options in choices) for base in every]
        return list(dict.fromkeys(stays))

    def put(self, state: _State, day: int, order: list[int]) -> None:
        """Replace a tour, and keep what is forbidden, the score and the cost in step."""
        old, new = state.tours[day], self.tour(state, day, order)
        for node in set(old.order) - set(order):
            self._count(state, day, node, -1)
        for node in set(order) - set(old.order):
            self._count(state, day, node, 1)
        state.score -= self.problem.travel_cost * (new.minutes - old.minutes)
        state.tours[day] = new

    def _count(self, state: _State, day: int, node: int, sign: int) -> None:
        state.blocked[:, self.mates[node]] += sign
        if self.daily:
            state.blocked[day] += sign * self.today[node]
        state.score += sign * self.scores[node]
        state.cost += sign * self.costs[node]
        state.duty += sign * self.duties[node]

    # recreate

    def _gains(self, state: _State, day: int, weight: np.ndarray, sharpness: float) -> np.ndarray:
        """(n,) how much each insertion into a day is worth; 0 where use, load, cost or travel forbids it."""
        problem, tour = self.problem, state.tours[day]
        possible = (state.blocked[day] == 0) & (tour.shift < IMPOSSIBLE)
        if self.loaded:
            possible &= (tour.load[:, None] + problem.load <= problem.max_load[day][:, None]).all(axis=0)
        if self.priced:
            possible &= state.cost + problem.cost <= problem.max_cost
        if problem.travel_cost:
            net = problem.score - problem.travel_cost * tour.detour
            weight = weight * (np.maximum(net, 0.0) / np.maximum(problem.score, SHORTEST_SHIFT)) ** sharpness
        return np.where(possible, weight / np.maximum(tour.shift, SHORTEST_SHIFT), 0.0)

    def recreate(self, state: _State, sharpness: float, noise: float, calm: float) -> None:
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
            gains[:, self.mates[node]] = 0.0
            for changed in self.days if self.priced else (day,):
                gains[changed] = self._gains(state, changed, weight, sharpness)

    # ruin

    def ruin(self, state: _State) -> None:
        if self.choices and self.random.random() < NIGHT_MOVES:
            self._sleep_elsewhere(state)
            return
        dice = self.random.random()
        if dice < self.forced:
            self._force_in(state)
        elif dice < self.forced + 0.65:
            self._cut_stretches(state)
        else:
            self._thin_out(state)

    def _cut_stretches(self, state: _State) -> None:
        days = self.days if self.random.random() < 0.5 else [self.random.randrange(self.problem.days)]
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
        for day in self.days:
            order = state.tours[day].order
            kept = [node for node in order if self.random.random() >= share]
            if len(kept) < len(order):
                self._keep(state, day, kept)

    def _keep(self, state: _State, day: int, kept: list[int]) -> None:
        """Put a shortened tour; without the triangle inequality a shortened tour may be late, then nothing is cut."""
        if self.timetable(day, state.bases).schedule(kept) is not None:
            self.put(state, day, kept)

    def _force_in(self, state: _State) -> None:
        """Force a node into a tour: what it excludes goes, and up to three neighbours, those that lose least."""
        day = self.random.randrange(self.problem.days)
        node = self._tempting(state, day)
        if node is None:
            return
        freed = self._without_rivals(state, day, node)
        order, timetable = freed.tours[day].order, self.timetable(day, state.bases)
        found: Optional[tuple[float, list[int]]] = None
        for place in range(len(order) + 1):
            for gone in (0, 1, 2, 3):
                trial = order[:place] + [node] + order[place + gone :]
                if timetable.schedule(trial) is not None and self._bearable(freed, day, trial):
                    lost = sum(self.scores[v] for v in order[place : place + gone])
                    found = min(found, (lost, trial)) if found else (lost, trial)
                    break
        if found:
            state.take(freed)
            self.put(state, day, found[1])

    def _tempting(self, state: _State, day: int) -> Optional[int]:
        """One of the nodes that are open that day and in no tour, rather one of a high score."""
        used = [node for tour in state.tours for node in tour.order]
        open_then = self.open_then[day].copy()
        open_then[used] = False
        free = np.flatnonzero(open_then)
        if not len(free):
            return None
        drawn = [int(free[self.random.randrange(len(free))]) for _ in range(2)]
        return max(drawn, key=lambda v: self.scores[v])

    def _without_rivals(self, state: _State, day: int, node: int) -> _State:
        """The state without the nodes that the new one excludes, as far as the tours allow it."""
        freed = state.copy()
        for other in self.days:
            rivals = self.excludes[node] + (self.today[node] if other == day else 0)
            kept = [v for v in freed.tours[other].order if not rivals[v]]
            if len(kept) < len(freed.tours[other].order):
                self._keep(freed, other, kept)
        return freed

    def _bearable(self, state: _State, day: int, order: list[int]) -> bool:
        before = sum(self.costs[v] for v in state.tours[day].order)
        return bool(
            (self.problem.load[:, order].sum(axis=1) <= self.problem.max_load[day]).all()
            and state.cost - before + sum(self.costs[v] for v in order) <= self.problem.max_cost
        )

    def _sleep_elsewhere(self, state: _State) -> None:
        """Spend a night, or all nights in the same town, in another one; visits that no longer fit are taken out."""
        day = self.random.choice(self.choices)
        old, new = state.bases[day], self._other_town(state, day)
        together = self.random.random() < 0.5
        bases = tuple(
            new if boundary == day or (together and base == old and new in self.problem.bases[boundary]) else base
            for boundary, base in enumerate(state.bases)
        )
        changed = [d for d in self.days if bases[d : d + 2] != state.bases[d : d + 2]]
        if any(self.blank(d, bases) is None for d in changed):
            return
        share = self.random.choice(LEAVINGS)
        orders = [[node for node in state.tours[d].order if self.random.random() >= share] for d in changed]
        for d in changed:
            self.put(state, d, [])  # while it still lies between the old towns
        state.score += self.nights(bases) - self.nights(state.bases)
        state.bases = bases
        for d, order in zip(changed, orders, strict=True):
            self._move_in(state, d, order)

    def _move_in(self, state: _State, day: int, order: list[int]) -> None:
        """Lay a tour between the day's new towns, without the visits that it can no longer hold."""
        blank, timetable = self.blank(day, state.bases), self.timetable(day, state.bases)
        assert blank is not None
        state.score -= self.problem.travel_cost * (blank.minutes - state.tours[day].minutes)
        state.tours[day] = blank
        while order and timetable.schedule(order) is None:  # pruned, or cut off by the new way
            order = self._shortened(timetable, order)
        if order:
            self.put(state, day, order)

    def _shortened(self, timetable: Timetable, order: list[int]) -> list[int]:
        """The tour without the visit that earns least for the travel that it asks for."""
        trials = [order[:at] + order[at + 1 :] for at in range(len(order))]
        whole = timetable.minutes(order)
        worth = [
            self.scores[node] / (1 + whole - timetable.minutes(trial))
            for node, trial in zip(order, trials, strict=True)
        ]
        return trials[worth.index(min(worth))]

    def _other_town(self, state: _State, day: int) -> int:
        towns = [base for base in self.problem.bases[day] if base != state.bases[day]]
        drawn = [self.random.choice(towns) for _ in range(TOURNAMENT)]
        before, after = state.tours[day - 1].order[-1:], state.tours[day].order[:1]
        home, out = self.problem.home, self.problem.out
        return min(drawn, key=lambda b: sum(home[b, v] for v in before) + sum(out[b, v] for v in after))

    def accepts(self, new: float, current: float, best: float, done: float) -> bool:
        heat = HEAT * best * (1 - done)
        return new >= current or (heat > 0 and self.random.random() < math.exp((new - current) / heat))


def search(problem: Problem, stop: Stop, seed: int = 0) -> Optional[Solution]:
    """The best tours found until ``stop(step)`` reaches 1; with MaxSteps the same call gives the same tours.

    None where no day can even be travelled from base to base.
    """
    run = _Search(problem, seed)
    current = run.start()
    if current is None:
        return None
    best, since, step = current.copy(), 0, 0
    while (done := stop(step)) < 1 and problem.nodes:
        step, since = step + 1, since + 1
        trial = current.copy()
        run.ruin(trial)
        run.recreate(trial, *(run.random.choice(range_) for range_ in (SHARPNESS, NOISES, CALMS)))
        if trial.score > best.score + SHORTEST_SHIFT:
            best, since = trial.copy(), 0
        if run.accepts(trial.score, current.score, best.score - best.duty, done):
            current = trial
        elif since > PATIENCE:
            current, since = best.copy(), 0
    return Solution(tuple(tuple(tour.order) for tour in best.tours), best.score, step, best.bases)
