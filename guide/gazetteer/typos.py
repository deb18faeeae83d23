"""Misspelt names: a trie of names by words, walked with words that are one keystroke off.

A word's neighbours are found by deletions (Garbe's symmetric delete method: two words one edit apart share a form with
one letter deleted) and confirmed by rapidfuzz's optimal string alignment, which counts a swap of two letters as one
edit. The work depends on the words of the message, not on the number of names.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Iterator, NamedTuple, Sequence

from rapidfuzz.distance import OSA

MIN_WORD = 3  # letters; shorter words are too easily another word
LONG_WORD = 8  # letters from which two edits are forgiven
MAX_REMEMBERED = 20_000
_END = ""


class Misspelt(NamedTuple):
    """Words ``start:end`` of a message spell the name ``folded`` with this many edits, in the words ``wrong``."""

    start: int
    end: int
    folded: tuple[str, ...]
    edits: int
    wrong: tuple[int, ...]


def _deletions(word: str) -> Iterator[str]:
    yield word
    for position in range(len(word)):
        yield word[:position] + word[position + 1 :]


class NameTrie:
    """Names as rows of folded words."""

    def __init__(self) -> None:
        self._root: dict = {}
        self._words: set[str] = set()
        self._near: dict[str, list[str]] = defaultdict(list)
        self._found: dict[str, tuple[tuple[str, int], ...]] = {}  # neighbours of words met before

    def add(self, folded: Sequence[str]) -> None:
        """Add one name."""
        node = self._root
        for word in folded:
            node = node.setdefault(word, {})
            if word not in self._words:
                self._words.add(word)
                self._index(word)
        node[_END] = True

    def _index(self, word: str) -> None:
        if len(word) < MIN_WORD:
            return
        for form in set(_deletions(word)):
            self._near[form].append(word)
            if len(word) >= LONG_WORD:
                for shorter in _deletions(form):
                    self._near["2" + shorter].append(word)

    def neighbours(self, word: str) -> list[tuple[str, int]]:
        """Words of names that are the typed word, or one edit off, or two where both are long."""
        return list(self._neighbours(word))

    def _neighbours(self, word: str) -> tuple[tuple[str, int], ...]:
        exact = ((word, 0),) if word in self._words else ()
        if len(word) < MIN_WORD or len(word) > 30:
            return exact
        forms = set(_deletions(word))
        candidates = {near for form in forms for near in self._near.get(form, ())}
        if len(word) >= LONG_WORD - 1:
            forms = {shorter for form in forms for shorter in _deletions(form)}
            candidates |= {near for form in forms for near in self._near.get("2" + form, ())}
        found = []
        for near in candidates - {word}:
            allowed = 2 if min(len(near), len(word)) >= LONG_WORD else 1
            edits = OSA.distance(word, near, score_cutoff=allowed)
            if edits <= allowed:
                found.append((near, edits))
        return exact + tuple(found)

    def _remembered(self, word: str) -> tuple[tuple[str, int], ...]:
        found = self._found.get(word)
        if found is None:
            if len(self._found) >= MAX_REMEMBERED:
                self._found.clear()
            found = self._found[word] = self._neighbours(word)
        return found

    def search(self, words: Sequence[str], max_edits: int = 2) -> list[Misspelt]:
        """Every name that a part of the words spells with 1 to ``max_edits`` edits."""
        near = [self._remembered(word) for word in words]
        found: list[Misspelt] = []
        for start in range(len(words)):
            self._walk(self._root, near, start, start, (), 0, (), max_edits, found)
        return found

    def _walk(self, node, near, start, position, folded, edits, wrong, max_edits, found) -> None:
        if node.get(_END) and edits:
            found.append(Misspelt(start, position, folded, edits, wrong))
        if position == len(near):
            return
        for word, distance in near[position]:
            child = node.get(word)
            if child is not None and edits + distance <= max_edits:
                wrong_here = wrong + (position,) if distance else wrong
                self._walk(
                    child, near, start, position + 1, folded + (word,), edits + distance, wrong_here, max_edits, found
                )
