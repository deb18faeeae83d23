"""The moves of the search: what a step takes out of a plan before it is filled up again."""

from __future__ import annotations

from typing import Optional

import numpy as np

from guide.planner.ground import Bases, Ground, State
from guide.planner.tour import Timetable

NIGHT_MOVES = 0.4  # share of the steps that try another town for a night, where there is a choice
LEAVINGS = (0.0, 0.5, 1.0)  # share of a day's visits that are given up when its night moves
FRESH_DAYS, SWAPPED_DAYS = 0.3, 0.1  # shares of the other steps, where there are duties and nights
FORCED = 0.2  # share of the rest that forces a visit in; half of it where no visit is a duty
STRETCHES = 0.65  # share of the rest that cuts out stretches; what is left thins out
TOURNAMENT = 3  # so many towns are drawn, the nearest one to the day's visits is tried


class Ruin:
    """Draws a move and makes it."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.problem, self.random, self.days = ground, ground.problem, ground.random, ground.days
        self.touring = ground.dutiful or bool(ground.choices)  # a trip, rather than a bare orienteering problem
        self.forced = FORCED if self.touring else FORCED / 2

    def __call__(self, state: State) -> None:
        """Make one move on the state."""
        if self.ground.choices and self.random.random() < NIGHT_MOVES:
            self._sleep_elsewhere(state)
            return
        dice = self.random.random()
        if self.touring and self.random.random() < FRESH_DAYS:
            self._begin_day_anew(state)
        elif self.ground.choices and self.random.random() < SWAPPED_DAYS:
            self._swap_days(state)
        elif dice < self.forced:
            self._force_in(state)
        elif dice < self.forced + STRETCHES:
            self._cut_stretches(state)
        else:
            self._thin_out(state)

    def _cut_stretches(self, state: State) -> None:
        days = self.days if self.random.random() < 0.5 else [self.random.randrange(self.problem.days)]
        for day in days:
            order = state.tours[day].order
            if not order:
                continue
            length = self.random.randint(1, min(len(order), int(len(order) * 0.6) + 1))
            first = self.random.randrange(len(order))
            gone = {(first + i) % len(order) for i in range(length)}
            self._keep(state, day, [node for i, node in enumerate(order) if i not in gone])

    def _thin_out(self, state: State) -> None:
        share = self.random.uniform(0.1, 0.5)
        for day in self.days:
            order = state.tours[day].order
            kept = [node for node in order if self.random.random() >= share]
            if len(kept) < len(order):
                self._keep(state, day, kept)

    def _keep(self, state: State, day: int, kept: list[int]) -> None:
        """Put a shortened tour; without the triangle inequality a shortened tour may be late, then nothing is cut."""
        if self.ground.timetable(day, state.bases).schedule(kept) is not None:
            self.ground.put(state, day, kept)

    def _force_in(self, state: State) -> None:
        """Force a node into a tour: what it excludes goes, and up to three neighbours, those that lose least."""
        day = self.random.randrange(self.problem.days)
        node = self._tempting(state, day)
        if node is None:
            return
        freed = self._without_rivals(state, day, node)
        order, timetable = freed.tours[day].order, self.ground.timetable(day, state.bases)
        found: Optional[tuple[float, list[int]]] = None
        for place in range(len(order) + 1):
            for gone in (0, 1, 2, 3):
                trial = order[:place] + [node] + order[place + gone :]
                if timetable.schedule(trial) is not None and self.ground.bearable(freed, day, trial):
                    lost = sum(self.ground.scores[v] for v in order[place : place + gone])
                    found = min(found, (lost, trial)) if found else (lost, trial)
                    break
        if found:
            state.take(freed)
            self.ground.put(state, day, found[1])

    def _tempting(self, state: State, day: int) -> Optional[int]:
        """One of the nodes that are open that day and in no tour, rather one of a high score."""
        used = [node for tour in state.tours for node in tour.order]
        open_then = self.ground.open_then[day].copy()
        open_then[used] = False
        free = np.flatnonzero(open_then)
        if not len(free):
            return None
        drawn = [int(free[self.random.randrange(len(free))]) for _ in range(2)]
        return max(drawn, key=lambda v: self.ground.scores[v])

    def _without_rivals(self, state: State, day: int, node: int) -> State:
        """The state without the nodes that the new one excludes, as far as the tours allow it."""
        freed = state.copy()
        for other in self.days:
            rivals = self.ground.excludes[node] + (self.ground.today[node] if other == day else 0)
            kept = [v for v in freed.tours[other].order if not rivals[v]]
            if len(kept) < len(freed.tours[other].order):
                self._keep(freed, other, kept)
        return freed

    def _begin_day_anew(self, state: State) -> None:
        """Clear a day and begin it with one node, so that it may go somewhere else altogether."""
        day = self.random.randrange(self.problem.days)
        node = self._tempting(state, day)
        if node is None:
            return
        freed = self._without_rivals(state, day, node)
        self.ground.put(freed, day, [])
        if self.ground.timetable(day, freed.bases).schedule([node]) is not None and self.ground.bearable(
            freed, day, [node]
        ):
            self.ground.put(freed, day, [node])
            state.take(freed)

    def _swap_days(self, state: State) -> None:
        """Exchange the visits of two days, or make the whole trip the other way round."""
        one, other = self.random.sample(self.days, 2)
        orders = {one: state.tours[other].order[::-1], other: state.tours[one].order[::-1]}
        bases = state.bases
        if len(self.days) > 2 and self.random.random() < 0.5:
            orders = {day: state.tours[-1 - day].order[::-1] for day in self.days}
            bases = (bases[0], *bases[-2:0:-1], bases[-1])
        if any(base not in self.problem.bases[at] for at, base in enumerate(bases)):
            return
        if any(self.ground.blank(day, bases) is None for day in self.days):
            return
        for day in orders:
            self.ground.put(state, day, [])
        self._settle_in(state, bases, orders)

    def _settle_in(self, state: State, bases: Bases, orders: dict[int, list[int]]) -> None:
        """Lay orders of visits into empty days between other bases, without what no longer fits."""
        state.score += self.ground.nights(bases) - self.ground.nights(state.bases)
        state.bases = bases
        for day, order in orders.items():
            self._move_in(state, day, order)

    def _sleep_elsewhere(self, state: State) -> None:
        """Spend a night, or all nights in the same town, in another one; visits that no longer fit are taken out."""
        day = self.random.choice(self.ground.choices)
        old, new = state.bases[day], self._other_town(state, day)
        together = self.random.random() < 0.5
        bases = tuple(
            new if boundary == day or (together and base == old and new in self.problem.bases[boundary]) else base
            for boundary, base in enumerate(state.bases)
        )
        changed = [d for d in self.days if bases[d : d + 2] != state.bases[d : d + 2]]
        if any(self.ground.blank(d, bases) is None for d in changed):
            return
        share = self.random.choice(LEAVINGS)
        orders = [[node for node in state.tours[d].order if self.random.random() >= share] for d in changed]
        for d in changed:
            self.ground.put(state, d, [])  # while it still lies between the old towns
        self._settle_in(state, bases, dict(zip(changed, orders, strict=True)))

    def _move_in(self, state: State, day: int, order: list[int]) -> None:
        """Lay a tour between the day's new towns, without the visits that it can no longer hold."""
        blank, timetable = self.ground.blank(day, state.bases), self.ground.timetable(day, state.bases)
        assert blank is not None
        state.score -= self.problem.travel_cost * (blank.minutes - state.tours[day].minutes)
        state.tours[day] = blank
        while order and (timetable.schedule(order) is None or not self.ground.bearable(state, day, order)):
            order = self._shortened(timetable, order)
        if order:
            self.ground.put(state, day, order)

    def _shortened(self, timetable: Timetable, order: list[int]) -> list[int]:
        """The tour without the visit that earns least for the travel that it asks for."""
        trials = [order[:at] + order[at + 1 :] for at in range(len(order))]
        whole = timetable.minutes(order)
        worth = [
            self.ground.scores[node] / (1 + whole - timetable.minutes(trial))
            for node, trial in zip(order, trials, strict=True)
        ]
        return trials[worth.index(min(worth))]

    def _other_town(self, state: State, day: int) -> int:
        towns = [base for base in self.problem.bases[day] if base != state.bases[day]]
        drawn = [self.random.choice(towns) for _ in range(TOURNAMENT)]
        before, after = state.tours[day - 1].order[-1:], state.tours[day].order[:1]
        home, out = self.problem.home, self.problem.out
        return min(drawn, key=lambda b: sum(home[b, v] for v in before) + sum(out[b, v] for v in after))
