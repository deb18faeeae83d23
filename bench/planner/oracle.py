"""The proven optimum of small planning problems: exact dynamic programming, sharing nothing with the search.

For each day and pair of towns a label setting over (set of nodes, last node) keeps every pair of finishing time and
value that no other dominates (Desrochers and Soumis 1988, for the shortest path with time windows); days are then
combined. Meant for up to a dozen nodes and two days.
"""

from __future__ import annotations

from itertools import product

from guide.planner.problem import Problem

MOST_NODES, MOST_DAYS = 14, 2
TOLERANCE = 1e-6
Label = tuple[float, float]  # when the last visit ends, and what the tour is worth so far


class TooLarge(ValueError):
    """The problem is too large to be solved exactly"""


def optimum(problem: Problem) -> float:
    """The score of the best tours that there are; TooLarge for more than small problems."""
    if problem.nodes > MOST_NODES or problem.days > MOST_DAYS:
        raise TooLarge(f"{problem.nodes} nodes on {problem.days} days")
    excluded = _bits(problem.excludes)
    days = {
        (day, first, last): _tours(problem, day, first, last)
        for day in range(problem.days)
        for first, last in product(problem.bases[day], problem.bases[day + 1])
    }
    if problem.days == 1:
        (first,), (last,) = problem.bases
        return max((value for mask, value in days[0, first, last].items() if _cost(problem, mask) <= problem.max_cost))
    (first,), nights, (last,) = problem.bases
    return max(
        _pair(problem, days[0, first, night], days[1, night, last], excluded) + float(problem.base_score[night])
        for night in nights
        if days[0, first, night] and days[1, night, last]
    )


def _pair(problem: Problem, one: dict[int, float], other: dict[int, float], excluded: list[int]) -> float:
    """The best two tours that exclude each other in nothing and cost no more than is to be spent."""
    second = sorted(other.items(), key=lambda item: -item[1])
    best = float("-inf")
    for mask, value in sorted(one.items(), key=lambda item: -item[1]):
        forbidden = _forbidden(mask, excluded)
        for another, worth in second:
            if value + worth <= best:
                break
            if not another & forbidden and _cost(problem, mask | another) <= problem.max_cost + TOLERANCE:
                best = value + worth
                break
    return best


def _tours(problem: Problem, day: int, first: int, last: int) -> dict[int, float]:
    """Every set of nodes that a day can hold: its bits, and the value of the best order."""
    excluded, today = _bits(problem.excludes), _bits(problem.excludes_today)
    layer: dict[tuple[int, int], list[Label]] = {(0, -1): [(float(problem.begins[day]), 0.0)]}
    found: dict[int, float] = {}
    while layer:
        longer: dict[tuple[int, int], list[Label]] = {}
        for (mask, at), labels in layer.items():
            for clock, value in labels:
                way = float(problem.direct[first, last] if at < 0 else problem.home[last, at])
                if clock + way <= problem.ends[day] + TOLERANCE:
                    found[mask] = max(found.get(mask, float("-inf")), value - problem.travel_cost * way)
            blocked = _forbidden(mask, excluded) | _forbidden(mask, today)
            for node in range(problem.nodes):
                if not blocked >> node & 1 and _bearable(problem, day, mask | 1 << node):
                    more = [label for one in labels if (label := _visit(problem, day, first, at, node, one))]
                    _keep(longer.setdefault((mask | 1 << node, node), []), more)
        layer = {key: labels for key, labels in longer.items() if labels}
    return found


def _visit(problem: Problem, day: int, first: int, at: int, node: int, label: Label) -> Label | None:
    clock, value = label
    way = float(problem.out[first, node] if at < 0 else problem.travel[at, node])
    begins = max(clock + way, float(problem.opens[day, node]))
    if begins > problem.closes[day, node] + TOLERANCE:
        return None
    value += float(problem.score[node]) - problem.travel_cost * way
    return begins + float(problem.service[day, node]), value


def _keep(labels: list[Label], more: list[Label]) -> None:
    """Add the labels that none is earlier and worth as much as."""
    for clock, value in more:
        if not any(other[0] <= clock and other[1] >= value for other in labels):
            labels[:] = [other for other in labels if not (clock <= other[0] and value >= other[1])]
            labels.append((clock, value))


def _bearable(problem: Problem, day: int, mask: int) -> bool:
    nodes = [node for node in range(problem.nodes) if mask >> node & 1]
    return bool((problem.load[:, nodes].sum(axis=1) <= problem.max_load[day] + TOLERANCE).all())


def _cost(problem: Problem, mask: int) -> float:
    return sum(float(problem.cost[node]) for node in range(problem.nodes) if mask >> node & 1)


def _bits(relation: object) -> list[int]:
    return [sum(1 << at for at, taken in enumerate(row) if taken) for row in relation]  # type: ignore[attr-defined]


def _forbidden(mask: int, excluded: list[int]) -> int:
    forbidden = 0
    for node, others in enumerate(excluded):
        if mask >> node & 1:
            forbidden |= others
    return forbidden
