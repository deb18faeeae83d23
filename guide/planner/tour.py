"""One day's tour and, kept beside it, the cheapest feasible insertion of every node.

The bookkeeping is that of Vansteenwegen et al. (2009): for each visit how much its arrival may be delayed, waiting
included, before a window or the day's end is missed. All insertions of all nodes into all positions are then one
expression over arrays; this is what makes a thousand ruin-and-recreate steps a second possible in plain numpy.
"""

from __future__ import annotations

from typing import Optional, Sequence

import numpy as np

from guide.planner.problem import Problem

EPS = 1e-9
IMPOSSIBLE = 1e18


class Timetable:
    """The day's times as plain lists, which are faster than arrays for the short loops over one tour."""

    def __init__(self, problem: Problem, day: int) -> None:
        self.travel, self.service = problem.travel.tolist(), problem.service.tolist()
        self.out, self.home = problem.out[day].tolist(), problem.home[day].tolist()
        self.direct = float(problem.direct[day])
        self.opens, self.closes = problem.opens[day].tolist(), problem.closes[day].tolist()
        self.begins, self.ends = float(problem.begins[day]), float(problem.ends[day])
        # Row n of these is the day's start, and its end: one indexing gets the rows of a whole tour.
        self.before = np.vstack([problem.travel, problem.out[day]])
        self.after = np.vstack([problem.travel.T, problem.home[day]]) + problem.service
        self.window = (problem.opens[day], problem.closes[day] + EPS)
        self.terminal, self.columns = problem.nodes, np.arange(problem.nodes)

    def schedule(self, order: Sequence[int]) -> Optional[tuple[list[float], list[float], list[float]]]:
        """Leaving times (of the start and each visit), arrival times (at each visit and the end) and allowed delays of
        those arrivals; None where a window or the day's end is missed."""
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
        return leaves, arrivals, self._delays(order, arrivals, begun)

    def _delays(self, order: Sequence[int], arrivals: list[float], begun: list[float]) -> list[float]:
        allowed = self.ends - arrivals[-1]
        delays = [allowed]
        for i in range(len(order) - 1, -1, -1):
            allowed = min(self.closes[order[i]] - begun[i], allowed) + begun[i] - arrivals[i]
            delays.append(allowed)
        return delays[::-1]


class Tour:
    """An order of nodes on one day, with ``shift[v]`` the minutes that inserting v best would add, at ``place[v]``."""

    __slots__ = ("order", "shift", "place", "load")

    def __init__(self, problem: Problem, day: int, timetable: Timetable, order: list[int]) -> None:
        times = timetable.schedule(order)
        if times is None:
            raise ValueError(f"the tour {order} breaks a window or the end of day {day}")
        leaves, arrivals, delays = np.array(times)[:, :, None]
        opens, closes = timetable.window
        start = np.maximum(timetable.before[[timetable.terminal, *order]] + leaves, opens)
        shift = timetable.after[[*order, timetable.terminal]] + start
        shift -= arrivals
        shift[(start > closes) | (shift > delays + EPS)] = IMPOSSIBLE
        self.order = order
        self.place = shift.argmin(axis=0)
        self.shift = shift[self.place, timetable.columns]
        self.load = float(problem.load[order].sum()) if order else 0.0
