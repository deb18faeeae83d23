"""Which month a question means: "tháng 3", "in March", "tháng Giêng", "mùa thu", "next month"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from babel.dates import get_month_names
from ruamel.yaml import YAML

from guide.calendar.lunar import to_lunar, to_solar
from guide.text import fold

_FILE = Path(__file__).with_name("months.yml")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))


def _has(text: str, words: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


def _solar_of_lunar(month: int, today: date) -> int:
    """The solar month in which the middle of the next such lunar month lies."""
    middles = (to_solar(to_lunar(today).year + later, month, 15) for later in (0, 1))
    return next(middle for middle in middles if middle >= today - timedelta(days=15)).month


@lru_cache(maxsize=1)
def _english() -> re.Pattern[str]:
    names = [name for width in ("wide", "abbreviated") for name in get_month_names(width, "format", "en").values()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, map(fold, names)), key=len, reverse=True))})(?!\w)")


def _english_month(text: str) -> Optional[int]:
    """The month named in English; "may" and "march" alone are verbs more often, so they need a preposition before."""
    for found in _english().finditer(text):
        name = found[0]
        if name in ("may", "mar", "march", "sep", "dec") and not re.search(
            r"\b(?:in|of|during|late|early|mid|for) $", text[: found.start()]
        ):
            continue
        return next(
            number
            for width in ("wide", "abbreviated")
            for number, month in get_month_names(width, "format", "en").items()
            if fold(month) == name
        )
    return None


def month_asked(text: str, today: date) -> Optional[int]:
    """The solar month (1–12) that the text names, lunar ones turned into the solar month they mostly fall in."""
    words, folded = _words(), fold(text)
    for key, step in (("now", 0), ("next", 1)):
        if _has(folded, words[key]):
            return (today.month - 1 + step) % 12 + 1
    names = sorted({**words["solar"], **words["lunar"]}, key=len, reverse=True)
    found = re.search(rf"(?<!\w)(?:{'|'.join(words['word'])}) (\d{{1,2}}|{'|'.join(names)})(?!\w)(.{{0,9}})", folded)
    if not found:
        return _english_month(folded)
    said, after = found[1], found[2]
    number = int(said) if said.isdigit() else words["solar"].get(said) or words["lunar"][said]
    if not 1 <= number <= 12:
        return None
    lunar = said in words["lunar"] or _has(after, words["lunar_words"])
    return _solar_of_lunar(number, today) if lunar else number


def months_asked(text: str, today: date) -> tuple[int, ...]:
    """The month that the text names, or those of the season it names; empty for neither."""
    month = month_asked(text, today)
    if month:
        return (month,)
    folded = fold(text)
    return next((tuple(s["months"]) for s in _words()["seasons"].values() if _has(folded, s["words"])), ())
