"""The word lists that go with names (words.yaml), read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

import yaml

from guide.gazetteer.marks import same_spelling
from guide.gazetteer.syllables import folded_words, split_words


@lru_cache(maxsize=1)
def word_lists() -> Mapping[str, Any]:
    """words.yaml as it stands."""
    return yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def abroad() -> tuple[str, ...]:
    """Names of countries, cities and sights abroad (abroad.yaml)."""
    lists = yaml.safe_load((Path(__file__).parent / "abroad.yaml").read_text(encoding="utf-8"))
    names = [str(name) for languages in lists.values() for names in languages.values() for name in names]
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=1)
def generic_heads() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Word rows that a name may begin or end with without being made by them: folded → as they are spelt."""
    texts = word_lists()["generic"]
    return {folded_words(text): tuple(same_spelling(w.typed) for w in split_words(text)) for text in texts}


@lru_cache(maxsize=None)
def cues(about: str, where: str) -> frozenset[tuple[str, ...]]:
    """Folded word rows of one list under ``origin`` (before, between, at, moving) or ``province`` (before, after …)."""
    return frozenset(folded_words(text) for text in word_lists()[about][where])


@lru_cache(maxsize=1)
def kind_rank() -> Mapping[str, int]:
    """Kind → its rank in a tie, 0 first."""
    return {kind: rank for rank, kind in enumerate(word_lists()["kind_order"])}
