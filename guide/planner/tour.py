"""One day's tour and, kept beside it, the cheapest feasible insertion of every node.

The bookkeeping is that of Vansteenwegen et al. (2009): for each visit how much its arrival may be delayed, waiting
included, before a window or the day's end is missed. All insertions of all nodes into all positions are then one
expression over arrays; this is what makes a thousand ruin-and-recreate steps a second possible in plain numpy.
"""

from __future__ import annotations

from typing import NamedTuple, Optional, Sequence

import numpy as np

from guide.planner.problem import Problem

EPS = 1e-9
IMPOSSIBLE = 1e18


class Times(NamedTuple):
    """Leaving times of the day's start and each visit; arrivals at each visit and the end, and how much each arrival
    may be delayed."""

    leaves: list[float]
    arrivals: list[float]
    delays: list[float]


class Timetable:
    """A day between two bases, as plain lists, which are faster than arrays for the short loops over one tour."""

    def __init__(self, problem: Problem, travel: list[list[float]], day: int, bases: tuple[int, int]) -> None:
        first, last = bases
        self.bases, self.travel, self.service = bases, travel, problem.service[day].tolist()
        self.out, self.home = problem.out[first].tolist(), problem.home[last].tolist()
        self.direct = float(problem.direct[first, last])
        self.opens, self.closes = problem.opens[day].tolist(), problem.closes[day].tolist()
        self.begins, self.ends = float(problem.begins[day]), float(problem.ends[day])
        # Row n of these is the day's start, and its end: one indexing gets the rows of a whole tour.
        self.before = np.vstack([problem.travel, problem.out[first]])
        self.away = np.vstack([problem.travel.T, problem.home[last]])
        self.after = self.away + problem.service[day]
        self.window = (problem.opens[day], problem.closes[day] + EPS)
        self.terminal, self.columns = problem.nodes, np.arange(problem.nodes)

    def schedule(self, order: Sequence[int]) -> Optional[Times]:
        """The times of a tour that leaves at the earliest; None where a window or the day's end is missed."""
        leaves, arrivals, begun = [self.begins], [], []
        clock, previous = self.begins, -1
        for node in order:
            clock += self.out[node] if previous < 0 else self.travel[previous][node]
            arrivals.append(clock)
            clock = max(clock, self.opens[node])
            if clock > self.closes[node] + EPS:
                return None
            begun.append(clock)
            clock += self.service[node]
            leaves.append(clock)
            previous = node
        clock += self.home[previous] if order else self.direct
        arrivals.append(clock)
        if clock > self.ends + EPS:
            return None
        return Times(leaves, arrivals, self._delays(order, arrivals, begun))

    def _delays(self, order: Sequence[int], arrivals: list[float], begun: list[float]) -> list[float]:
        allowed = self.ends - arrivals[-1]
        delays = [allowed]
        for i in range(len(order) - 1, -1, -1):
            allowed = min(self.closes[order[i]] - begun[i], allowed) + begun[i] - arrivals[i]
            delays.append(allowed)
        return delays[::-1]

    def minutes(self, order: Sequence[int]) -> float:
        """Minutes of travel on the tour."""
        if not order:
            return self.direct
        between = sum(self.travel[a][b] for a, b in zip(order, order[1:], strict=False))
        return self.out[order[0]] + between + self.home[order[-1]]


class Tour:
    """An order of nodes on one day, with ``shift[v]`` the minutes that inserting v best would add, at ``place[v]``.

    ``detour[v]`` are the minutes of travel among them, known only where travel costs points.
    """

    __slots__ = ("order", "shift", "place", "load", "minutes", "detour")

    def __init__(self, problem: Problem, timetable: Timetable, order: list[int]) -> None:
        times = timetable.schedule(order)
        if times is None:
            raise ValueError(f"the tour {order} breaks a window or the end of its day")
        leaves, arrivals, delays = np.array(times)[:, :, None]
        opens, closes = timetable.window
        before, after = [timetable.terminal, *order], [*order, timetable.terminal]
        ways = timetable.before[before]
        start = np.maximum(ways + leaves, opens)
        shift = timetable.after[after] + start
        shift -= arrivals
        shift[(start > closes) | (shift > delays + EPS)] = IMPOSSIBLE
        self.order, self.minutes = order, 0.0
        self.place = shift.argmin(axis=0)
        self.shift = shift[self.place, timetable.columns]
        self.load = problem.load[:, order].sum(axis=1)
        self.detour = self.shift
        if problem.travel_cost:
            self.minutes = timetable.minutes(order)
            self._measure(timetable, ways, after)

    def _measure(self, timetable: Timetable, ways: np.ndarray, after: list[int]) -> None:
        """The detour of every node at its best place, against the stretch that it would break up."""
        order = self.order
        stretches = (
            [timetable.direct]
            if not order
            else [
                timetable.out[order[0]],
                *(timetable.travel[a][b] for a, b in zip(order, order[1:], strict=False)),
                timetable.home[order[-1]],
            ]
        )
        detours = ways + timetable.away[after] - np.array(stretches)[:, None]
        self.detour = detours[self.place, timetable.columns]
