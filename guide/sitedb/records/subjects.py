"""What visitors ask about: places, people, festivals, programmes, routes, and what lies elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Optional

from guide.sitedb.records.basics import Location, Source, Subject, Words
from guide.sitedb.records.statements import Fact


@dataclass(frozen=True)
class Place(Subject):
    """A sight, town or area. Provinces are named as they are now and as they were before 2025-07-01."""

    kind: str = "landmark"
    part_of: Optional[str] = None  # id of the containing place
    heritage_property: Optional[int] = None  # UNESCO list number
    heritage_component: Optional[str] = None  # UNESCO's id of the component, where known
    heritage_role: Optional[str] = (
        None  # property | component (one of the 12) | within a component | contains components
    )
    heritage_note: Words = field(default_factory=Words)
    province_now: str = ""
    province_before: str = ""  # before 2025-07-01
    address: Words = field(default_factory=Words)
    address_before: Optional[str] = None
    location: Optional[Location] = None
    location_source: Optional[Source] = None
    summary: Words = field(default_factory=Words)
    minutes: Optional[int] = None  # typical time on site
    effort: Optional[str] = None  # easy | moderate | hard
    hours: Optional[str] = None  # OpenStreetMap opening_hours
    hours_note: Words = field(default_factory=Words)
    hours_source: Optional[Source] = None
    best_time: Words = field(default_factory=Words)
    best_time_source: Optional[Source] = None
    wheelchair: str = "unknown"  # yes | limited | no | unknown
    estimates: tuple[str, ...] = ()  # names of visit values that are our own estimate
    phone: Optional[str] = None
    website: Optional[str] = None
    email: Optional[str] = None
    contact_source: Optional[Source] = None


@dataclass(frozen=True)
class Person(Subject):
    """A historical or legendary person; ``places`` are ids of places."""

    born: Optional[str] = None
    died: Optional[str] = None
    role: Words = field(default_factory=Words)
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Festival(Subject):
    """``month``/``day`` are lunar when ``lunar`` is true. ``main_days`` are (month, day) in the same calendar."""

    places: tuple[str, ...] = ()
    lunar: bool = True
    month: int = 1
    day: int = 1
    days: int = 1
    main_days: tuple[tuple[int, int], ...] = ()
    verified: bool = False
    summary: Words = field(default_factory=Words)
    date_source: Optional[Source] = None
    what_happens: tuple[Fact, ...] = ()
    editions: tuple[Edition, ...] = ()
    other_dates: tuple[Fact, ...] = ()
    other_days: tuple[FestivalDay, ...] = ()  # the days of ``other_dates``, as far as they have one


class FestivalDay(NamedTuple):
    """A day beside the main ones, in the lunar or the solar calendar, and what it is."""

    month: int
    day: int
    lunar: bool
    words: Words
    source: Optional[Source]


class Edition(NamedTuple):
    """One year's festival as it was announced or held."""

    year: int
    lunar: Optional[str]
    solar_from: Optional[date]
    solar_to: Optional[date]
    source: Optional[Source]


@dataclass(frozen=True)
class Programme(Subject):
    """A tourism co-operation programme. Members are province names as they were and as they are."""

    number_in_article: Optional[int] = None
    members_before: tuple[Words, ...] = ()
    members_now: tuple[Words, ...] = ()
    year: Optional[int] = None
    period: Optional[str] = None
    status: str = ""
    goals: tuple[Words, ...] = ()
    offer: Words = field(default_factory=Words)
    offer_basis: Optional[str] = None
    routes: tuple[str, ...] = ()
    source: Optional[Source] = None


@dataclass(frozen=True)
class Route(Subject):
    """A linked route; ``stops`` are ids of places or gateways in order. status: official|promoted|sold|suggested."""

    status: str = ""
    stops: tuple[str, ...] = ()
    days_min: Optional[int] = None
    days_max: Optional[int] = None
    theme: Optional[str] = None
    suits: Words = field(default_factory=Words)
    season: Words = field(default_factory=Words)
    description: Words = field(default_factory=Words)
    source: Optional[Source] = None


@dataclass(frozen=True)
class Elsewhere(Subject):
    """A well-known sight that is not in the three provinces, so that a false premise can be corrected."""

    where: Words = field(default_factory=Words)
    source: Optional[Source] = None
    province_now: Optional[str] = None
    province_before: Optional[str] = None  # before 2025-07-01


@dataclass(frozen=True)
class Province(Subject):
    """An administrative area of the region, now or until 2025-06-30: ``ref`` is ``Ref('province', id)``.

    ``level``: province | city | district | town | commune. ``former``: no longer there. ``province`` is the id of the
    province that it lies in now (its own id for a province of today), ``place`` the id of the place that is the same.
    """

    level: str = "province"
    former: bool = False
    province: str = ""
    province_name: Words = field(default_factory=Words)
    place: Optional[str] = None
    now: Words = field(default_factory=Words)  # what became of it
    source: Optional[Source] = None
