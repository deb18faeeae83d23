"""Misspelt names: a trie of names by words, walked with words that are one keystroke off.

A word's neighbours are found by deletions (Garbe's symmetric delete method: two words one edit apart share a form with
one letter deleted) and confirmed by rapidfuzz's optimal string alignment, which counts a swap of two letters as one
edit. The work depends on the words of the message, not on the number of names.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Iterator, NamedTuple, Optional, Sequence

from rapidfuzz.distance import OSA

MIN_WORD = 3  # letters; shorter words are too easily another word
LONG_WORD = 8  # letters from which two edits are forgiven
MAX_REMEMBERED = 20_000
RIGHT_BESIDE = 2  # words of the name that must be spelt right for each one that is wrong though a good word of its own


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


def forgiven(letters: int) -> int:
    """How many wrong letters are forgiven in a name of so many."""
    return 0 if letters < 5 else 1 if letters < 10 else 2


class _Node:
    """What may follow the words so far. Of the names further on, ``core`` is the most words that make one, and
    ``slips`` the most letters that may be wrong in one.
    """

    __slots__ = ("following", "name", "core", "slips")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.name: Optional[tuple[str, ...]] = None
        self.core = self.slips = 0


class NameTrie:
    """Names as rows of folded words."""

    def __init__(self) -> None:
        self._root = _Node()
        self._words: set[str] = set()
        self._near: dict[str, list[str]] = defaultdict(list)
        self._found: dict[str, tuple[tuple[str, int], ...]] = {}  # neighbours of words met before

    def add(self, folded: tuple[str, ...], core: Optional[int] = None) -> None:
        """Add one name, of which so many words make it; all of them when not given."""
        node, core = self._root, len(folded) if core is None else core
        slips = forgiven(sum(map(len, folded)))
        for word in folded:
            if word not in node.following:
                node.following[word] = _Node()
                if word not in self._words:
                    self._words.add(word)
                    self._index(word)
            node = node.following[word]
            if node.core < core:
                node.core = core
            if node.slips < slips:
                node.slips = slips
        node.name = folded

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

    def search(self, words: Sequence[str], ordinary: Sequence[bool] = ()) -> list[Misspelt]:
        """Every name that a part of the words spells with so many edits as are forgiven in one of its length.

        ``ordinary``: which words are known from outside names. Each of those that is wrong needs ``RIGHT_BESIDE``
        others among the words that make the name.
        """
        near = [self._remembered(word) for word in words]
        doubts = [(1 + RIGHT_BESIDE) * is_one for is_one in ordinary] or [0] * len(words)
        found: list[Misspelt] = []
        for start in range(len(words)):
            self._walk(self._root, near, doubts, start, start, 0, (), 0, found)
        return found

    def _walk(self, node, near, doubts, start, position, edits, wrong, needed, found) -> None:
        """``needed``: how many words must make the name."""
        if node.name and edits and edits <= forgiven(sum(map(len, node.name))):
            found.append(Misspelt(start, position, node.name, edits, wrong))
        if position == len(near):
            return
        for word, distance in near[position]:
            child = node.following.get(word)
            if child is None or child.slips < edits + distance:
                continue
            further = needed + doubts[position] if distance else needed
            if child.core >= further:
                wrong_here = (*wrong, position) if distance else wrong
                self._walk(child, near, doubts, start, position + 1, edits + distance, wrong_here, further, found)
