"""The kinds of value that the site database takes, checked alike for files, console and command line.

Each is a pydantic type; ``check`` tries one value and explains what is wrong with it in a sentence.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Callable, Iterator, Literal, Mapping, Optional, Union

from pydantic import ConstrainedFloat, ConstrainedInt, ConstrainedStr, StrictBool, ValidationError
from pydantic.tools import parse_obj_as

from guide.sitedb.records import LANGUAGES
from guide.sitedb.records import Words as WordsRecord

LANGUAGE_CODE = re.compile(r"[a-z]{2}")

PLACE_KINDS = (
    "pagoda",
    "temple",
    "hermitage",
    "stupa",
    "cave",
    "museum",
    "landmark",
    "nature",
    "complex",
    "city",
    "beach",
    "bay",
    "island",
    "station",
    "airport",
    "port",
    "bridge",
    "lodging",
    "viewpoint",
    "village",
)
TOPICS = (
    "history",
    "architecture",
    "legend",
    "people",
    "heritage",
    "etiquette",
    "getting_there",
    "cable_car",
    "climbing",
    "food",
    "lodging",
    "festival",
    "nature",
    "photo",
    "nearby",
    "safety",
    "accessibility",
    "souvenir",
    "closure",
    "programme",
    "route",
    "what_happens",
    "other_date",
)


def one_of(*choices: str) -> Any:
    """A type that takes only these words."""
    return Literal[choices]


def _pattern(name: str, pattern: str, explained: str) -> Any:
    """A string type with a pattern, and the sentence to show when it does not match."""

    class Checked(str):
        @classmethod
        def __get_validators__(cls) -> Iterator[Callable[[Any], str]]:
            yield cls.validate

        @classmethod
        def validate(cls, value: Any) -> str:
            if not isinstance(value, str) or not re.fullmatch(pattern, value):
                raise ValueError(explained)
            return value

    Checked.__name__ = Checked.__qualname__ = name
    return Checked


Slug = _pattern(
    "Slug", r"[a-z0-9]+(-[a-z0-9]+)*", "write an id of small letters, digits and hyphens, such as chua-dong"
)
Url = _pattern("Url", r"https?://[^\s/]+\S*", "write an address that begins with http:// or https://")
Phone = _pattern(
    "Phone", r"\+?[0-9][0-9 .()-]{1,18}[0-9]", "write a phone number in digits and spaces, such as 0203 3854 037"
)
Email = _pattern("Email", r"[^@\s]+@[^@\s]+\.[^@\s]+", "write an e-mail address such as name@example.vn")
Clock = _pattern("Clock", r"([01]\d|2[0-3]):[0-5]\d", "write a time of day as HH:MM, such as 07:30")
Language = _pattern("Language", "|[a-z]{2}", "write a language code of two letters, such as vi or en")
MonthList = _pattern("MonthList", r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*", "write months as numbers, such as 1,2,12")
PhotoFile = _pattern("PhotoFile", r"[0-9a-f]{32}", "a photo's file is named by the console")
LunarSpan = _pattern("LunarSpan", r"\d\d-\d\d(\.\.\d\d-\d\d)?", "write lunar days as 01-10 or 01-10..01-23")


class Text(ConstrainedStr):
    """Text that says something."""

    strip_whitespace = True
    min_length = 1


class Lat(ConstrainedFloat):
    """Degrees north, within the region that the site covers (gateways as far as Lạng Sơn included)."""

    ge, le = 20.4, 22.1


class Lon(ConstrainedFloat):
    """Degrees east, within the region that the site covers (from Hà Nội to Móng Cái and Cô Tô)."""

    ge, le = 105.6, 108.2


class Count(ConstrainedInt):
    """A whole number that is not negative."""

    ge = 0
    strict = True


class Month(ConstrainedInt):
    """1 to 12."""

    ge, le, strict = 1, 12, True


class Day(ConstrainedInt):
    """1 to 31."""

    ge, le, strict = 1, 31, True


class Amount(ConstrainedFloat):
    """A measure that is not negative."""

    ge = 0


class IsoDate(str):
    """A calendar date, kept as YYYY-MM-DD."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], str]]:
        yield cls.validate

    @classmethod
    def validate(cls, value: Any) -> str:
        """Take a date or its ISO form; ValueError with what to write otherwise."""
        try:
            return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()
        except (TypeError, ValueError):
            raise ValueError("write a date that exists as YYYY-MM-DD, such as 2026-02-05") from None


class PartialDate(IsoDate):
    """A date as far as it is known: 2026, 2026-02 or 2026-02-05."""

    @classmethod
    def validate(cls, value: Any) -> str:
        """Take a date, or a year, or a year and a month; ValueError with what to write otherwise."""
        if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 2100:
            return str(value)
        if isinstance(value, str) and re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
            return value
        try:
            return IsoDate.validate(value)
        except ValueError:
            raise ValueError("write a date as YYYY, YYYY-MM or YYYY-MM-DD") from None


