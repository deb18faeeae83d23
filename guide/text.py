"""One definition of folding, shared by the search, the gazetteer and the NLU.

Visitors type with and without diacritics. Folded text is what the two have in common: Unicode NFC, lower case,
diacritics off, and đ→d, which neither NFD decomposition nor SQLite's ``remove_diacritics`` does.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SPELT_OUT = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}


class Folded(NamedTuple):
    """Folded text with, for each of its characters, the offset of the character in the original that it came from."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    lowered = unicodedata.normalize("NFD", char.lower())
    return "".join(_SPELT_OUT.get(c, c) for c in lowered if not unicodedata.combining(c))


def nfc(text: str) -> str:
    """Text in Unicode NFC, the form everything else here expects (NFD input would split every n-gram)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """``Chùa Đồng`` → ``chua dong``. Idempotent; keeps spaces and punctuation."""
    return "".join(map(_fold_char, nfc(text)))


def fold_with_offsets(text: str) -> Folded:
    """Fold text without normalising it first, so that every offset points into exactly the text that was given."""
    pieces, offsets = [], []
    for position, char in enumerate(text):
        folded = _fold_char(char)
        pieces.append(folded)
        offsets.extend([position] * len(folded))
    return Folded("".join(pieces), tuple(offsets))


def has_diacritics(text: str) -> bool:
    """Whether folding would change more than the case, i.e. whether the writer typed Vietnamese marks."""
    return fold(text) != nfc(text).lower()
