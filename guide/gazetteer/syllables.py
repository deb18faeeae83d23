"""Text as a row of written words, each knowing where in the visitor's own text it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from guide.text import fold, nfc

# Chinese, Japanese and Korean put no spaces between words: each of their characters is a word of its own.
_SPACELESS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Letters, digits and combining marks (text may come in NFD).
_WORD = re.compile(rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}])[^\W_])(?:(?![{_SPACELESS}])[^\W_]|[\u0300-\u036f])*")
_BREAK = re.compile(r"[,;:.?!()\n\r\t/|]")


class Word(NamedTuple):
    """One written word, a syllable in Vietnamese. ``typed`` is NFC and lower case; start and end are offsets."""

    typed: str
    folded: str
    start: int
    end: int
    capital: bool = False


@lru_cache(maxsize=32768)
def _forms(text: str) -> tuple[str, str, bool]:
    return nfc(text).lower(), fold(text), text[:1].isupper()


def word(text: str, start: int = 0) -> Word:
    """The word that ``text`` spells, standing at ``start``."""
    typed, folded, capital = _forms(text)
    return Word(typed, folded, start, start + len(text), capital)


def split_words(text: str) -> list[Word]:
    """The words of any text, in order; punctuation, emoji and control characters are left out."""
    return [word(match.group(), match.start()) for match in _WORD.finditer(text)]


def folded_words(text: str) -> tuple[str, ...]:
    """``Chùa Đồng (đỉnh)`` → ``("chua", "dong", "dinh")``."""
    return tuple(w.folded for w in split_words(text))


def breaks_after(text: str, words: list[Word]) -> frozenset[int]:
    """Positions of words that a comma, a full stop or the like parts from the next word."""
    return frozenset(
        i
        for i, (one, other) in enumerate(zip(words, words[1:], strict=False))
        if _BREAK.search(text, one.end, other.start)
    )
