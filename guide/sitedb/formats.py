"""The formats of the files in data/facts, as pydantic models: what each file may hold and what it must.

``null`` and a missing key mean the same: unknown. Where the files spell one thing in two ways, both are read here
(``what`` for ``summary``, aliases as a list or by language), so that nothing behind this page sees it.
"""

from __future__ import annotations

from typing import Any, Literal, Optional, Union

from pydantic import BaseModel, Extra, Field, root_validator, validator

from guide.sitedb import values as v


class Strict(BaseModel):
    """A mapping of the files. Keys that it does not know are mistakes; null is the same as a missing key."""

    class Config:
        extra = Extra.forbid

    @root_validator(pre=True)
    def _null_is_missing(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in values.items() if value is not None}


class Worded(Strict):
    """A mapping with its text beside its other keys: ``{topic: …, vi: …, en: …}``."""

    words: v.Words

    @root_validator(pre=True)
    def _languages_together(cls, values: dict[str, Any]) -> dict[str, Any]:
        own = {field.alias for field in cls.__fields__.values()}  # 'id' and 'to' are language codes as well
        words = {key: text for key, text in values.items() if v.LANGUAGE_CODE.fullmatch(str(key)) and key not in own}
        rest = {key: value for key, value in values.items() if key not in words}
        return {**rest, "words": words}


class Source(Strict):
    """A source that the file lists under a key of its own."""

    url: Optional[v.Url]
    title: v.Text
    publisher: Optional[v.Text]
    date: Optional[v.PartialDate]
    read: Optional[v.PartialDate]
    basis: v.Basis = "published"


class Fact(Worded):
    """One idea about the subject, with its source."""

    topic: Optional[v.Topic]
    source: str


class Said(Worded):
    """A text with its source."""

    source: str


class Province(Strict):
    """The province now, and before 2025-07-01."""

    now: v.Text
    before_2025_07: v.Text


class Location(Strict):
    """Where it is, how exactly that is known, and from whom."""

    lat: v.Lat
    lon: v.Lon
    accuracy_m: Optional[v.Count]
    source: Optional[str]


class Price(Strict):
    """A price; ``item`` may be missing where the subject sells one thing only."""

    item: v.Words = Field(default_factory=dict)
    adult: Optional[v.Count]
    adult_max: Optional[v.Count]
    child: Optional[v.Count]
    unit: v.Unit = "VND"
    days: Optional[v.Days]
    note: v.Words = Field(default_factory=dict)
    valid_from: Optional[v.PartialDate]
    valid_to: Optional[v.IsoDate]
    current: v.Bool = True
    source: Optional[str]


Aliases = Union[dict[v.Language, list[v.Text]], list[v.Text]]
Slugs = list[v.Slug]


class Named(Strict):
    """What every subject has."""

    id: v.Slug
    name: v.Words
    aliases: Aliases = Field(default_factory=dict)
    facts: list[Fact] = Field(default_factory=list)


class File(Strict):
    """What every file has."""

    sources: dict[str, Source] = Field(default_factory=dict)


class TableFile(File):
    """A file of many subjects, with a title and a note about all of them."""

    title: v.Words
    note: v.Words = Field(default_factory=dict)


# One subject a file


class Heritage(Strict):
    """What it has to do with the World Heritage property."""

    property: v.Count
    component: Optional[v.Text]
    role: v.HeritageRole
    note: v.Words = Field(default_factory=dict)


class Address(Worded):
    """The address now, and as it was before 2025-07-01."""

    before_2025_07: Optional[v.Text]


class BestTime(Worded):
    """When to come, and who says so."""

    source: Optional[str]


class Visit(Strict):
    """What a visit takes."""

    minutes: Optional[v.Count]
    effort: Optional[v.Effort]
    hours: Optional[v.Hours]
    hours_note: v.Words = Field(default_factory=dict)
    hours_source: Optional[str]
    best_time: Optional[BestTime]
    wheelchair: v.Wheelchair = "unknown"
    estimates: list[Literal["minutes", "effort"]] = Field(default_factory=list)


