"""Charts as plain SVG, in whole numbers; words stand beside them in HTML, so that a phone shows them readably."""

from __future__ import annotations

from typing import NamedTuple, Sequence

from web.console.numbers.figures import Span, Split

HEIGHT, COLUMN, GAP = 1000, 100, 14  # of a column chart, in its own units
WIDTH = 1000  # of a bar


class Column(NamedTuple):
    """A day or week: two heights, one upon the other, with what they stand for."""

    span: Span
    x: int
    width: int
    top: int
    answered: int
    other: int

    @property
    def foot(self) -> int:
        """Where the lower part begins."""
        return self.top + self.other


class Columns(NamedTuple):
    """A chart over time. ``most``: the figure at its top; ``middle``: the one half way up."""

    columns: list[Column]
    width: int
    most: int

    @property
    def middle(self) -> int:
        """Half of the most."""
        return self.most // 2


class Bar(NamedTuple):
    """A line of a table with its bar."""

    split: Split
    answered: int
    other: int


def columns(spans: Sequence[Span]) -> Columns:
    """Columns for days or weeks; the highest figure is rounded up to one that can be halved."""
    most = _round(max((span.answered + span.other for span in spans), default=0))
    drawn = []
    for number, span in enumerate(spans):
        answered, other = span.answered * HEIGHT // most, span.other * HEIGHT // most
        drawn.append(Column(span, number * COLUMN, COLUMN - GAP, HEIGHT - answered - other, answered, other))
    return Columns(drawn, max(len(spans), 1) * COLUMN, most)


def bars(splits: Sequence[Split]) -> list[Bar]:
    """A bar for each line, the longest as long as there is room."""
    most = max((split.total for split in splits), default=0) or 1
    return [Bar(split, split.answered * WIDTH // most, split.other * WIDTH // most) for split in splits]


def _round(most: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100 …"""
    step = 1
    while True:
        for factor in (2, 4, 10):
            if most <= factor * step:
                return factor * step
        step *= 10
