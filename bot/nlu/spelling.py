"""Words that are known, and what to make of those that are not: run together, misspelt, drawn out."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import Iterable, Mapping, Optional

from rapidfuzz.distance import OSA

from guide.gazetteer.judge import is_syllable
from guide.gazetteer.syllables import split_words
from guide.gazetteer.typos import NameTrie
from guide.text import fold

MIN_SPLIT, MAX_SPLIT = 5, 60  # letters of what may be several words run together
KNOWN_FROM = 2  # times a word must have been seen to be split off or corrected to
MIN_CORRECTED = 3  # letters of a word that may be misspelt
MAX_SLIPS = 2  # letters, marks included
FREQUENT = 4  # times that a word must have been seen to be what another is a slip for
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")


class Speller:
    """Counts of words, typed and folded, from all text of our own."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        self._total = sum(self.counts.values()) or 1
        self._near = NameTrie()
        self._spelt: dict[str, list[str]] = defaultdict(list)  # folded word → its spellings
        for word, count in self.counts.items():
            if count >= KNOWN_FROM and len(word) >= MIN_CORRECTED:
                folded = fold(word)
                self._near.add((folded,))
                self._spelt[folded].append(word)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Speller:
        """A speller that knows the words of these texts."""
        counts: Counter[str] = Counter()
        for text in texts:
            for word in split_words(text):
                counts.update({word.typed, word.folded})
        return cls(counts)

    def knows(self, word: str) -> bool:
        """Whether the word has been seen."""
        return word in self.counts

    def without_drawl(self, word: str) -> str:
        """``đẹppppp`` → ``đẹp``, ``sooo`` → ``so``; a word that is known stays."""
        if self.knows(word) or not _DRAWN_OUT.search(word):
            return word
        twice = _DRAWN_OUT.sub(r"\1\1", word)
        return twice if self.knows(twice) else _DRAWN_OUT.sub(r"\1", word)

    def corrected(self, word: str) -> Optional[str]:
        """The likeliest known word that an unknown one is a slip for; None where there is none.

        Few changed letters come before frequency. Marks that were typed count as letters; where none were, the answer
        has none either, and the word must be longer, since short words are all alike.
        """
        shortest = MIN_CORRECTED + word.isascii()
        if self.knows(word) or len(word) < shortest or not word.isalpha():
            return None
        folded = fold(word)
        near = [
            w for f, edits in self._near.neighbours(folded) for w in self._spelt.get(f, ()) if edits or word != folded
        ]
        if word == folded:
            near = [w for w in near if w.isascii()]
        ranked = [(-OSA.distance(word, w), self.counts[w], w) for w in near if self.counts[w] >= FREQUENT]
        return max(ranked)[2] if ranked and -max(ranked)[0] <= MAX_SLIPS else None

    def split(self, folded: str) -> Optional[list[str]]:
        """The known words that an unknown one is made of (the likeliest row of words); None where it is not.

        ``giavecaptreo`` → gia, ve, cap, treo.
        """
        if not MIN_SPLIT <= len(folded) <= MAX_SPLIT or self.knows(folded) or is_syllable(folded):
            return None
        best: list[tuple[float, list[str]]] = [(0.0, [])] + [(-math.inf, [])] * len(folded)
        for end in range(1, len(folded) + 1):
            for start in range(max(0, end - 12), end):
                score, words = best[start]
                piece = folded[start:end]
                cost = self._cost(piece)
                if cost is not None and score + cost > best[end][0]:
                    best[end] = (score + cost, [*words, piece])
        found = best[-1][1]
        return found if len(found) > 1 and len(folded) / len(found) >= 2.5 else None

    def _cost(self, piece: str) -> Optional[float]:
        count = self.counts.get(piece, 0)
        if count < KNOWN_FROM or (len(piece) < 2 and piece not in "oae") or (len(piece) < 3 and not is_syllable(piece)):
            return None
        return math.log(count / self._total)
