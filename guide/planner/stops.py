"""When a search ends: after so many steps, the same on every machine, or after so much time, as a chat needs it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Callable, Optional

Stop = Callable[[int], float]  # step → the share of the search that is done; 1 or more ends it


@dataclass(frozen=True)
class MaxSteps:
    """Stop after a number of steps: the same plan on every machine."""

    steps: int

    def __call__(self, step: int) -> float:
        """The share of the search that is done; 1 or more stops it."""
        return step / self.steps if self.steps > 0 else 1.0


class MaxSeconds:
    """Stop after so many seconds of wall-clock time, counted from the first call, or after ``steps``, if given."""

    def __init__(self, seconds: float, steps: Optional[int] = None) -> None:
        if seconds <= 0:
            raise ValueError(f"a search of {seconds} seconds can't be made")
        self.seconds, self.steps = seconds, steps
        self._started: Optional[float] = None

    def begin(self) -> None:
        """Let the time run from now on: what is prepared before the search counts too."""
        self._started = time.perf_counter()

    def elapsed(self) -> float:
        """Seconds since it began to run; it begins now if it has not yet."""
        if self._started is None:
            self.begin()
        assert self._started is not None
        return time.perf_counter() - self._started

    def __call__(self, step: int) -> float:
        """The share of the search that is done; 1 or more stops it."""
        done = self.elapsed() / self.seconds
        return max(done, step / self.steps) if self.steps else done
