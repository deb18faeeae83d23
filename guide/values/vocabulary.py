"""The words that patterns speak of: they are no slips for other words, and others may be slips for them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Iterator, Optional

from rapidfuzz.distance import OSA

from guide.text import fold
from guide.values.patterns import LANGUAGES, word_file

FILES = ("numbers", "dates", "durations", "clocks", "parties", "budgets", "transports", "ordinals")
LEAST = 6  # letters of a word that a misspelt one is taken for; shorter ones are too much alike
_SYNTAX = re.compile(r"\(\?P<\w+>|\{(?:\w+:)?\w+\}|\\[a-zA-Z]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def knows(word: str) -> bool:
    """Whether some pattern speaks of the word, with or without its marks."""
    return fold(word) in _words()


@lru_cache(maxsize=4096)
def slip_for(word: str) -> Optional[str]:
    """The word of a pattern that a word is one slip of the finger away from; None where there is none or several."""
    if len(word) < LEAST - 1 or not word.isascii() or not word.isalpha() or knows(word):
        return None
    near = {w for w in _long_words() if OSA.distance(word, w, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    files = (word_file(name, language) for language in LANGUAGES for name in FILES)
    return frozenset(fold(w) for file in files for text in _texts(file) for w in _WORD.findall(_SYNTAX.sub(" ", text)))


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(w for w in _words() if len(w) >= LEAST))


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _texts(value)
            if not isinstance(value, (list, dict)):
                yield str(key)
    elif isinstance(content, list):
        for item in content:
            yield from _texts(item)
