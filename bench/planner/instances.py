"""Reads TOPTW instances in the format of thtran97/orienteering-cpp, with the published reference scores."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from guide.planner.problem import Problem


def truncated_distances(x: np.ndarray, y: np.ndarray, decimals: int) -> np.ndarray:
    """Euclidean distances cut (not rounded) after so many decimals, as the literature does."""
    scale = 10**decimals
    return np.floor(np.hypot(x[:, None] - x, y[:, None] - y) * scale + EPS) / scale


EPS = 1e-9


def read_rows(path: Path) -> np.ndarray:
    """Columns x, y, service, score, opening, closing; row 0 is the depot."""
    lines = [line.split() for line in path.read_text().splitlines()[2:] if line.strip()]
    return np.array([[float(row[i]) for i in (1, 2, 3, 4, -2, -1)] for row in lines])


def read_problem(path: Path, days: int) -> Problem:
    """The instance as a problem of ``days`` equal tours from and to the depot."""
    x, y, service, score, opens, closes = read_rows(path).T
    distance = truncated_distances(x, y, decimals=2 if path.name.startswith("pr") else 1)
    return Problem(
        score=score[1:],
        service=np.tile(service[1:], (days, 1)),
        travel=distance[1:, 1:],
        out=distance[:1, 1:],
        home=distance[1:, :1].T,
        direct=np.zeros((1, 1)),
        bases=((0,),) * (days + 1),
        opens=np.tile(opens[1:], (days, 1)),
        closes=np.tile(closes[1:], (days, 1)),
        begins=np.full(days, opens[0]),
        ends=np.full(days, closes[0]),
    )


def references(folder: Path) -> dict[tuple[str, int], float]:
    """Best known scores of ``references.csv`` in the folder: (file name, days) → score; none without that file."""
    if not (folder / "references.csv").exists():
        return {}
    with (folder / "references.csv").open() as rows:
        return {(row["instance"], int(row["days"])): float(row["best"]) for row in csv.DictReader(rows)}
