"""What unmarked syllables may read with their diacritics: a hidden Markov model over syllables.

States are readings (``chùa``, ``chưa``), observations what was typed (``chua``). Transitions are trigrams of our own
accented text, interpolated with bigrams and unigrams after Witten and Bell (1991); the forward-backward algorithm gives
each reading its probability in this message. Marks that were typed stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Iterable, Mapping, Sequence

from guide.gazetteer.marks import Marks, compare, is_marked
from guide.gazetteer.syllables import Word, split_words

MAX_READINGS = 6  # of one folded syllable
RARE = 0.002  # share of a folded syllable's occurrences under which a reading is not considered
FULLY_MARKED = 0.3  # share of marked syllables from which a text is taken to be written with its marks
LAZY = 0.3  # how likely a writer who types marks leaves those of a word out
MESSAGE_WEIGHT = 4  # a visitor's message counts as much as so many sentences about the sites
_EDGE = "</s>"
_CLAUSES = re.compile(r"[.!?;:()\n]+")

Pair = tuple[str, str]


class SyllableModel:
    """Counts of readings in context, and what it takes to restore the marks of a message."""

    def __init__(self, trigrams: Mapping[tuple[str, str, str], int]) -> None:
        self.trigrams = dict(trigrams)
        self._after_pair: dict[Pair, Counter[str]] = defaultdict(Counter)
        self._after: dict[str, Counter[str]] = defaultdict(Counter)
        self.unigrams: Counter[str] = Counter()
        for (first, second, third), count in self.trigrams.items():
            self._after_pair[first, second][third] += count
            self._after[second][third] += count
            self.unigrams[third] += count
        self._totals = {before: sum(after.values()) for before, after in self._after.items()}
        self._pair_totals = {before: sum(after.values()) for before, after in self._after_pair.items()}
        self._total = sum(self.unigrams.values()) or 1
        self.readings = self._readings()

    def _readings(self) -> dict[str, list[str]]:
        by_folded: dict[str, Counter[str]] = defaultdict(Counter)
        for syllable, count in self.unigrams.items():
            for w in split_words(syllable if syllable != _EDGE else ""):
                by_folded[w.folded][syllable] = count
        return {
            folded: [r for r, n in counts.most_common(MAX_READINGS) if n >= RARE * sum(counts.values())]
            for folded, counts in by_folded.items()
        }

    @classmethod
    def learn(cls, texts: Iterable[str], messages: Iterable[str] = ()) -> SyllableModel:
        """A model of accented texts; those written without marks are left out, since they would teach omission."""
        trigrams: Counter[tuple[str, str, str]] = Counter()
        for weight, source in ((1, texts), (MESSAGE_WEIGHT, messages)):
            for text in source:
                words = split_words(text)
                if not words or sum(is_marked(w.typed) for w in words) / len(words) < FULLY_MARKED:
                    continue
                for clause in _CLAUSES.split(text):
                    row = [_EDGE, _EDGE, *(w.typed for w in split_words(clause)), _EDGE]
                    for triple in zip(row, row[1:], row[2:], strict=False):
                        trigrams[triple] += weight
        return cls(trigrams)

    def candidates(self, word: Word, lazy: float) -> dict[str, float]:
        """Readings that a typed word may have, with the probability of typing it so."""
        found = {}
        for reading in self.readings.get(word.folded, ()):
            relation = compare(word.typed, reading)
            if relation <= Marks.MISSING:
                found[reading] = 1.0 if relation == Marks.SAME else lazy
        return found or {word.typed: 1.0}

    def follows(self, before: str, last: str, reading: str) -> float:
        """P(reading | the two before it)."""
        found = (self.unigrams.get(reading, 0) + 0.1) / (self._total + 1)
        after, seen = self._after.get(last), self._totals.get(last, 0)
        if after:
            found = (after.get(reading, 0) + len(after) * found) / (seen + len(after))
        after, seen = self._after_pair.get((before, last)), self._pair_totals.get((before, last), 0)
        if after:
            found = (after.get(reading, 0) + len(after) * found) / (seen + len(after))
        return found

    def probabilities(self, words: Sequence[Word]) -> list[dict[str, float]]:
        """For each word its possible readings and how likely each is in this message."""
        lazy = LAZY if any(is_marked(w.typed) for w in words) else 1.0
        columns = [self.candidates(w, lazy) for w in words]
        ahead = self._forward(columns)
        found: list[dict[str, float]] = []
        behind: dict[Pair, float] = {}
        for position in reversed(range(len(columns))):
            behind = self._backward(columns, position, ahead[position], behind)
            shares: dict[str, float] = defaultdict(float)
            for pair, probability in ahead[position].items():
                shares[pair[1]] += probability * behind[pair]
            total = sum(shares.values()) or 1.0
            found.append({reading: round(share / total, 5) for reading, share in shares.items()})
        return found[::-1]

    def _forward(self, columns: Sequence[Mapping[str, float]]) -> list[dict[Pair, float]]:
        """Scaled forward probabilities of the last two readings at each position."""
        rows: list[dict[Pair, float]] = []
        previous: dict[Pair, float] = {(_EDGE, _EDGE): 1.0}
        for column in columns:
            current: dict[Pair, float] = defaultdict(float)
            for (before, last), probability in previous.items():
                for reading, typed in column.items():
                    current[last, reading] += probability * typed * self.follows(before, last, reading)
            previous = _scaled(current)
            rows.append(previous)
        return rows

    def _backward(
        self, columns: Sequence[Mapping[str, float]], position: int, pairs: Iterable[Pair], behind: Mapping[Pair, float]
    ) -> dict[Pair, float]:
        """Scaled backward probabilities of the pairs at a position, from those at the next."""
        if position == len(columns) - 1:
            return _scaled({(before, last): self.follows(before, last, _EDGE) for before, last in pairs})
        following = columns[position + 1]
        return _scaled(
            {
                (before, last): sum(
                    typed * self.follows(before, last, reading) * behind[last, reading]
                    for reading, typed in following.items()
                )
                for before, last in pairs
            }
        )

    def restore(self, text: str) -> str:
        """A text with its likeliest marks; everything between words stays."""
        words = split_words(text)
        pieces, position = [], 0
        for w, readings in zip(words, self.probabilities(words), strict=True):
            pieces += [text[position : w.start], max(readings, key=readings.__getitem__)]
            position = w.end
        return "".join([*pieces, text[position:]])

    def to_json(self) -> dict[str, int]:
        """What ``from_json`` needs."""
        return {" ".join(triple): count for triple, count in self.trigrams.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, int]) -> SyllableModel:
        """The model that ``to_json`` described."""
        return cls({tuple(triple.split(" ")): count for triple, count in data.items()})


def _scaled(row: Mapping[Pair, float]) -> dict[Pair, float]:
    total = sum(row.values()) or 1.0
    return {pair: probability / total for pair, probability in row.items()}
