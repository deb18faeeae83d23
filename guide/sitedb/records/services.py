"""What one eats, where one sleeps, who helps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from guide.sitedb.records.basics import Location, Source, Subject, Words


@dataclass(frozen=True)
class Dish(Subject):
    """A dish, fruit or speciality."""

    kind: str = ""
    places: tuple[str, ...] = ()
    where: Words = field(default_factory=Words)
    season: Words = field(default_factory=Words)
    months: tuple[int, ...] = ()
    what: Words = field(default_factory=Words)
    vegetarian: Optional[bool] = None
    good_gift: bool = False
    source: Optional[Source] = None


@dataclass(frozen=True)
class Venue(Subject):
    """A place to stay or to eat. status: in_source | check | announced | closed."""

    kind: str = ""
    near: Optional[str] = None  # place id
    address: Optional[str] = None
    stars: Optional[int] = None
    rooms: Optional[int] = None
    dishes: tuple[str, ...] = ()
    vegetarian: Optional[str] = None
    price_level: Optional[str] = None
    hours: Optional[str] = None
    hours_note: Words = field(default_factory=Words)
    hours_source: Optional[Source] = None
    phone: Optional[str] = None
    phone_note: Words = field(default_factory=Words)
    website: Optional[str] = None
    location: Optional[Location] = None
    status: str = "in_source"
    about: Words = field(default_factory=Words)  # 'good_for' of lodging, 'what' of eating places
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Help(Subject):
    """Emergency number, hospital or hotline. kind: emergency | hospital | hotline."""

    kind: str = ""
    number: Optional[str] = None
    area: Optional[str] = None  # place id it is near to or responsible for
    serves: tuple[str, ...] = ()
    address: Words = field(default_factory=Words)
    use: Words = field(default_factory=Words)
    note: Words = field(default_factory=Words)
    hours: Optional[str] = None
    location: Optional[Location] = None
    status: Optional[str] = None
    sources: tuple[Source, ...] = ()
    website: Optional[str] = None
    level: Optional[int] = None  # class of a hospital; 1 is the highest
    beds: Optional[int] = None
    free: Optional[bool] = None  # whether the call is free
