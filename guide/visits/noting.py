"""Notes of turns, written behind the visitor's back: no answer waits for them, and none fails with them."""

from __future__ import annotations

import atexit
import logging
import threading
from collections import Counter

from guide.visits.records import Turned, Unanswered
from guide.visits.store import VisitsBroken
from guide.visits.visits import Visits

logger = logging.getLogger(__name__)
EVERY_SECONDS, AGAIN_SECONDS = 1.0, 30.0
MOST_WAITING = 10_000  # of each kind, when the database cannot be written for long


class Notes:
    """Collects what is to be kept and writes it a moment later, in a thread, in one go."""

    def __init__(self, visits: Visits, every: float = EVERY_SECONDS) -> None:
        self._visits, self._every = visits, every
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._turned: Counter[Turned] = Counter()
        self._unanswered: list[Unanswered] = []
        self._timer: threading.Timer | None = None
        atexit.register(self.flush)

    def count(self, turned: Turned) -> None:
        """Count a turn."""
        with self._lock:
            if len(self._turned) < MOST_WAITING:
                self._turned[turned] += 1
            self._soon(self._every)

    def unanswered(self, question: Unanswered) -> None:
        """Keep a question for staff."""
        with self._lock:
            if len(self._unanswered) < MOST_WAITING:
                self._unanswered.append(question)
            self._soon(self._every)

    def flush(self) -> None:
        """Write what waits, now. What cannot be written waits on, and the log says why."""
        with self._writing:
            with self._lock:
                turned, self._turned = self._turned, Counter()
                questions, self._unanswered = self._unanswered, []
                self._timer = None
            try:
                if questions:
                    self._visits.unanswered.add(*questions)
                    questions = []
                if turned:
                    self._visits.counts.add(turned)
            except VisitsBroken as fault:
                logger.error("%s What visitors left waits.", fault)
                with self._lock:
                    self._turned.update(turned)
                    self._unanswered = [*questions, *self._unanswered]
                    self._soon(AGAIN_SECONDS)

    def _soon(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = threading.Timer(seconds, self.flush)
            self._timer.daemon = True
            self._timer.start()