class Contacts(Strict):
    """Whom to ask."""

    phone: Optional[v.Phone]
    website: Optional[v.Url]
    email: Optional[v.Email]
    source: Optional[str]


class Notice(Worded):
    """What is in force at the place, from and until which day: a closure, a change, a warning or news."""

    kind: v.NoticeKind
    starts: Optional[v.IsoDate]
    ends: Optional[v.IsoDate]
    source: str


class PlaceFile(Named, File):
    """places/<id>.yaml"""

    kind: v.PlaceKind
    part_of: Optional[v.Slug]
    world_heritage: Optional[Heritage]
    province: Province
    address: Address
    location: Location
    summary: v.Words
    visit: Visit
    prices: list[Price] = Field(default_factory=list)
    notices: list[Notice] = Field(default_factory=list)
    contacts: Contacts = Field(default_factory=lambda: Contacts.parse_obj({}))


class PersonFile(Named, File):
    """people/<id>.yaml"""

    born: Optional[v.PartialDate]
    died: Optional[v.PartialDate]
    role: v.Words
    places: Slugs


class FestivalSpan(Strict):
    """The first day and the number of days."""

    month: v.Month
    day: v.Day
    days: v.Count = v.Count(1)


class FestivalDay(Strict):
    """A day of the year."""

    month: v.Month
    day: v.Day


class MainDay(FestivalDay):
    """The main day, and others like it."""

    also: list[FestivalDay] = Field(default_factory=list)


class Edition(Strict):
    """One year's festival as it was announced or held."""

    year: v.Count
    lunar: Optional[v.LunarSpan]
    solar_from: Optional[v.IsoDate]
    solar_to: Optional[v.IsoDate]
    source: Optional[str]


class OtherDate(Worded):
    """A day that belongs to the festival but lies outside it."""

    lunar: Optional[FestivalDay]
    solar: Optional[FestivalDay]
    source: str


class FestivalFile(Named, File):
    """festivals/<id>.yaml"""

    places: Slugs
    lunar: Optional[FestivalSpan]
    solar: Optional[FestivalSpan]
    lunar_source: Optional[str]
    lunar_verified: v.Bool = False
    main_day: Optional[MainDay]
    summary: v.Words
    what_happens: list[Said] = Field(default_factory=list)
    latest_editions: list[Edition] = Field(default_factory=list)
    other_dates: list[OtherDate] = Field(default_factory=list)

    @root_validator(pre=True)
    def _what_is_summary(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"summary" if key == "what" else key: value for key, value in values.items()}

    @validator("solar", always=True)
    def _one_calendar(cls, solar: Optional[FestivalSpan], values: dict[str, Any]) -> Optional[FestivalSpan]:
        if (solar is None) == (values.get("lunar") is None):
            raise ValueError("write the date in one calendar: either lunar or solar {month, day, days}")
        return solar


# Tables


class Programme(Named):
    """A tourism co-operation programme."""

    number_in_article: Optional[v.Count]
    members_before_2025_07: list[v.Words]
    members_now: list[v.Words]
    year: Optional[v.Count]
    period: Optional[v.Text]
    status: v.Text
    goals: list[v.Words] = Field(default_factory=list)
    visitor_offer: v.Words
    visitor_offer_basis: Optional[v.Text]
    routes: Slugs = Field(default_factory=list)
    source: str


class ProgrammesFile(TableFile):
    """programmes/cooperation.yaml"""

    programmes: list[Programme]


class DayRange(Strict):
    """From so many days to so many."""

    min: v.Count
    max: v.Count


class Route(Named):
    """A linked route; stops are places or gateways."""

    status: v.RouteStatus
    stops: Slugs
    days: DayRange
    theme: Optional[v.Text]
    suits: v.Words
    season: v.Words
    description: v.Words
    prices: list[Price] = Field(default_factory=list)
    source: str


class RoutesFile(TableFile):
    """programmes/routes.yaml"""

    routes: list[Route]
