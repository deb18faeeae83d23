"""Exact phrases in rows of words, by spaCy's PhraseMatcher: its time depends on the message, not on the names."""

from __future__ import annotations

from typing import Callable, Iterable, Sequence

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc


def phrase_matcher(phrases: Iterable[Sequence[str]]) -> Callable[[Sequence[str]], list[tuple[int, int]]]:
    """A function that gives the spans ``(start, end)`` of a row of words that are one of the phrases."""
    vocab = spacy.blank("xx").vocab
    matcher = PhraseMatcher(vocab)
    matcher.add("NAME", [Doc(vocab, words=list(words)) for words in phrases])

    def spans(words: Sequence[str]) -> list[tuple[int, int]]:
        return [(start, end) for _, start, end in matcher(Doc(vocab, words=list(words)))] if words else []

    return spans
