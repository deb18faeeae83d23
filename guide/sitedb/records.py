"""What a reader gets from the site database: frozen records, one class for each kind of thing.

Languages are rows in the database and a mapping here: ``Words``. Unknown is ``None`` or an empty tuple, never a guess.
Every record that a visitor could act on names its ``Source``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Mapping, NamedTuple, Optional

from guide.refs import Ref

LANGUAGES = ("vi", "en")  # every text must have these; more are welcome
FALLBACK_LANGUAGES = ("en", "vi")


class Words(dict):
    """A text in several languages: language code → text."""

    def in_(self, lang: str) -> str:
        """The text in this language, else in English, else in Vietnamese, else in any; '' when there is none."""
        for code in (lang, *FALLBACK_LANGUAGES, *self):
            if self.get(code):
                return self[code]
        return ""


class Source(NamedTuple):
    """Where a fact comes from. ``basis``: published, general, advice, gap or computed."""

    id: str
    title: str
    url: Optional[str] = None
    publisher: Optional[str] = None
    date: Optional[str] = None  # ISO date, or year-month, or year, as far as the source states it
    read: Optional[str] = None
    basis: str = "published"


class Location(NamedTuple):
    """WGS84 degrees; accuracy in metres."""

    lat: float
    lon: float
    accuracy_m: Optional[int] = None


@dataclass(frozen=True)
class Subject:
    """What all kinds have in common. Aliases are what people type, any language."""

    ref: Ref
    name: Words
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.ref.id


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
class Gateway(Subject):
    """Airport, port, station, coach station, road junction or city where trips begin."""

    kind: str = ""
    province_now: str = ""
    province_before: str = ""
    location: Optional[Location] = None
    status: Optional[str] = None
    serves: tuple[str, ...] = ()


@dataclass(frozen=True)
class BusLine(Subject):
    """A coach or bus line; starts, ends and stops are ids of gateways or places."""

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    first: Optional[str] = None
    last: Optional[str] = None
    frequency_min: Optional[int] = None
    duration_min: Optional[int] = None
    status: Optional[str] = None
    source: Optional[Source] = None


@dataclass(frozen=True)
class CableCar(Subject):
    """One cable-car line between two places. Its prices are rows of their own."""

    start: str = ""  # place id
    end: str = ""
    operator: Optional[str] = None
    length_m: Optional[int] = None
    minutes: Optional[int] = None
    opened: Optional[str] = None
    hours: Optional[str] = None
    hours_note: Words = field(default_factory=Words)
    hours_source: Optional[Source] = None


@dataclass(frozen=True)
class Boat(Subject):
    """A ferry or boat between two gateways or places."""

    start: str = ""
    end: str = ""
    minutes: Optional[int] = None
    vehicles: bool = False
    source: Optional[Source] = None


@dataclass(frozen=True)
class Bridge(Subject):
    """A bridge on the linked routes; ``connects`` are ids of places."""

    length_m: Optional[int] = None
    opened: Optional[str] = None
    connects: tuple[str, ...] = ()
    status: Optional[str] = None


@dataclass(frozen=True)
class Train(Subject):
    """One departure of the timetable. ``days``: daily, weekdays, 'Sunday only' …"""

    start: str = ""
    end: str = ""
    departs: Optional[str] = None
    arrives: Optional[str] = None
    days: Optional[str] = None
    note: Words = field(default_factory=Words)
    source: Optional[Source] = None
    line: Optional[str] = None  # id of the railway line


@dataclass(frozen=True)
class RailLine(Subject):
    """A railway line; ``stations`` are ids of gateways in order. Its fares are ``site.prices(line.ref, on)``."""

    stations: tuple[str, ...] = ()
    status: Optional[str] = None


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
class StaffAnswer:
    """A question and its answer, written by staff."""

    id: int
    question: Words
    answer: Words
    subject: Optional[Ref] = None
    source: Optional[Source] = None
    updated: Optional[str] = None


class RoadLink(NamedTuple):
    """An edge of the road graph, usable both ways. mode: car | ferry | boat | walk."""

    start: str
    end: str
    km: float
    minutes: float
    mode: str
    roads: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()
    toll: Optional[bool] = None
    note: Optional[Words] = None
    source: Optional[Source] = None
    toll_vnd_per_km: Optional[int] = None
    toll_note: Optional[Words] = None
    toll_source: Optional[Source] = None


class TrailStop(NamedTuple):
    """A part of a trail: ``reach`` minutes on the way to it, then ``stay`` (None: as long as its place asks for).

    reached_by: walk | cable_car | electric_car | car | boat; ``line`` is the id of the cable car.
    """

    place: str
    reached_by: str
    reach: int
    stay: Optional[int] = None
    line: Optional[str] = None


class Trail(NamedTuple):
    """A way to see a place: its stops in order, and ``back`` minutes from the last one to the gate.

    ``minutes`` of the whole, where they are not the sum of its parts. lunch: how it is had on the way, stalls |
    picnic | aboard | town. ``earliest`` and ``latest``: when it may begin, HH:MM. ``estimates``: which figures are
    our own.
    """

    id: str
    place: str
    way: str
    minutes: Optional[int]
    back: int
    lunch: Optional[str]
    earliest: Optional[str]
    latest: Optional[str]
    lines: tuple[str, ...]
    stops: tuple[TrailStop, ...]
    estimates: tuple[str, ...]
    source: Optional[Source]


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
