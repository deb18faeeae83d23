"""The search: ruin and recreate over the tours, with simulated annealing, deterministic for a seed and a step limit.

Each step takes visits out (a stretch of each tour, visits at random, those that stand in the way of one that is forced
in, or those that another town for the night cuts off) and puts the best of what is left back, by score^α over added
minutes with changing α and noise. The pattern is large neighbourhood search (Shaw 1998; Schrimpf et al. 2000) on the
insertion bookkeeping of Vansteenwegen et al. From time to time the tours met so far are put together anew, one for each
day, which is where the towns between the days are found.
"""

from __future__ import annotations

import math
from typing import Optional

from guide.planner.ground import CALMS, Ground, State
from guide.planner.pool import Pool
from guide.planner.problem import Problem, Solution
from guide.planner.ruin import Ruin
from guide.planner.stops import MaxSeconds, MaxSteps, Stop

__all__ = ["MaxSeconds", "MaxSteps", "search"]

PATIENCE = 300  # steps without a new best before the search returns to the best
HEAT, FEW_DAYS = 0.03, 3  # share of the best score of so few days that a step may lose at first, on average
SHARPNESS = (1.0, 1.5, 2.0, 2.0, 3.0)  # exponents α of the score
NOISES = (0.0, 0.3, 0.8)
RECOMBINE = 80  # steps after which the tours met so far are put together anew
BETTER = 1e-3  # points


def search(problem: Problem, stop: Stop, seed: int = 0) -> Optional[Solution]:
    """The best tours found until ``stop(step)`` reaches 1; with MaxSteps the same call gives the same tours.

    None where no day can even be travelled from base to base.
    """
    ground = Ground(problem, seed)
    ruin, pool, current = Ruin(ground), Pool(ground), ground.start()
    if current is None:
        return None
    best, since, step = current.copy(), 0, 0
    while (done := stop(step)) < 1 and problem.nodes:
        step, since = step + 1, since + 1
        again = bool(ground.choices) and step % RECOMBINE == 0
        trial = (pool.recombined() if again else None) or _changed(ground, ruin, current)
        if trial.score > best.score + BETTER:
            best, since = trial.copy(), 0
        if _accepts(ground, trial.score, current.score, best.score - best.duty, done):
            current = trial
        elif since > PATIENCE:
            current, since = best.copy(), 0
    return Solution(tuple(tuple(tour.order) for tour in best.tours), best.score, step, best.bases)


def _changed(ground: Ground, ruin: Ruin, current: State) -> State:
    """A neighbour of the state: ruined and recreated."""
    trial, dice = current.copy(), ground.random
    ruin(trial)
    ground.recreate(trial, dice.choice(SHARPNESS), dice.choice(NOISES), dice.choice(CALMS))
    return trial


def _accepts(ground: Ground, new: float, current: float, best: float, done: float) -> bool:
    """Simulated annealing: what is worse is taken now and then, less and less."""
    heat = HEAT * best * min(1.0, FEW_DAYS / len(ground.days)) * (1 - done)
    return new >= current or (heat > 0 and ground.random.random() < math.exp((new - current) / heat))
