"""Is a tour what the instance allows? Reads the file again and shares no code with the solver or its reader."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Sequence

TOLERANCE = 1e-6


class BrokenTour(AssertionError):
    """A tour breaks a rule of its instance"""


def _truncated(value: float, decimals: int) -> float:
    return math.floor(value * 10**decimals + 1e-9) / 10**decimals


def checked_score(path: Path, tours: Sequence[Sequence[int]], days: int) -> float:
    """The score of tours over nodes counted from 0 (row 1 of the file); raise BrokenTour with what is wrong."""
    with path.open() as file:
        rows = [line.split() for line in list(file)[2:] if line.strip()]
    decimals = 2 if path.name.startswith("pr") else 1
    if len(tours) > days:
        raise BrokenTour(f"{len(tours)} tours for {days} days")
    visited = [node for tour in tours for node in tour]
    if len(visited) != len(set(visited)):
        raise BrokenTour(f"a place is visited twice: {sorted(visited)}")
    return sum(_tour_score(rows, tour, decimals) for tour in tours)


def _tour_score(rows: list[list[str]], tour: Sequence[int], decimals: int) -> float:
    clock, here, score = float(rows[0][-2]), rows[0], 0.0
    for node in tour:
        row = rows[node + 1]
        clock = max(clock + _distance(here, row, decimals), float(row[-2]))
        if clock > float(row[-1]) + TOLERANCE:
            raise BrokenTour(f"place {row[0]} is reached at {clock:.2f}, after it closes at {row[-1]}")
        clock, here, score = clock + float(row[3]), row, score + float(row[4])
    clock += _distance(here, rows[0], decimals)
    if clock > float(rows[0][-1]) + TOLERANCE:
        raise BrokenTour(f"the depot is reached at {clock:.2f}, after {rows[0][-1]}")
    return score


def _distance(a: list[str], b: list[str], decimals: int) -> float:
    return _truncated(math.dist((float(a[1]), float(a[2])), (float(b[1]), float(b[2]))), decimals)
