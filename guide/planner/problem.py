"""The planning problem in numbers: team orienteering with time windows, with what tourism adds to it.

A *node* is one way to make a visit: a place, with one window of opening on each day. A place that closes at noon has
two nodes in one *group*, of which at most one is taken; lunch is a group for each day. Times are minutes from midnight,
scores are points, loads are points of effort, costs are VND. Literature: Vansteenwegen, Souffriau, Vanden Berghe, Van
Oudheusden, "Iterated local search for the team orienteering problem with time windows", Computers & Operations Research
36(12), 2009; Souffriau et al., "The multiconstraint team orienteering problem with multiple time windows",
Transportation Science 47(1), 2013.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

NEVER = -1.0  # as closing time: not on this day


@dataclass(frozen=True)
class Problem:
    """All arrays are float64 unless said; n nodes, m days.

    ``travel`` (n, n) minutes between nodes; ``out`` (m, n) from the day's start, ``home`` (m, n) to the day's end,
    ``direct`` (m,) from start to end. ``opens``, ``closes`` (m, n): a visit may *begin* within; closes = NEVER: not that day.
    ``begins``, ``ends`` (m,) the day's limits. ``group`` (n,) int. ``load`` (n,) against ``max_load`` (m,) each day;
    ``cost`` (n,) against ``max_cost`` over all days.
    """

    score: np.ndarray
    service: np.ndarray
    travel: np.ndarray
    out: np.ndarray
    home: np.ndarray
    direct: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    begins: np.ndarray
    ends: np.ndarray
    group: np.ndarray
    load: np.ndarray = field(default_factory=lambda: np.zeros(0))
    max_load: np.ndarray = field(default_factory=lambda: np.zeros(0))
    cost: np.ndarray = field(default_factory=lambda: np.zeros(0))
    max_cost: float = float("inf")

    def __post_init__(self) -> None:
        """Fill in absent loads and costs; raise ValueError where shapes do not fit."""
        n, m = self.nodes, self.days
        if not len(self.load):
            object.__setattr__(self, "load", np.zeros(n))
        if not len(self.max_load):
            object.__setattr__(self, "max_load", np.full(m, np.inf))
        if not len(self.cost):
            object.__setattr__(self, "cost", np.zeros(n))
        wanted = {
            "service": (n,), "travel": (n, n), "out": (m, n), "home": (m, n), "direct": (m,), "opens": (m, n),
            "closes": (m, n), "ends": (m,), "group": (n,), "load": (n,), "max_load": (m,), "cost": (n,),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, not {shape}")

    @property
    def nodes(self) -> int:
        """How many ways of visiting there are."""
        return len(self.score)

    @property
    def days(self) -> int:
        """How many tours are planned."""
        return len(self.begins)


@dataclass(frozen=True)
class Solution:
    """Nodes of each day in order, their total score, and how many iterations the search made."""

    tours: tuple[tuple[int, ...], ...]
    score: float
    iterations: int = 0
