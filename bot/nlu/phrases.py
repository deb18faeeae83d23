"""Exact phrases in rows of words, by spaCy's PhraseMatcher: its time depends on the message, not on the names."""

from __future__ import annotations

from typing import Callable, Iterable, Sequence

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab


def phrase_matcher(phrases: Iterable[Sequence[str]]) -> Callable[[Sequence[str]], list[tuple[int, int]]]:
    """A function that gives the spans ``(start, end)`` of a row of words that are one of the phrases."""
    vocab = Vocab()  # a new one for each set of names, so that old names do not stay in memory
    matcher = PhraseMatcher(vocab)
    matcher.add("NAME", [Doc(vocab, words=list(words)) for words in phrases])

    def spans(words: Sequence[str]) -> list[tuple[int, int]]:
        return [(start, end) for _, start, end in matcher(Doc(vocab, words=list(words)))] if words else []

    return spans
