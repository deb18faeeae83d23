"""The tours that a search has met, put together anew: for each day one, towns and exclusions agreeing."""

from __future__ import annotations

import heapq
from typing import Iterator, NamedTuple, Optional

import numpy as np

from guide.planner.ground import Ground, State
from guide.planner.tour import Tour

BEAM, POOL = 15, 60  # plans of the first days that are kept, and tours that each is continued with


class Pooled(NamedTuple):
    """A remembered tour: what it is worth, and the base that it ends at."""

    value: float
    base: int
    tour: Tour


class Partial(NamedTuple):
    """The first days of a plan: score, last base, bits of the nodes that are taken or excluded, cost, tours."""

    score: float
    base: int
    blocked: int
    cost: float
    chosen: tuple[Pooled, ...]


class Pool:
    """Recombines the tours that the ground remembers."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.problem = ground, ground.problem
        self.masks = [sum(1 << int(mate) for mate in np.flatnonzero(row)) for row in self.problem.excludes]

    def recombined(self) -> Optional[State]:
        """The best choice of one remembered tour for each day, towns and exclusions agreeing, by beam search."""
        pools = self._pools()
        beam: list[Partial] = [Partial(0.0, self.problem.bases[0][0], 0, 0.0, ())]
        for day in self.ground.days:
            longer = [more for part in beam for more in self._longer(part, day, pools)]
            beam = heapq.nlargest(BEAM, longer, key=lambda part: part.score)
        return self._state(beam[0].chosen) if beam else None

    def _pools(self) -> dict[tuple[int, int], list[Pooled]]:
        """The remembered tours by kind of day and the base that they begin at, the best first."""
        pools: dict[tuple[int, int], list[Pooled]] = {}
        blanks = ((key, blank) for key, blank in self.ground.blanks.items() if blank)
        for key, tour in (*self.ground.tours.items(), *blanks):
            value = sum(self.ground.scores[v] for v in tour.order) - self.problem.travel_cost * tour.minutes
            pools.setdefault((key[0], key[1]), []).append(Pooled(value, key[2], tour))
        return {key: heapq.nlargest(POOL, pool, key=lambda one: one.value) for key, pool in pools.items()}

    def _longer(self, part: Partial, day: int, pools: dict[tuple[int, int], list[Pooled]]) -> Iterator[Partial]:
        choices = self.problem.bases[day + 1]
        for pooled in pools.get((self.ground.alike[day], part.base), ()):
            order, base = pooled.tour.order, pooled.base
            if base not in choices or any(part.blocked >> node & 1 for node in order):
                continue
            cost = part.cost + sum(self.ground.costs[node] for node in order)
            if cost > self.problem.max_cost:
                continue
            blocked = part.blocked
            for node in order:
                blocked |= self.masks[node]
            night = self._night(part.base if day else -1, base) if day < self.problem.days - 1 else 0.0
            yield Partial(part.score + pooled.value + night, base, blocked, cost, (*part.chosen, pooled))

    def _night(self, before: int, base: int) -> float:
        return float(self.problem.base_score[base]) + (self.problem.stay_score if before == base else 0.0)

    def _state(self, chosen: tuple[Pooled, ...]) -> Optional[State]:
        state = self.ground.begin((self.problem.bases[0][0], *(pooled.base for pooled in chosen)))
        if state:
            for day, pooled in enumerate(chosen):
                self.ground.put(state, day, pooled.tour.order)
        return state