class Hours(str):
    """An opening_hours expression of OpenStreetMap."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], str]]:
        yield cls.validate

    @classmethod
    def validate(cls, value: Any) -> str:
        """Take what the calendar understands; ValueError with its explanation otherwise."""
        from guide.calendar import hours  # only writers need it; readers start quicker without

        try:
            hours.validate(value)
        except (ValueError, TypeError) as error:
            raise ValueError(f"write opening hours such as 'Mo-Su 07:00-17:00' ({error})") from None
        return str(value)


class Words(dict):
    """A text in several languages; every language that the site speaks must be there, or none (a text left empty)."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], WordsRecord]]:
        yield cls.validate

    @classmethod
    def validate(cls, value: Any) -> WordsRecord:
        """Take a map of language codes to texts; ValueError naming the languages that are missing."""
        if not isinstance(value, dict) or not all(LANGUAGE_CODE.fullmatch(str(key)) for key in value):
            raise ValueError("write the text in each language, such as {vi: …, en: …}")
        if not all(isinstance(text, str) for text in value.values()):
            raise ValueError("write texts, in quotation marks where they look like a number or a date")
        if not any(value.values()):
            return WordsRecord()
        missing = [code for code in LANGUAGES if not value.get(code, "").strip()]
        if missing:
            raise ValueError(f"add the translation: the text is missing in {', '.join(missing)}")
        return WordsRecord(value)


PlaceKind = one_of(*PLACE_KINDS)
Topic = one_of(*TOPICS)
GatewayKind = one_of("airport", "port", "station", "bridge", "city")
DishKind = one_of("dish", "drink", "fruit", "ingredient", "sweet")
VenueKind = one_of(
    "guesthouse",
    "homestay",
    "hostel",
    "hotel",
    "resort",
    "villa",
    "food_street",
    "market",
    "restaurant",
    "shop",
    "stall",
)
HelpKind = one_of("emergency", "hospital", "hotline")
EstimatedParts = _pattern(
    "EstimatedParts", r"(reach|stay|back|queue|minutes)(,(reach|stay|back|queue|minutes))*",
    "name what is estimated: reach, stay, back, queue or minutes",
)  # fmt: skip
NoticeKind = one_of("closure", "change", "warning", "news")
AreaLevel = one_of("province", "city", "district", "town", "commune")
HeritageRole = one_of("property", "component", "within", "contains")
Effort = one_of("easy", "moderate", "hard")
Wheelchair = one_of("yes", "limited", "no", "unknown")
VenueStatus = one_of("in_source", "check", "announced", "closed")
HelpStatus = one_of("in_source", "check", "unknown")
RouteStatus = one_of("official", "promoted", "sold", "suggested")
PriceLevel = one_of("low", "mid", "high")
Vegetarian = one_of("yes", "partly", "ask", "no")
Mode = one_of("car", "ferry", "boat", "walk")
TrailLunch = one_of("stalls", "picnic", "aboard", "town")
ReachedBy = one_of("walk", "cable_car", "electric_car", "car", "boat")
Fog = one_of("often", "sometimes", "rare")
Basis = one_of("published", "general", "advice", "gap", "computed")
Unit = one_of("VND", "VND/kg", "VND/bowl", "VND/person")
Days = one_of("weekday", "weekend")
Bool = StrictBool
Integer = Count


def check(kind: Any, value: Any) -> Union[tuple[Any, None], tuple[None, str]]:
    """The value as the database keeps it, and None; or None and the sentence that says what to write instead."""
    try:
        return parse_obj_as(kind, value), None
    except ValidationError as error:
        return None, explain(error.errors()[0])


_TYPES = {
    "type_error.none.not_allowed": "must not be empty here: write a value",
    "type_error.integer": "write a whole number",
    "type_error.float": "write a number",
    "value_error.strictbool": "write true or false",
    "type_error.dict": "write a mapping, such as {vi: …, en: …}",
    "type_error.list": "write a list, such as [a, b]",
    "type_error.str": "write text",
}


def explain(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors in words that say what to do."""
    context: dict[str, Any] = error.get("ctx", {})
    kind: str = error["type"]
    if kind == "value_error.missing":
        return "is missing: add it (null where it is not known)"
    if kind == "value_error.extra":
        return "is not a key of this file's format: correct its spelling or take it out"
    if kind == "value_error.const":
        return "write one of: " + ", ".join(map(str, context.get("permitted", ())))
    if "limit_value" in context and kind.startswith("value_error.number"):
        return f"{error['msg'].replace('ensure this value is', 'write a number')}; outside this it cannot be right"
    if kind in _TYPES:
        return _TYPES[kind]
    return str(error["msg"])


def plain(value: Any) -> Any:
    """The value as SQLite keeps it: pydantic's subclasses taken off, booleans as 0 and 1."""
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return int(value) if kind is bool else kind(value)
    return value


def permitted(kind: Any) -> Optional[tuple[str, ...]]:
    """The words that a ``one_of`` type takes; None for other types."""
    return getattr(kind, "__args__", None) if getattr(kind, "__origin__", None) is Literal else None
