"""The clock times of a found tour: set out as late as what comes first allows, wait nowhere if it can be helped."""

from __future__ import annotations

from typing import NamedTuple, Sequence

from guide.planner.problem import Problem


class Slot(NamedTuple):
    """A node of a tour: leaving for it, arriving there, beginning (arrival or opening) and end, in minutes."""

    node: int
    sets_out: int
    arrives: int
    begins: int
    ends: int


class Timed(NamedTuple):
    """A day's slots, and when the last way (to the end of the day) is set out on and done."""

    slots: tuple[Slot, ...]
    sets_out: int
    arrives: int


def timed(problem: Problem, day: int, order: Sequence[int], bases: tuple[int, int]) -> Timed:
    """The times of one day; waiting is turned into a later start wherever the windows before it allow."""
    ways = _ways(problem, order, bases)
    begun = _earliest(problem, day, order, ways)
    begun = _as_late_as_waiting_allows(problem, day, order, ways, begun)
    slots, previous_end = [], None
    for at, node in enumerate(order):
        # From the base one leaves just in time; later on at once, and waits at the door.
        sets_out = begun[at] - ways[at] if previous_end is None else previous_end
        end = begun[at] + problem.service[day, node]
        slots.append(Slot(node, int(sets_out), int(sets_out + ways[at]), int(begun[at]), int(end)))
        previous_end = end
    last = problem.begins[day] if previous_end is None else previous_end
    return Timed(tuple(slots), int(last), int(last + ways[-1]))


def _ways(problem: Problem, order: Sequence[int], bases: tuple[int, int]) -> list[float]:
    """Minutes to each node from what comes before, and to the end."""
    first, last = bases
    if not order:
        return [float(problem.direct[first, last])]
    between = [float(problem.travel[a, b]) for a, b in zip(order, order[1:], strict=False)]
    return [float(problem.out[first, order[0]]), *between, float(problem.home[last, order[-1]])]


def _earliest(problem: Problem, day: int, order: Sequence[int], ways: Sequence[float]) -> list[float]:
    begun, clock = [], float(problem.begins[day])
    for at, node in enumerate(order):
        begun.append(max(clock + ways[at], float(problem.opens[day, node])))
        clock = begun[-1] + float(problem.service[day, node])
    return begun


def _as_late_as_waiting_allows(
    problem: Problem, day: int, order: Sequence[int], ways: Sequence[float], begun: list[float]
) -> list[float]:
    """Everything before a wait moves towards it, as far as its own window lets it."""
    later = list(begun)
    for at in range(len(order) - 2, -1, -1):
        node = order[at]
        latest = later[at + 1] - ways[at + 1] - float(problem.service[day, node])
        waited = begun[at + 1] - begun[at] - ways[at + 1] - float(problem.service[day, node]) > 0
        moved = later[at + 1] > begun[at + 1]
        if waited or moved:
            later[at] = max(begun[at], min(latest, float(problem.closes[day, node])))
    return later
