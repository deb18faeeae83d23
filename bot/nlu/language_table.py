"""Which language a message is in: a table of log-odds of words, Vietnamese against English, and cues of a few others.

The odds are those of naive Bayes with add-one smoothing over typed and folded words (reference measurement: such a
table identifies folded Vietnamese far better than general identifiers). Words that both languages use, place names
above all, get odds near zero by themselves, so that a bare name decides nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Mapping, NamedTuple, Optional, Sequence

import yaml

from guide.gazetteer.syllables import Word, split_words

VIETNAMESE, ENGLISH = "vi", "en"
MAX_ODDS = 4.0  # no single word proves more than this
SCRIPT_SHARE = 0.3  # of the letters of a message
NAMES_COUNT = 3  # Vietnamese names in a sentence of another language speak for Vietnamese by this much
STRONG, WEAK, ENOUGH = 1.6, 0.5, 2.0  # evidence of function words, and what is needed to leave vi/en


class Language(NamedTuple):
    """An ISO 639-1 code and how sure it is, 0–1; 0.5 between two languages is no knowledge at all."""

    code: str
    confidence: float


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "language_words.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _scripts() -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    return tuple(
        (code, tuple((int(str(a), 16), int(str(b), 16)) for a, b in ranges))
        for code, ranges in _cues()["scripts"].items()
    )


def by_script(text: str) -> Optional[Language]:
    """The language whose own script the text is written in, or None for Latin script."""
    letters = [ord(c) for c in text if c.isalpha()]
    if not letters:
        return None
    for code, ranges in _scripts():
        share = sum(any(a <= c <= b for a, b in ranges) for c in letters) / len(letters)
        if share >= SCRIPT_SHARE:
            return Language(code, 0.99)
    return None


def by_function_words(words: Sequence[Word]) -> tuple[str, float]:
    """The other Latin-script language with the most function words here, and its evidence (0 for none)."""
    best = ("", 0.0)
    for code, cues in _cues()["function_words"].items():
        strong, weak = set(cues["strong"]), set(cues["weak"])
        score = sum(STRONG if w.typed in strong else WEAK if w.typed in weak else 0.0 for w in words)
        if score > best[1]:
            best = (code, score)
    return best


@dataclass
class LanguageTable:
    """Log-odds of words: positive speaks for Vietnamese, negative for English."""

    odds: dict[str, float] = field(default_factory=dict)

    def score(self, words: Sequence[Word]) -> float:
        """Summed log-odds of a message, unknown words counting nothing."""
        return sum(self.odds.get(w.typed, self.odds.get(w.folded, 0.0)) for w in words)

    def identify(self, text: str, words: Optional[Sequence[Word]] = None) -> Language:
        """The language of any text; low confidence where little speaks for it. ``words``: the text's, where at hand."""
        found = by_script(text)
        if found:
            return found
        words = split_words(text) if words is None else words
        score = self.score(words)
        other, evidence = by_function_words(words)
        if evidence >= ENOUGH and evidence * NAMES_COUNT > score and evidence * 2 > -score:
            return Language(other, 1 / (1 + math.exp(-evidence)))
        confidence = 1 / (1 + math.exp(-abs(score)))
        return Language(VIETNAMESE if score >= 0 else ENGLISH, confidence)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word occurs; each is counted as typed and, where that differs, folded."""
    counts: Counter[str] = Counter()
    for text in texts:
        for w in split_words(text):
            counts.update({w.typed, w.folded})
    return counts


def log_odds(vietnamese: Counter[str], english: Counter[str], smoothing: float = 0.5) -> LanguageTable:
    """The table of two word counts. Counts are made comparable by the size of their texts."""
    total_vi, total_en = sum(vietnamese.values()) or 1, sum(english.values()) or 1
    size = len(set(vietnamese) | set(english)) * smoothing
    odds = {}
    for w in set(vietnamese) | set(english):
        p_vi = (vietnamese[w] + smoothing) / (total_vi + size)
        p_en = (english[w] + smoothing) / (total_en + size)
        value = math.log(p_vi / p_en)
        odds[w] = round(max(-MAX_ODDS, min(MAX_ODDS, value)), 3)
    return LanguageTable(odds)


def seed_table() -> LanguageTable:
    """A table of a few function words, to begin with where nothing is labelled."""
    seeds = _cues()["seeds"]
    return LanguageTable({**dict.fromkeys(seeds["vi"], 2.0), **dict.fromkeys(seeds["en"], -2.0)})


def learn(labelled: Iterable[tuple[str, str]], unlabelled: Sequence[str], rounds: int = 2) -> LanguageTable:
    """A table from sentences with their language and messages without: the messages are labelled by what is known
    so far and then counted too, twice over.
    """
    known: dict[str, Counter[str]] = {VIETNAMESE: Counter(), ENGLISH: Counter()}
    for code, text in labelled:
        if code in known:
            known[code].update(count_words([text]))
    enough = min(map(len, known.values())) > 200
    table = log_odds(known[VIETNAMESE], known[ENGLISH]) if enough else seed_table()
    for _ in range(rounds):
        scored = [(table.score(split_words(text)), text) for text in unlabelled]
        vietnamese = known[VIETNAMESE] + count_words(text for score, text in scored if score > 1)
        english = known[ENGLISH] + count_words(text for score, text in scored if score < -1)
        if vietnamese and english:
            table = log_odds(vietnamese, english)
    return table
