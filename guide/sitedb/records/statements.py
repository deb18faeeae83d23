"""What is said about a subject: facts, advice, prices, notices, answers of staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Optional

from guide.refs import Ref
from guide.sitedb.records.basics import Source, Words


@dataclass(frozen=True)
class Fact:
    """One idea about a subject. ``subject`` is None for a fact that holds everywhere."""

    id: int
    topic: str
    words: Words
    source: Optional[Source]
    subject: Optional[Ref] = None


@dataclass(frozen=True)
class Advice:
    """A rule, tip, packing list, practical note or climate remark. Empty ``places``/``months``: everywhere/always.

    topic: dress | behaviour | mountain | offering | crowd | drone | photo | packing | climate | foreigners | police |
    rescue | lost | embassy | info | money | vehicle | health | complaint | emergency | lodging_gap | eating_gap |
    eating_tip …
    """

    id: str
    topic: str
    words: Words
    source: Optional[Source]
    places: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    valid_to: Optional[date] = None
    instead: tuple[str, ...] = ()  # places to go to instead, where something is not to be had
    heading: Words = field(default_factory=Words)  # the season of a packing list


@dataclass(frozen=True)
class Price:
    """An amount in VND. ``adult`` None: it exists, amount unknown. ``current`` False: old, told only with its year."""

    id: int
    subject: Ref
    item: Words
    adult: Optional[int]
    child: Optional[int]
    adult_max: Optional[int] = None  # for a range
    unit: str = "VND"
    note: Words = field(default_factory=Words)
    valid_from: Optional[date] = None
    valid_to: Optional[date] = None
    current: bool = True
    source: Optional[Source] = None
    days: Optional[str] = None  # weekday | weekend; None: every day


class PriceList(NamedTuple):
    """Prices in force on a day, those of before (newest first), and those announced for later."""

    current: tuple[Price, ...]
    old: tuple[Price, ...]
    coming: tuple[Price, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A closure or announcement. kind: closure | change | warning | news. Dates inclusive; None: open-ended."""

    id: int
    subject: Optional[Ref]
    kind: str
    words: Words
    starts: Optional[date] = None
    ends: Optional[date] = None
    source: Optional[Source] = None


@dataclass(frozen=True)
class Photo:
    """A picture of a subject. ``file`` names it at the web server; ``alt`` says what is to be seen on it."""

    id: int
    subject: Ref
    file: str
    width: int
    height: int
    alt: Words
    credit: str  # who took it, and by what right it is shown
    source: Optional[Source] = None


@dataclass(frozen=True)
class StaffAnswer:
    """A question and its answer, written by staff."""

    id: int
    question: Words
    answer: Words
    subject: Optional[Ref] = None
    source: Optional[Source] = None
    updated: Optional[str] = None
