"""What unmarked syllables may read with their diacritics: a hidden Markov model over syllables.

States are readings (``chùa``, ``chưa``), observations what was typed (``chua``). Transitions are bigrams of our own
accented text interpolated with unigrams; the forward-backward algorithm gives each reading its probability in this
message. Marks that were typed stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Iterable, Mapping, Sequence

from guide.gazetteer.marks import Marks, compare, is_marked
from guide.gazetteer.syllables import Word, split_words

INTERPOLATION = 0.8  # weight of the bigram beside the unigram
MAX_READINGS = 8  # of one folded syllable
FULLY_MARKED = 0.3  # share of marked syllables from which a text is taken to be written with its marks
MESSAGE_WEIGHT = 4
LAZY = 0.3  # how likely a writer who types marks leaves one out
_EDGE = "</s>"
_CLAUSES = re.compile(r"[.!?;:()\n]+")


@dataclass
class SyllableModel:
    """Counts of readings and of pairs of readings, and what it takes to restore the marks of a message."""

    unigrams: Counter[str] = field(default_factory=Counter)
    bigrams: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    readings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def learn(cls, texts: Iterable[str], messages: Iterable[str] = ()) -> SyllableModel:
        """A model of accented texts; those written without marks are left out, since they would teach omission.

        ``messages`` are what visitors write, of which each counts as much as several sentences about the sites.
        """
        model = cls()
        for weight, source in ((1, texts), (MESSAGE_WEIGHT, messages)):
            for text in source:
                words = split_words(text)
                if words and sum(is_marked(w.typed) for w in words) / len(words) >= FULLY_MARKED:
                    for clause in _CLAUSES.split(text):
                        model._count([w.typed for w in split_words(clause)], weight)
        model._index()
        return model

    def _count(self, syllables: Sequence[str], weight: int) -> None:
        for before, after in zip([_EDGE, *syllables], [*syllables, _EDGE], strict=True):
            self.bigrams[before][after] += weight
            if after != _EDGE:
                self.unigrams[after] += weight

    def _index(self) -> None:
        by_folded: dict[str, Counter[str]] = defaultdict(Counter)
        for syllable, count in self.unigrams.items():
            (w,) = split_words(syllable) or (None,)
            if w:
                by_folded[w.folded][syllable] = count
        self.readings = {f: [r for r, _ in counts.most_common(MAX_READINGS)] for f, counts in by_folded.items()}
        self._total = sum(self.unigrams.values()) or 1
        self._following = {before: sum(after.values()) for before, after in self.bigrams.items()}

    def candidates(self, word: Word, lazy: float) -> dict[str, float]:
        """Readings that a typed word may have, with the probability of typing it so."""
        found = {}
        for reading in self.readings.get(word.folded, ()):
            relation = compare(word.typed, reading)
            if relation <= Marks.MISSING:
                found[reading] = 1.0 if relation == Marks.SAME else lazy
        return found or {word.typed: 1.0}

    def transition(self, before: str, after: str) -> float:
        """P(after | before)."""
        unigram = (self.unigrams.get(after, 0) + 0.1) / (self._total + 1)
        seen = self._following.get(before, 0)
        if not seen:
            return unigram
        weight = INTERPOLATION * seen / (seen + 2)
        return weight * self.bigrams[before].get(after, 0) / seen + (1 - weight) * unigram

    def probabilities(self, words: Sequence[Word]) -> list[dict[str, float]]:
        """For each word its possible readings and how likely each is in this message."""
        if not words:
            return []
        lazy = LAZY if any(is_marked(w.typed) for w in words) else 1.0
        columns = [self.candidates(w, lazy) for w in words]
        forward = self._pass(columns)
        backward = self._pass(columns, reverse=True)
        found = []
        for ahead, behind, column in zip(forward, backward, columns, strict=True):
            joint = {r: ahead[r] * behind[r] / typed for r, typed in column.items()}
            total = sum(joint.values()) or 1.0
            found.append({r: round(p / total, 5) for r, p in joint.items()})
        return found

    def _pass(self, columns: Sequence[Mapping[str, float]], reverse: bool = False) -> list[dict[str, float]]:
        """Forward (or backward) probabilities, each including the emission of its own column, scaled to sum 1."""
        previous, row = {_EDGE: 1.0}, []
        for column in reversed(columns) if reverse else columns:
            current = {}
            for reading, typed in column.items():
                step = (
                    p * (self.transition(reading, other) if reverse else self.transition(other, reading))
                    for other, p in previous.items()
                )
                current[reading] = typed * sum(step)
            total = sum(current.values()) or 1.0
            previous = {r: p / total for r, p in current.items()}
            row.append(previous)
        return row[::-1] if reverse else row

    def restore(self, text: str) -> str:
        """A text with its likeliest marks; everything between words stays."""
        words = split_words(text)
        pieces, position = [], 0
        for w, readings in zip(words, self.probabilities(words), strict=True):
            pieces += [text[position : w.start], max(readings, key=readings.__getitem__)]
            position = w.end
        return "".join([*pieces, text[position:]])

    def to_json(self) -> dict:
        """What ``from_json`` needs."""
        return {"bigrams": {before: dict(after) for before, after in self.bigrams.items()}}

    @classmethod
    def from_json(cls, data: Mapping) -> SyllableModel:
        """The model that ``to_json`` described."""
        model = cls()
        for before, after in data["bigrams"].items():
            model.bigrams[before].update(after)
            model.unigrams.update({s: n for s, n in after.items() if s != _EDGE})
        model._index()
        return model
