"""Ways to come: ``đi xe máy``, ``tự lái``, ``by train``."""

from __future__ import annotations

from typing import Iterator

from guide.values.match import Candidate
from guide.values.patterns import matches
from guide.values.types import Transport


def find_transports(text: str, language: str) -> Iterator[Candidate]:
    """The means of transport in a text, as it is read."""
    for mode, match in matches("transports", language, text):
        yield Candidate(Transport(mode), match.start(), match.end())
