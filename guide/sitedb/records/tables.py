"""What is looked up: the climate, holidays, sun times, names, hits of a search, changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Mapping, NamedTuple, Optional

from guide.refs import Ref
from guide.sitedb.records.basics import Source, Words


class ClimateMonth(NamedTuple):
    """A month of a usual year: mean °C, rain in mm, fog often | sometimes | rare."""

    place: str
    month: int
    mean_c: Optional[float]
    rain_mm: Optional[float]
    fog: Optional[str]
    summit_mean_c: Optional[float]
    source: Optional[Source]
    rounded: bool = False


class Holiday(NamedTuple):
    """A public holiday or crowded season with its dates in the coming years."""

    id: str
    name: Words
    dates: tuple[date, ...]
    rule: Words
    crowd: Words
    off: tuple[tuple[date, date], ...] = ()  # first and last day off, where the year's schedule is announced
    notes: Mapping[date, Words] = {}
    sources: tuple[Source, ...] = ()


class SunTimes(NamedTuple):
    """Sunrise and sunset, HH:MM local time, on one day of a month."""

    place: str
    month: int
    day: int
    sunrise: str
    sunset: str
    source: Optional[Source] = None


class Name(NamedTuple):
    """A name or alias for the gazetteer. ``lang`` is '' where the file gives none. ``main`` is False for an alias."""

    ref: Ref
    text: str
    lang: str
    main: bool


class Hit(NamedTuple):
    """A search result: the subject, the piece of text that matched, its topic and a score (higher is better)."""

    ref: Optional[Ref]
    kind: str  # summary | fact | advice | staff_answer | name
    topic: Optional[str]
    words: Words
    score: float
    source: Optional[Source] = None


class Change(NamedTuple):
    """One row of the history. ``before``/``after`` are the row as JSON objects; None for an insert/delete."""

    id: int
    at: datetime
    actor: str
    action: str  # insert | update | delete
    table: str
    row_key: str
    before: Optional[dict]
    after: Optional[dict]
    reverted_by: Optional[int] = None
    subject: Optional[str] = None  # what the row is about, through its parent where it has one
    batch: str = ""  # what was written together has the same
