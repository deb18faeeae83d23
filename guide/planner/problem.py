"""The planning problem in numbers: team orienteering with time windows, with what tourism adds to it.

A *node* is one way to make a visit: a place, with one window of opening on each day. Nodes *exclude* others: a place
that closes at noon has two nodes of which one is taken; lunch can be had once a day. A *base* is where a day begins or
ends: the start, the end, towns to sleep in; which town is part of the search. Times are minutes from midnight, scores
are points, loads are what a day may hold only so much of (effort, visits of one kind), costs are VND. Literature:
Vansteenwegen, Souffriau, Vanden Berghe, Van Oudheusden, "Iterated local search for the team orienteering problem with
time windows", Computers & Operations Research 36(12), 2009; Souffriau et al., "The multiconstraint team orienteering
problem with multiple time windows", Transportation Science 47(1), 2013.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

NEVER = -1.0  # as closing time: not on this day


def _none() -> np.ndarray:
    return np.zeros(0)


@dataclass(frozen=True)
class Problem:
    """All arrays are float64 unless said; n nodes, m days, b bases, k kinds of load.

    ``travel`` (n, n) minutes between nodes; ``out`` (b, n) from a base, ``home`` (b, n) to a base, ``direct`` (b, b)
    from base to base. ``bases``: m + 1 tuples, the bases that may be chosen where each day begins, and where the last
    one ends. ``base_score`` (b,) points for a night there, ``stay_score`` for a night where the last one was spent.

    ``opens``, ``closes`` (m, n): a visit may *begin* within; closes = NEVER: not that day. ``service`` (m, n) minutes.
    ``begins``, ``ends`` (m,) the day's limits. ``excludes`` (n, n) bool: taking a node forbids others (and itself) on
    every day, ``excludes_today`` on the same day; without either, every node can be taken once. ``load`` (k, n) against
    ``max_load`` (m, k) each day; ``cost`` (n,) against ``max_cost`` over all days. ``travel_cost``: points that a
    minute of travel takes from the score. ``duty`` (n,): the part of a score that only makes sure that a node is taken.
    """

    score: np.ndarray
    service: np.ndarray
    travel: np.ndarray
    out: np.ndarray
    home: np.ndarray
    direct: np.ndarray
    bases: tuple[tuple[int, ...], ...]
    opens: np.ndarray
    closes: np.ndarray
    begins: np.ndarray
    ends: np.ndarray
    base_score: np.ndarray = field(default_factory=_none)
    excludes: np.ndarray = field(default_factory=_none)
    excludes_today: np.ndarray = field(default_factory=_none)
    load: np.ndarray = field(default_factory=_none)
    max_load: np.ndarray = field(default_factory=_none)
    cost: np.ndarray = field(default_factory=_none)
    max_cost: float = float("inf")
    travel_cost: float = 0.0
    stay_score: float = 0.0
    duty: np.ndarray = field(default_factory=_none)

    def __post_init__(self) -> None:
        """Fill in what was left out; raise ValueError where shapes do not fit."""
        n, m, b = self.nodes, self.days, len(self.direct)
        absent = {
            "base_score": np.zeros(b),
            "excludes": np.eye(n, dtype=bool),
            "excludes_today": np.zeros((n, n), bool),
            "load": np.zeros((0, n)),
            "max_load": np.full((m, len(self.load)), np.inf),
            "cost": np.zeros(n),
            "duty": np.zeros(n),
        }
        for name, value in absent.items():
            if not len(getattr(self, name)):
                object.__setattr__(self, name, value)
        wanted = {
            "service": (m, n),
            "travel": (n, n),
            "out": (b, n),
            "home": (b, n),
            "direct": (b, b),
            "opens": (m, n),
            "closes": (m, n),
            "ends": (m,),
            "base_score": (b,),
            "excludes": (n, n),
            "excludes_today": (n, n),
            "load": (len(self.load), n),
            "max_load": (m, len(self.load)),
            "cost": (n,),
            "duty": (n,),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, not {shape}")
        if len(self.bases) != m + 1 or not all(self.bases):
            raise ValueError(f"{m} days need {m + 1} choices of bases, none of them empty")

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
    """Nodes of each day in order, the bases between the days, the score, and how many steps the search made."""

    tours: tuple[tuple[int, ...], ...]
    score: float
    steps: int = 0
    bases: tuple[int, ...] = ()
