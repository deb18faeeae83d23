"""A text as it is read, each letter knowing where in the visitor's own text it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, NamedTuple

from guide.gazetteer.syllables import split_words

MAX_WORDS = 400  # a message is shorter; what follows in a pasted text is not looked at
HIDDEN = "\ue000"  # stands for every letter of a name: no pattern has it


class Form(NamedTuple):
    """A word of a text in the form in which it is read: ``Nga2y`` at 0 to 5 is ``ngày``."""

    form: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """``text`` (lower case, NFC); ``starts`` and ``ends``: the span of each of its characters in what was typed."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``self.text[start:end]`` stands in what was typed."""
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Reading:
    """Any text as it stands."""
    return read_words(text, [Form(w.typed, w.start, w.end) for w in split_words(text)[:MAX_WORDS]])


def read_words(text: str, words: Iterable[Form], hidden: Iterable[tuple[int, int]] = ()) -> Reading:
    """A text whose words are read in other forms, what is between them as it stands; ``hidden``: spans of names."""
    letters: list[tuple[str, int, int]] = []
    position = 0
    for form, start, end in words:
        between = [(text[i], i, i + 1) for i in range(position, start)]
        letters += between or ([(" ", start, start)] if letters else [])
        exact = len(form) == end - start
        letters += [(c, start + i, start + i + 1) if exact else (c, start, end) for i, c in enumerate(form)]
        position = max(position, end)
    letters += [(c, position + i, position + i + 1) for i, c in enumerate(text[position : position + 20])]
    spans = list(hidden)
    shown = "".join(HIDDEN if any(a < e and s < b for a, b in spans) else c for c, s, e in letters)
    return Reading(shown, tuple(s for _, s, _ in letters), tuple(e for _, _, e in letters))
