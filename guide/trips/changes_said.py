"""From words to changes of a plan: "bỏ Hạ Long, thêm Ba Vàng vào ngày 2" is a Drop and an Add on day 2.

A verb governs the names that follow it until the next verb; a day belongs to the name beside it. Dates that are really
days of the plan ("ngày 2") are taken out of what is left for the wishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Callable, Iterable, Iterator, NamedTuple, Optional

from guide.dialogue.context import Mention, Understood
from guide.planner.changes import (
    LATER_MINUTES,
    Add,
    Change,
    Days,
    Drop,
    Effort,
    Festivals,
    From,
    Gentler,
    Later,
    Move,
    Pace,
    Sleep,
    Swap,
    Transport,
)  # fmt: skip
from guide.planner.itinerary import Itinerary
from guide.planner.request import PACES, TRANSPORTS
from guide.refs import Ref
from guide.text import fold, fold_with_offsets
from guide.trips.reading import Phrase, Reading, words
from guide.trips.wishes import SEEN, from_there, start_of, town_of
from guide.values import Duration, Found, Ordinal
from guide.values import Transport as TransportValue

ALL_DAY = 24 * 60
A_DAY = {"more_day": 1, "less_day": -1}


class DayNumber(NamedTuple):
    """A day of the plan: "ngày 2", "day two", "the last day" (0)."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """The changes that a message asks for, and the message without what they account for, for further wishes."""

    changes: tuple[Change, ...]
    left: Understood


def changes_said(site: Any, plan: Itinerary, reading: Reading) -> Said:
    """The changes of a plan that a message asks for, in order; none where it asks for none."""
    days = tuple(day_numbers(reading, len(plan.days)))
    counted = [phrase for phrase in reading.of_group("whole") if phrase.key in A_DAY]
    understood = _without(_without(reading.understood, days, _counts), counted)
    reading = replace(reading, understood=understood)
    of_places = tuple(_of_places(site, plan, reading, days))
    of_whole, spent = _of_the_whole(plan, reading)
    changes = tuple(dict.fromkeys((*of_whole, *of_places)))
    values = tuple(found for found in understood.values if found not in spent)
    return Said(changes, replace(understood, values=values, mentions=_others(understood)))


def _others(understood: Understood) -> tuple[Mention, ...]:
    """Names are all accounted for, but a linked route or a word of a kind of place."""
    return tuple(mention for mention in understood.mentions if mention.kind in ("route", "place_kind", "language"))


def _without(
    understood: Understood, spans: Iterable[Any], but: Callable[[Found], bool] = lambda found: False
) -> Understood:
    """Without the values that these words account for: days of the plan ("ngày 2"), "one more day"."""
    spans = tuple(spans)
    kept = [
        found
        for found in understood.values
        if but(found) or not any(found.start < span.end and span.start < found.end for span in spans)
    ]
    return replace(understood, values=tuple(kept))


def _counts(found: Found) -> bool:
    return isinstance(found.value, Duration)


# days of the plan


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted({fold(word) for word in words()["day_words"]}, key=len, reverse=True))
    numbers = "|".join(fold(word) for names in words()["numbers"].values() for word in names if len(word) > 1)
    return re.compile(rf"(?<!\w)(?:{heads})\s+([1-7]|{numbers})(?![\w/-])(?!\s*(?:thang|month|[/-]))")


def day_numbers(reading: Reading, days: int) -> Iterator[DayNumber]:
    """The days of the plan that a message names."""
    folded = fold_with_offsets(reading.understood.text)
    for match in _day_pattern().finditer(folded.text):
        yield DayNumber(_number(match[1]), folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1)
    for group, number in (("first_day", 1), ("last_day", days)):
        for phrase in reading.of_group(group):
            yield DayNumber(number, phrase.start, phrase.end)


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(int(number) for number, names in words()["numbers"].items() if word in map(fold, names))


# names


class _Named(NamedTuple):
    ref: Ref
    start: int
    end: int


def _of_places(site: Any, plan: Itinerary, reading: Reading, days: tuple[DayNumber, ...]) -> Iterator[Change]:
    verbs = reading.of_group("verbs")
    named = sorted(_named(plan, reading), key=lambda one: one.start)
    swapped: Optional[Ref] = None
    for number, one in enumerate(named):
        before = [verb for verb in verbs if verb.end <= one.start]
        following = named[number + 1].start if number + 1 < len(named) else len(reading.understood.text)
        day = _day_beside(one, days, before, following)
        verb = _governing(before)
        if swapped:
            yield Swap(swapped, one.ref)
            swapped = None
        elif verb == "swap" and _another_follows(named, number, verbs):
            swapped = one.ref
        else:
            yield from _change(site, plan, verb, one.ref, day)


def _named(plan: Itinerary, reading: Reading) -> Iterator[_Named]:
    for mention in reading.understood.mentions:
        if mention.ref and mention.role != "origin" and mention.ref.kind in (*SEEN, "lodging"):
            yield _Named(mention.ref, mention.start, mention.end)
    for found in reading.understood.values:
        if isinstance(found.value, Ordinal):
            index = found.value.index
            places = [visit.place for visit in plan.visits]
            if places and -len(places) <= index <= len(places) and index:
                yield _Named(places[index - 1 if index > 0 else index], found.start, found.end)


def _governing(before: list[Phrase]) -> Optional[str]:
    """The verb of a name: the nearest, where "thay bằng" and "sang" only lead on."""
    others = [verb.key for verb in before if verb.key != "by"]
    return others[-1] if others else None


def _another_follows(named: list[_Named], number: int, verbs: list[Phrase]) -> bool:
    """Whether "swap A for B" has its B: another name with no verb of its own between."""
    if number + 1 >= len(named):
        return False
    here, there = named[number].end, named[number + 1].start
    return not any(here <= verb.start < there and verb.key not in ("by", "swap") for verb in verbs)


def _day_beside(one: _Named, days: tuple[DayNumber, ...], before: list[Phrase], following: int) -> Optional[int]:
    """The day between this name and the next, else one in front of its verb."""
    after = [day.number for day in days if one.end <= day.start < following]
    ahead = [day.number for day in days if day.end <= (before[-1].start if before else one.start)]
    return after[0] if after else ahead[-1] if ahead else None


def _change(site: Any, plan: Itinerary, verb: Optional[str], ref: Ref, day: Optional[int]) -> Iterator[Change]:
    there = plan.day_of(ref)
    if ref.kind == "lodging" or verb == "sleep":
        nights = [day] if day else range(1, len(plan.days))
        yield from (Sleep(town_of(site, ref), night) for night in nights)
    elif verb in ("drop", "avoid"):
        yield Drop(ref)
    elif verb == "swap":
        yield Swap(ref)
    elif day and there is not None:
        yield Move(ref, day)
    elif there is None:
        yield Add(ref, day)
    elif verb == "add":  # it is told on which day it is
        yield Move(ref, there)


# the plan as a whole


def _of_the_whole(plan: Itinerary, reading: Reading) -> tuple[list[Change], list[Found]]:
    """Changes that name no place, and the values that they account for."""
    changes: list[Change] = []
    spent: list[Found] = []
    for found in reading.understood.values:
        change = _of_value(plan, reading, found)
        if change:
            changes.append(change)
            spent.append(found)
    changes += list(_of_phrases(plan, reading, spent))
    changes += [
        From(start)
        for mention in reading.understood.mentions
        if from_there(reading, mention) and (start := start_of(mention)) and start != plan.start
    ]
    return changes, spent


def _of_value(plan: Itinerary, reading: Reading, found: Found) -> Optional[Change]:
    value = found.value
    if isinstance(value, TransportValue) and value.mode in TRANSPORTS:
        return Transport(value.mode)
    if isinstance(value, Duration) and (value.days or value.nights):
        return _of_days(plan, reading, found)
    if isinstance(value, Duration) and value.minutes:
        keys = reading.keys("whole")
        sign = 1 if "later" in keys else -1 if "earlier" in keys else 0
        return Later(sign * value.minutes) if sign and value.minutes < ALL_DAY else None
    return None


def _of_days(plan: Itinerary, reading: Reading, found: Found) -> Optional[Change]:
    """ "Thêm một ngày" and "bớt một ngày" count from the plan, "còn 2 ngày" and "4 ngày" do not."""
    days = found.value.days or found.value.nights + 1  # type: ignore[union-attr,operator]
    near = [*reading.of_group("more"), *reading.of_group("less")]
    before = [phrase for phrase in near if phrase.end <= found.start and found.start - phrase.end <= 2]
    after = [phrase for phrase in near if 0 <= phrase.start - found.end <= 2]
    word = before[-1].group if before else after[0].group if after else None
    if word == "more":
        return Days(days)
    more = -days if word == "less" else days - len(plan.days)
    return Days(more) if more else None


def _of_phrases(plan: Itinerary, reading: Reading, spent: list[Found]) -> Iterator[Change]:
    whole = reading.keys("whole")
    timed = any(isinstance(found.value, Duration) and found.value.minutes for found in spent)
    yield from (Days(A_DAY[key]) for key in whole if key in A_DAY)
    if "later" in whole and not timed:
        yield Later()
    if "earlier" in whole and not timed:
        yield Later(-LATER_MINUTES)
    if "gentler" in whole:
        yield Gentler()
    elif efforts := [phrase.key for phrase in reading.of_group("effort")]:
        yield Effort(min(efforts, key=("easy", "moderate", "hard").index))
    if "slower" in whole or "faster" in whole:
        step = 1 if "faster" in whole else -1
        yield Pace(PACES[max(0, min(len(PACES) - 1, PACES.index(plan.pace) + step))])
    elif pace := reading.keys("pace"):
        yield Pace(pace[0])
    if festivals := [phrase.key for phrase in reading.of_group("festivals")]:
        yield Festivals(festivals[0])
