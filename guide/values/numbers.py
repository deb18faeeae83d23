"""Numbers in digits and in words, up to 99."""

from __future__ import annotations

from typing import Optional

from guide.text import fold
from guide.values.patterns import table, word_file


def number(text: Optional[str], language: str) -> Optional[int]:
    """What ``12``, ``mười hai`` or ``a couple of`` says; None where that is no number."""
    words = fold(text or "").replace("-", " ").split()
    if len(words) == 1 and words[0].isdecimal():
        return int(words[0])
    meanings = table("numbers", language, "meanings")
    ten = fold(str(word_file("numbers", language).get("ten", "")))
    articles = word_file("numbers", language).get("articles") or ()
    total: Optional[int] = None
    for word in words:
        if word == ten:
            total = 10 * (total or 1)
        elif word in meanings:
            total = (total or 0) + int(meanings[word])
    return 1 if total is None and any(word in articles for word in words) else total


def decimal(text: str) -> float:
    """``1,5`` and ``1.5``; digits only."""
    return float(text.replace(",", "."))
