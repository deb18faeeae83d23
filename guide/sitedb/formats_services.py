"""The formats of the files in data/facts/services, and of the small tables beside them."""

from __future__ import annotations

from typing import Any, Optional, Union

from pydantic import Field, root_validator

from guide.sitedb import values as v
from guide.sitedb.formats import File, Location, Named, Price, Said, Slugs, Strict, TableFile


class Rating(Strict):
    """Stars and rooms of a place to stay."""

    stars: Optional[v.Count]
    rooms: Optional[v.Count]


class Venue(Named):
    """A place to stay or to eat. ``good_for`` (lodging) and ``what`` (eating) both say what it is like."""

    kind: v.VenueKind
    near: Optional[v.Slug]
    address: Optional[v.Text]
    rating: Rating = Field(alias="class", default_factory=lambda: Rating.parse_obj({}))
    dishes: Slugs = Field(default_factory=list)
    about: v.Words
    vegetarian: Optional[v.Vegetarian]
    price_level: Optional[v.PriceLevel]
    prices: list[Price] = Field(default_factory=list)
    hours: Optional[v.Hours]
    hours_note: v.Words = Field(default_factory=dict)
    hours_source: Optional[str]
    phone: Optional[v.Phone]
    phone_note: v.Words = Field(default_factory=dict)
    website: Optional[v.Url]
    location: Optional[Location]
    status: v.VenueStatus
    sources: list[str] = Field(default_factory=list)

    @root_validator(pre=True)
    def _one_word_for_about(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"about" if key in ("good_for", "what") else key: value for key, value in values.items()}


class Gap(Said):
    """Something that was looked for and not found."""

    area: v.Slug
    stay_instead: Slugs = Field(default_factory=list)


class LodgingFile(TableFile):
    """services/lodging.yaml"""

    lodging: list[Venue]
    gaps: list[Gap] = Field(default_factory=list)


class EatingFile(TableFile):
    """services/eating.yaml"""

    eating: list[Venue]
    gaps: list[Gap] = Field(default_factory=list)
    tips: list[Said] = Field(default_factory=list)


class Help(Named):
    """An emergency number, a hospital or a hotline."""

    number: Optional[v.Phone]
    area: Optional[v.Slug]
    serves: Slugs = Field(default_factory=list)
    address: v.Words = Field(default_factory=dict)
    use: v.Words = Field(default_factory=dict)
    note: v.Words = Field(default_factory=dict)
    website: Optional[v.Url]
    level: Optional[v.Count]
    beds: Optional[v.Count]
    free: Optional[v.Bool]
    hours: Optional[v.Hours]
    location: Optional[Location]
    status: Optional[v.HelpStatus]
    kind: Optional[v.HelpKind]
    sources: list[str] = Field(default_factory=list)

    @root_validator(pre=True)
    def _one_word_for_each(cls, values: dict[str, Any]) -> dict[str, Any]:
        same = {"near": "area", "phone": "number", "phone_note": "note"}
        return {same.get(key, key): value for key, value in values.items()}


class HelpTopic(Said):
    """What to do, or what to know, when something goes wrong."""

    id: v.Slug
    topic: v.Text
    place: Optional[v.Slug]


class HelpFile(TableFile):
    """services/help.yaml"""

    emergency: list[Help]
    hospitals: list[Help]
    hotlines: list[Help]
    emergency_notes: list[Said] = Field(default_factory=list)
    topics: list[HelpTopic] = Field(default_factory=list)


class Rule(Said):
    """How to behave, what to wear, what to mind."""

    id: v.Slug
    topic: v.Text
    places: Slugs = Field(default_factory=list)
    months: list[v.Month] = Field(default_factory=list)


class Bring(Strict):
    """What to bring in a season."""

    id: v.Slug
    months: list[v.Month]
    season: v.Words
    items: list[v.Words]
    source: str


class ClimateMonth(Strict):
    """A month's usual weather."""

    month: v.Month
    mean_c: Optional[float]
    rain_mm: Optional[v.Amount]
    fog: Optional[v.Fog]
    summit_mean_c: Optional[float]


class Climate(Strict):
    """The usual weather of a place."""

    place: v.Slug
    source: str
    rounded: v.Bool = False
    months: list[ClimateMonth]


class ClimateFact(Said):
    """What else is known about the weather."""

    places: Slugs = Field(default_factory=list)


class HolidayDate(Strict):
    """A year's day of a holiday; ``official_off`` are the first and the last day off."""

    date: Union[v.IsoDate, list[v.IsoDate]]
    official_off: list[v.IsoDate] = Field(default_factory=list, min_items=0, max_items=2)
    note: v.Words = Field(default_factory=dict)

    @root_validator(pre=True)
    def _first_day_is_date(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"date" if key == "first_day" else key: value for key, value in values.items()}

    @property
    def days(self) -> list[str]:
        return list(self.date) if isinstance(self.date, list) else [self.date]


class Holiday(Strict):
    """A holiday or a busy time, with its dates."""

    id: v.Slug
    name: v.Words
    dates: list[HolidayDate]
    rule: v.Words
    crowd: v.Words
    sources: list[str] = Field(default_factory=list)


class SunMonth(Strict):
    """Sunrise and sunset on a day of a month."""

    month: v.Month
    day: v.Day
    sunrise: v.Clock
    sunset: v.Clock


class Sun(Strict):
    """Sunrise and sunset through the year."""

    place: v.Slug
    source: str
    timezone: v.one_of("Asia/Ho_Chi_Minh")  # type: ignore[valid-type]
    months: list[SunMonth]


class ForForeigners(Said):
    """What visitors from abroad need to know."""

    id: v.Slug
    valid_to: Optional[v.IsoDate]


class EtiquetteFile(TableFile):
    """services/etiquette.yaml"""

    rules: list[Rule]
    bring: list[Bring]
    climate: list[Climate]
    climate_facts: list[ClimateFact]
    holidays: list[Holiday]
    sun: Sun
    foreigners: list[ForForeigners]


class Elsewhere(Named):
    """A well-known sight that is not here. ``where`` says where it is, with the province's name now and before."""

    province: Optional[str]
    province_before: Optional[str]
    where: v.Words
    source: str


class ElsewhereFile(TableFile):
    """elsewhere.yaml"""

    elsewhere: list[Elsewhere]


class Area(Named):
    """A province, city, district or town, as it was until 2025-06-30 or as it is. ``province``: what it is in now."""

    level: v.AreaLevel
    former: v.Bool = False
    province: Optional[v.Slug]
    place: Optional[v.Slug]
    now: v.Words = Field(default_factory=dict)
    source: Optional[str]


class ProvincesFile(TableFile):
    """provinces.yaml"""

    areas: list[Area]


class SourcesFile(File):
    """The sources that every file may name without listing them."""
