"""Puts first what shares the visitor's own words: "chùa Đồng nặng bao nhiêu?" wants the weight before the shape.

Overlap of folded words and word pairs, each counted by how rare it is among the facts in hand (inverse document
frequency), because Vietnamese words are one to four syllables and the pairs tell them apart.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Callable, Iterable, Sequence, TypeVar

from guide.text import fold

T = TypeVar("T")
PAIR_WEIGHT = 2.0


def _terms(text: str, without: frozenset[str] = frozenset()) -> set[str]:
    words = re.findall(r"\w+", fold(text))
    pairs = {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)}
    return {term for term in {*words, *pairs} if len(term) > 1 and not set(term.split()) <= without}


def scores(texts: Sequence[str], asked: str, names: Iterable[str] = ()) -> list[float]:
    """How well each text answers the words asked; the subject's own names do not count."""
    names_words = frozenset(word for name in names for word in re.findall(r"\w+", fold(name)))
    wanted = _terms(asked, names_words)
    found = [wanted & _terms(text) for text in texts]
    spread = Counter(term for terms in found for term in terms)
    total = len(texts) + 1
    return [
        sum(math.log(total / spread[term]) * (PAIR_WEIGHT if " " in term else 1) for term in terms) for terms in found
    ]


def shared_terms(text: str, asked: str, names: Iterable[str] = ()) -> int:
    """How many words the text shares with what was asked, names and single letters not counted."""
    names_words = frozenset(word for name in names for word in re.findall(r"\w+", fold(name)))
    return sum(" " not in term for term in _terms(asked, names_words) & _terms(text))


def by_relevance(items: Sequence[T], text: Callable[[T], str], asked: str, names: Iterable[str] = ()) -> list[T]:
    """The items, those nearest to what was asked first; equal ones stay in their order."""
    if not asked.strip() or len(items) < 2:
        return list(items)
    rated = scores([text(item) for item in items], asked, names)
    order = sorted(range(len(items)), key=lambda index: -rated[index])
    return [items[index] for index in order]
