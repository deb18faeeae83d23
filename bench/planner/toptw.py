"""`./run bench planner`: gap to published reference scores on any folder of TOPTW instances.

The peer is the GRASP/ILS hybrid of Souffriau et al. (Transportation Science 47(1), 2013): best of ten runs, from the
authors' own result sheet. Every tour passes an independent checker before it counts.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.planner.check import checked_score
from bench.planner.instances import read_problem, references
from guide.planner.search import MaxSeconds, search


def solve(path: Path, days: int, seconds: float, reference: float) -> dict[str, Any]:
    """One instance: its checked score, the gap in percent of the reference (negative is better), and the time taken."""
    problem, started = read_problem(path, days), time.perf_counter()
    found = search(problem, MaxSeconds(seconds))
    taken = time.perf_counter() - started
    assert found is not None, "an instance in which the depot cannot stay at the depot"
    score = checked_score(path, found.tours, days)
    return {
        "instance": path.name,
        "days": days,
        "score": score,
        "reference": reference,
        "steps": found.steps,
        "gap_percent": 100 * (1 - score / reference) if reference else 0.0,
        "seconds": taken,
    }


def run(folder: Path, days: list[int], seconds: float) -> dict[str, Any]:
    """All instances of a folder, for each number of days; without a published score they are solved and checked."""
    known = references(folder)
    rows = [
        solve(path, m, seconds, known.get((path.name, m), 0.0)) for path in sorted(folder.glob("*.txt")) for m in days
    ]
    return {
        "seconds_each": seconds,
        "instances": rows,
        **summary(rows),
        "by_days": {m: summary([r for r in rows if r["days"] == m]) for m in days},
    }


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Mean, median and worst gap, how many matched or beat the reference, and mean seconds."""
    gaps = [row["gap_percent"] for row in rows if row["reference"]]
    if not gaps:
        return {"count": 0}
    return {
        "count": len(gaps),
        "mean_gap_percent": mean(gaps),
        "median_gap_percent": median(gaps),
        "worst_gap_percent": max(gaps),
        "matched": sum(gap <= 1e-9 for gap in gaps),
        "mean_seconds": mean(row["seconds"] for row in rows),
    }
