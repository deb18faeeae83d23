"""Notes are written behind the visitor's back: late is allowed, lost or in the way is not."""

from __future__ import annotations

import logging
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from guide.visits import Turned, Unanswered, Visits
from guide.visits.noting import Notes

DAY = date(2026, 11, 24)
PRICE = Turned(DAY, "rest", "vi", "price", "yen-tu", "answered")


def test_turns_are_written_a_moment_later_by_themselves(visits: Visits, now: datetime) -> None:
    notes = Notes(visits, every=0.05)
    for _ in range(3):
        notes.count(PRICE)
    notes.unanswered(Unanswered("có thác không?", "vi", "rest", (), now))
    until = time.monotonic() + 5
    while not (visits.counts.table(DAY, DAY) and visits.unanswered.open()):
        assert time.monotonic() < until
        time.sleep(0.02)
    assert visits.counts.table(DAY, DAY, by=["place"]) == [(("yen-tu",), 3)]


def test_what_cannot_be_written_waits_and_the_log_says_why(
    tmp_path: Path, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    visits = Visits(f"sqlite:///{tmp_path / 'var' / 'visits.db'}")
    notes = Notes(visits, every=60)
    notes.count(PRICE)
    notes.unanswered(Unanswered("có thác không?", "vi", "rest", (), now))
    with caplog.at_level(logging.ERROR):
        notes.flush()
    assert "visits.db cannot be used" in caplog.text
    (tmp_path / "var").unlink()
    notes.count(PRICE)
    notes.flush()
    notes.flush()
    assert visits.counts.table(DAY, DAY) == [((), 2)] and len(visits.unanswered.open()) == 1


def test_noting_takes_no_time_though_the_database_is_locked(visits: Visits) -> None:
    notes = Notes(visits, every=0.01)
    with visits.store.writing():
        before = time.perf_counter()
        for _ in range(1000):
            notes.count(PRICE)
        assert time.perf_counter() - before < 1
        time.sleep(0.05)
    notes.flush()
    assert visits.counts.table(DAY, DAY) == [((), 1000)]
