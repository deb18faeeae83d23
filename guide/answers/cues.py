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
HOURS_OF_A_DAY = 24


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
    """How many days the visitor has ("3 ngày 2 đêm", "2 nights", "48 hours", "weekend"); None where they do not say."""
    folded = fold(text)
    short = re.search(r"(?<!\w)(\d{1,2})n\d{1,2}d(?!\w)", folded)  # "3n2d": three days, two nights
    days = int(short[1]) if short else _counted(folded, "day")
    if days is None and (nights := _counted(folded, "night")):
        days = nights + 1
    if days is None and (hours := _counted(folded, "hour")) and hours % HOURS_OF_A_DAY == 0:
        days = hours // HOURS_OF_A_DAY
    if days is None:
        days = next((length for cue, length in (("weekend", 2), ("one_day", 1)) if _has(folded, cue)), None)
    return days if days and 1 <= days <= MAX_DAYS else None


def _has(folded: str, cue: str) -> bool:
    return mentions(folded, groups()["time"][cue])


def _counted(folded: str, unit: str) -> int | None:
    """The number before a unit of time, in figures or in words."""
    units = "|".join(map(re.escape, groups()["time"][unit]))
    counted = re.search(rf"(?<!\w)(\d{{1,2}}|{'|'.join(_numbers())})\s*-?\s*(?:{units})(?!\w)", folded)
    return None if counted is None else int(counted[1]) if counted[1].isdigit() else _numbers()[counted[1]]


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {word: int(number) for number, words in groups()["numbers"].items() for word in words}
