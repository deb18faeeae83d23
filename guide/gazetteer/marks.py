"""What the diacritics of a typed syllable say about the syllable of a name that folds alike.

Missing marks leave a name possible, marks that differ speak against it: ``lân`` is not ``lăn``. Old and new placement
of the tone mark (``hoà``, ``hòa``) is the same spelling.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache

from guide.text import fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook, dot below


class Marks(IntEnum):
    """How a typed syllable relates to a name's, from best to worst."""

    SAME = 0
    MISSING = 1  # some marks of the name are not typed; none that are typed differ
    TONE = 2  # only the tone differs
    OTHER = 3  # the letters differ: ă/â, u/ư, d/đ …


@lru_cache(maxsize=16384)
def spelling(syllable: str) -> tuple[str, str]:
    """The letters of a syllable without its tone, and the tone: ``hoà`` and ``hòa`` → ``("hoa", grave)``."""
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    tone = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)), tone


def same_spelling(syllable: str) -> str:
    """One string for all placements of the tone mark: ``hoà`` and ``hòa`` give the same."""
    letters, tone = spelling(syllable)
    return letters + tone


@lru_cache(maxsize=32768)
def compare(typed: str, name: str) -> Marks:
    """How ``typed`` relates to ``name``; both fold to the same text."""
    (typed_letters, typed_tone), (letters, tone) = spelling(typed), spelling(name)
    if len(typed_letters) != len(letters):
        return Marks.SAME if typed == name else Marks.OTHER
    missing = False
    for written, wanted in zip(typed_letters, letters, strict=True):
        if written != wanted:
            if written != fold(written):
                return Marks.OTHER
            missing = True
    if typed_tone and typed_tone != tone:
        return Marks.TONE
    return Marks.MISSING if missing or typed_tone != tone else Marks.SAME


def is_marked(syllable: str) -> bool:
    """Whether the syllable carries any mark."""
    return fold(syllable) != syllable.lower()
