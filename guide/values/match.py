"""What the modules of the kinds hand to ``find``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional, Protocol, TypeVar

from guide.values.types import Value


@dataclass(frozen=True)
class Candidate:
    """A value that ``reading.text[start:end]`` may say. ``plain``: a time that does not tell the part of the day."""

    value: Value
    start: int
    end: int
    role: Optional[str] = None
    plain: bool = False


class Spanning(Protocol):
    """Anything that covers a part of a text."""

    @property
    def start(self) -> int:
        """The first letter."""

    @property
    def end(self) -> int:
        """After the last letter."""


Span = TypeVar("Span", bound=Spanning)


def longest(spans: Iterable[Span]) -> list[Span]:
    """Of those that overlap the longest, of equals the first; in the order of the text."""
    chosen: list[Span] = []
    for one in sorted(spans, key=lambda span: span.start - span.end):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda span: span.start)
