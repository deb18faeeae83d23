"""Phrases in a message, with or without their marks, as whole words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Iterable, Iterator

from guide.text import fold, fold_with_offsets, has_diacritics, nfc

Span = tuple[int, int]


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(fold, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def spans_of(text: str, phrases: Iterable[str]) -> Iterator[Span]:
    """Where a phrase stands in the text, in order; where the visitor typed marks there, they must be the phrase's."""
    known = tuple(phrases)
    marked = {nfc(phrase).lower() for phrase in known}
    folded, offsets = fold_with_offsets(text)
    for match in _pattern(known).finditer(folded):
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        typed = text[start:end]
        if not has_diacritics(typed) or nfc(typed).lower() in marked:
            yield start, end


def ends_with(text: str, phrases: Iterable[str]) -> int | None:
    """Where the phrase begins with which the text ends, white space aside; None where it ends with none."""
    last = len(text.rstrip())
    return next((start for start, end in spans_of(text, phrases) if end == last), None)


def begins_with(text: str, phrases: Iterable[str]) -> bool:
    """Whether the text begins with one of the phrases, white space aside."""
    first = len(text) - len(text.lstrip())
    return any(start == first for start, _ in spans_of(text, phrases))
