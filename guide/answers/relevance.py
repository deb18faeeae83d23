"""Puts first what shares the visitor's own words: "chùa Đồng nặng bao nhiêu?" wants the weight before the shape.

Overlap of words and word pairs, each counted by how rare it is among the texts in hand (inverse document frequency),
because Vietnamese words are one to four syllables and the pairs tell them apart. Question words do not count
(``stopwords.yml``). Marks count when the visitor typed marks; without any, text is compared folded.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Callable, Iterable, Sequence, TypeVar

from ruamel.yaml import YAML

from guide.text import fold, has_diacritics, nfc

T = TypeVar("T")
PAIR_WEIGHT = 2.0
STEM = 6  # letters that make an English word and its forms one (criterion, criteria)
LONG = 5  # letters of a word that hardly agrees by chance
CLEARLY = 2.0  # a score from which on a text answers the words asked
CLOSE = 0.5  # of the best score: texts that answer them almost as well


@lru_cache(maxsize=2)
def _stopwords(folded: bool) -> frozenset[str]:
    lists = YAML(typ="safe").load(Path(__file__).with_name("stopwords.yml").read_text(encoding="utf-8"))
    words = frozenset(word for text in lists.values() for word in text.split())
    return frozenset(map(fold, words)) if folded else words


def _words(text: str, folded: bool) -> list[str]:
    plain = fold(text) if folded else nfc(text).lower()
    return re.findall(r"\w+", plain)


def _terms(text: str, folded: bool, without: frozenset[str] = frozenset()) -> set[str]:
    """Words, cut to their stems, and pairs of neighbouring words."""
    words = _words(text, folded)
    kept = {word[:STEM] for word in words if word not in without and word not in _stopwords(folded) and len(word) > 1}
    pairs = {
        f"{one[:STEM]} {two[:STEM]}"
        for one, two in zip(words, words[1:], strict=False)
        if {one, two} - without - _stopwords(folded)
    }
    return kept | pairs


def _asked(asked: str, names: Iterable[str]) -> tuple[set[str], bool]:
    folded = not has_diacritics(asked)
    own = frozenset(word for name in names for word in _words(name, folded))
    return _terms(asked, folded, own), folded


def scores(texts: Sequence[str], asked: str, names: Iterable[str] = ()) -> list[float]:
    """How well each text answers the words asked; the subject's own names do not count. 0: it shares none."""
    wanted, folded = _asked(asked, names)
    found = [wanted & _terms(text, folded) for text in texts]
    spread = Counter(term for terms in found for term in terms)
    total = len(texts) + 1
    worth = {term: math.log(total / count) * (PAIR_WEIGHT if " " in term else 1) for term, count in spread.items()}
    return [sum(worth[term] for term in terms) for terms in found]


def shared_words(text: str, asked: str, names: Iterable[str] = ()) -> int:
    """How many words the text shares with what was asked; names and question words not counted."""
    wanted, folded = _asked(asked, names)
    return sum(" " not in term for term in wanted & _terms(text, folded))


def by_relevance(items: Sequence[T], text: Callable[[T], str], asked: str, names: Iterable[str] = ()) -> list[T]:
    """The items, those nearest to what was asked first; equal ones stay in their order."""
    if not asked.strip() or len(items) < 2:
        return list(items)
    rated = scores([text(item) for item in items], asked, names)
    order = sorted(range(len(items)), key=lambda index: -rated[index])
    return [items[index] for index in order]


def answering(items: Sequence[T], text: Callable[[T], str], asked: str, names: Iterable[str] = ()) -> list[T]:
    """Only the items that clearly answer the words asked, best first; none when no item does.

    A pair of words must agree, or a long word: single syllables agree by chance.
    """
    texts = [text(item) for item in items]
    wanted, folded = _asked(asked, names)
    strong = {term for term in wanted if " " in term or len(term) >= LONG}
    rated = scores(texts, asked, names)
    enough = max(CLEARLY, max(rated, default=0.0) * CLOSE)
    order = sorted(range(len(items)), key=lambda index: -rated[index])
    return [items[at] for at in order if rated[at] >= enough and strong & _terms(texts[at], folded)]
