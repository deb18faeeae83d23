"""What begins and what ends at a time or on a date: ``từ 8h``, ``phải về trước 5 giờ``, ``8h-17h``, ``leave at 8``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Optional, Sequence

from guide.values.clocks import NOON, guessed
from guide.values.match import Candidate
from guide.values.patterns import LANGUAGES, joiner, side
from guide.values.types import Clock, DateSpan, kind_of

NEAR = 40  # letters before a value that may tell its role


def with_roles(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The clocks and dates with their roles, and times of twelve hours as they were meant."""
    roles = [_role(text, one) for one in found]
    for i, (one, other) in enumerate(zip(found, found[1:], strict=False)):
        if isinstance(one.value, Clock) and isinstance(other.value, Clock) and _joins(text, one, other):
            roles[i], roles[i + 1] = "begin", "end"
    meant = [_meant(replace(one, role=role)) for one, role in zip(found, roles, strict=True)]
    return _ends_after_begins(meant)


def _joins(text: str, one: Candidate, other: Candidate) -> bool:
    return any(joiner("clocks", language).fullmatch(text, one.end, other.start) for language in LANGUAGES)


def _role(text: str, one: Candidate) -> Optional[str]:
    kind = kind_of(one.value) + "s"
    if kind not in ("clocks", "dates") or (isinstance(one.value, DateSpan) and one.value.grain == "days"):
        return None  # "from" and "to" of a range have had their say
    for where in ("before", "after"):  # "đi lúc 8h về", "8h đi": what stands before tells more
        for role in ("end", "begin"):
            for language in LANGUAGES:
                cue = side(kind, language, "roles", f"{role}_{where}")
                if cue and _stands(cue, where, text, one):
                    return role
    return None


def _stands(cue: re.Pattern[str], where: str, text: str, one: Candidate) -> bool:
    if where == "before":
        return bool(cue.search(text, max(0, one.start - NEAR), one.start))
    return bool(cue.match(text, one.end))


def _meant(one: Candidate) -> Candidate:
    if isinstance(one.value, Clock) and one.plain:
        return replace(one, value=Clock(guessed(one.value.minute, one.role)))
    return one


def _ends_after_begins(found: Sequence[Candidate]) -> list[Candidate]:
    """``từ 8h đến 5h`` ends in the afternoon."""
    result = list(found)
    begin: Optional[int] = None
    for i, one in enumerate(result):
        if isinstance(one.value, Clock):
            if (
                one.role == "end"
                and begin is not None
                and one.plain
                and one.value.minute <= begin
                and one.value.minute < NOON
            ):
                result[i] = replace(one, value=Clock(one.value.minute + NOON))
            begin = one.value.minute if one.role == "begin" else begin
    return result
