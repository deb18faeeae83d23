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
SHORTEST_SHIFT = 1e-3


class Times(NamedTuple):
    """Leaving times of the day's start and each visit; arrivals at each visit and the end, and how much each arrival
    may be delayed."""

    leaves: list[float]
    arrivals: list[float]
    delays: list[float]


class Timetable:
    """A day between two bases, as plain lists, which are faster than arrays for the short loops over one tour."""

    def __init__(self, problem: Problem, travel: list[list[float]], day: int, bases: Sequence[int]) -> None:
        first, last = bases
        self.travel, self.service = travel, problem.service[day].tolist()
        self.out, self.home = problem.out[first].tolist(), problem.home[last].tolist()
        self.direct = float(problem.direct[first, last])
        self.opens, self.closes = problem.opens[day].tolist(), problem.closes[day].tolist()
        self.begins, self.ends = float(problem.begins[day]), float(problem.ends[day])
        # Row n of these is the day's start, and its end: one indexing gets the rows of a whole tour.
        self.before = np.vstack([problem.travel, problem.out[first]])
        self.away = np.vstack([problem.travel.T, problem.home[last]])
        self.after = self.away + problem.service[day]
        self.max_load = problem.max_load[day][:, None]
        self.positive_score = np.maximum(problem.score, SHORTEST_SHIFT)
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

    def stretches(self, order: Sequence[int]) -> list[float]:
        """Minutes of travel to each visit of a tour, and to the day's end."""
        if not order:
            return [self.direct]
        between = [self.travel[a][b] for a, b in zip(order, order[1:], strict=False)]
        return [self.out[order[0]], *between, self.home[order[-1]]]

    def minutes(self, order: Sequence[int]) -> float:
        """Minutes of travel on a tour."""
        return sum(self.stretches(order))


class Tour:
    """An order of nodes on one day, and for every node its best insertion.

    ``place[v]``: where v is best inserted; ``rate[v]``: 1 / the minutes that this adds, 0 where no window, time or
    load is left for it; ``share[v]``: what the detour leaves of its score, None where travel costs nothing. Where
    travel has a cost, the best place is the one that adds least to minutes and detour together.
    """

    __slots__ = ("order", "place", "rate", "share", "minutes")

    def __init__(self, problem: Problem, timetable: Timetable, order: list[int]) -> None:
        times = timetable.schedule(order)
        if times is None:
            raise ValueError(f"the tour {order} breaks a window or the end of its day")
        leaves, arrivals, delays = np.array(times)[:, :, None]
        opens, closes = timetable.window
        after = [*order, timetable.terminal]
        ways = timetable.before[[timetable.terminal, *order]]
        start = np.maximum(ways + leaves, opens)
        shift = timetable.after[after] + start
        shift -= arrivals
        shift[(start > closes) | (shift > delays + EPS)] = IMPOSSIBLE
        self.order, self.minutes = order, 0.0
        self.share: Optional[np.ndarray] = None
        if problem.travel_cost:
            self.minutes = timetable.minutes(order)
            detour = ways + timetable.away[after] - np.array(timetable.stretches(order))[:, None]
            self.place = (shift + detour).argmin(axis=0)
            left = 1.0 - problem.travel_cost * detour[self.place, timetable.columns] / timetable.positive_score
            self.share = np.maximum(left, 0.0)
        else:
            self.place = shift.argmin(axis=0)
        shift = shift[self.place, timetable.columns]
        self.rate = 1.0 / np.maximum(shift, SHORTEST_SHIFT)
        self.rate[(shift >= IMPOSSIBLE) | self._too_much(problem, timetable, order)] = 0.0

    def _too_much(self, problem: Problem, timetable: Timetable, order: list[int]) -> np.ndarray:
        """Which nodes are more than the day may still hold of a load."""
        borne = problem.load[:, order].sum(axis=1)
        return (borne[:, None] + problem.load > timetable.max_load).any(axis=0)
