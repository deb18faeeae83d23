"""What the visitor's own words ask for beyond topic and subject: a vehicle, vegetarian food, a number of days.

The words are in ``cues.yml``, folded, both languages together, because visitors mix them. Topics and names are
understood elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from guide.sitedb.records import Words
from guide.text import fold, nfc

_FILE = Path(__file__).with_name("cues.yml")
MAX_DAYS = 30


@lru_cache(maxsize=1)
def groups() -> dict[str, dict[str, tuple[str, ...]]]:
    """Every group of cues: group → cue → folded words and phrases."""
    raw = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
    return {group: {cue: tuple(map(str, words)) for cue, words in cues.items()} for group, cues in raw.items()}


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def mentions(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the folded words or phrases stands in the text, as a whole word."""
    return bool(words) and bool(_pattern(words).search(fold(text)))


def found(text: str, group: str) -> tuple[str, ...]:
    """The cues of this group that the text gives, in the order of the file."""
    return tuple(cue for cue, words in groups()[group].items() if mentions(text, words))


def tells(words: Words, cue: str) -> bool:
    """Whether a text of the site database speaks of something, by the words of the group "told".

    Its Vietnamese is looked at as it is written, for folding would make one of "giờ" (hour) and "gió" (wind).
    """
    return bool(_pattern(groups()["told"][cue]).search(nfc(words.in_("vi")).lower()))


def days_in(text: str) -> int | None:
    """How many days the visitor has ("3 ngày 2 đêm", "a weekend", "two days"); None where they do not say."""
    folded = fold(text)
    short = re.search(r"(?<!\w)(\d{1,2})n\d{1,2}d(?!\w)", folded)  # "3n2d": three days, two nights
    units = "|".join(map(re.escape, groups()["time"]["day"]))
    counted = short or re.search(rf"(?<!\w)(\d{{1,2}}|{'|'.join(_numbers())})\s*-?\s*(?:{units})(?!\w)", folded)
    if counted:
        said = counted[1]
        days = int(said) if said.isdigit() else _numbers()[said]
        return days if 1 <= days <= MAX_DAYS else None
    for cue, days in (("weekend", 2), ("one_day", 1)):
        if mentions(text, groups()["time"][cue]):
            return days
    return None


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {word: int(number) for number, words in groups()["numbers"].items() for word in words}
