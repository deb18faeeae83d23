"""Every answered turn is counted, by what was asked and what became of it, and by nothing that tells who asked."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime

from actions.conversation import TIMEZONE
from guide.visits import Visits

COLUMNS = ("channel", "lang", "topic", "place", "outcome")
TURNS = {
    "giá vé Yên Tử": ("rest", "vi", "price", "yen-tu", "answered"),
    "what is the history of Con Son?": ("rest", "en", "history", "con-son", "answered"),
    "xin chào": ("rest", "vi", "greet", "", "talk"),
}


def counted(visits: Visits) -> Counter:
    """Today's turns by all columns."""
    today = datetime.now(TIMEZONE).date()
    return Counter({count.of: count.n for count in visits.counts.table(today, today, COLUMNS)})


def test_turns_are_counted_a_moment_after_they_were_answered(ask, left: Visits) -> None:
    time.sleep(2)  # what earlier tests said is written by then
    before = counted(left)
    for index, text in enumerate(TURNS):
        ask(text, sender=f"counted-{index}")
    until = time.monotonic() + 5
    while counted(left) - before != Counter(TURNS.values()):
        assert time.monotonic() < until, counted(left) - before
        time.sleep(0.1)
