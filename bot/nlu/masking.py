"""A message as the classifier sees it: names give way to something that says their kind only (masks.yaml)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping, Sequence

import yaml

from guide.gazetteer.syllables import Word

Mask = Mapping[str, Any]


@lru_cache(maxsize=1)
def masks() -> Mapping[str, Mask]:
    """Kind of entity → its mask: ``sign`` and words by language."""
    groups = yaml.safe_load((Path(__file__).parent / "masks.yaml").read_text(encoding="utf-8"))
    return {kind: group for group in groups.values() for kind in group["kinds"]}


def masked_words(words: Sequence[Word], names: Sequence[Mapping[str, Any]]) -> list[str]:
    """The words of a message with the sign of its kind in place of each name."""
    spans = [entity for entity in names if entity["entity"] in masks()]
    found: list[str] = []
    covered = -1
    for word in words:
        if word.start < covered:
            continue
        name = next((entity for entity in spans if entity["start"] < word.end and word.start < entity["end"]), None)
        found.append(masks()[name["entity"]]["sign"] if name else word.typed)
        covered = name["end"] if name else covered
    return found


def spoken_text(
    text: str, words: Sequence[Word], readings: Sequence[str], names: Sequence[Mapping[str, Any]], language: str
) -> str:
    """The message as a sentence for an encoder: each word in its likeliest reading, names in general words."""
    spoken = "vi" if language == "vi" else "en"
    named = [name for name in names if name["entity"] in masks()]
    parts = [(name["start"], name["end"], masks()[name["entity"]][spoken]) for name in named]
    parts += [
        (word.start, word.end, reading)
        for word, reading in zip(words, readings, strict=True)
        if not any(name["start"] < word.end and word.start < name["end"] for name in named)
    ]
    pieces, position = [], 0
    for start, end, replacement in sorted(
        parts, key=lambda part: part[0]
    ):  # stable: words of one span keep their order
        between = text[position:start]
        pieces += [between if between or not pieces else " ", replacement]
        position = max(position, end)
    return "".join([*pieces, text[position:]])
