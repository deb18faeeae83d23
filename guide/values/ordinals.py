"""Which one of several: ``chỗ thứ hai``, ``cái cuối``, ``the second one``."""

from __future__ import annotations

from typing import Iterator, Optional

from guide.text import fold
from guide.values.match import Candidate
from guide.values.numbers import number
from guide.values.patterns import matches, table
from guide.values.types import Ordinal

MOST = 20


def find_ordinals(text: str, language: str) -> Iterator[Candidate]:
    """The ordinals in a text, as it is read."""
    for name, match in matches("ordinals", language, text):
        groups = match.groupdict()
        index = {"first": 1, "last": -1}.get(name) or _index(groups.get("index") or groups.get("i2"), language)
        if index and index <= MOST:
            yield Candidate(Ordinal(index), match.start(), match.end())


def _index(word: Optional[str], language: str) -> Optional[int]:
    return table("ordinals", language, "nths").get(fold(word or "")) or number(word, language)
