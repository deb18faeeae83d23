"""The tables of the site database, said once: the migrations, the triggers, the loader, the checks and the undoing
of changes are all made from this page.

Everything a visitor can ask about is a ``subject`` (id ``place/chua-dong``) with one row in the table of its kind.
Texts are rows of ``text`` (subject, field, language), so that a language more is rows more and nothing else; facts,
prices, notices and staff's answers have texts of their own. Every table has a primary key of one column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, Optional

from guide.sitedb import values as v

_SQL_TYPES: dict[Any, str] = {
    **dict.fromkeys((v.Count, v.Month, v.Day, v.Bool, int), "INTEGER"),
    **dict.fromkeys((v.Lat, v.Lon, v.Amount, float), "REAL"),
}


@dataclass(frozen=True)
class Column:
    """One column: what it takes, whether it must be filled, and the table its value points to."""

    kind: Any
    required: bool = False
    ref: Optional[str] = None
    on_delete: str = "CASCADE"

    @property
    def sql_type(self) -> str:
        return _SQL_TYPES.get(self.kind, "TEXT")


@dataclass(frozen=True)
class Table:
    """One table. ``natural`` are the columns that say which row is meant, beside the primary key ``id``.

    ``subject`` is the column that leads to the subject a row is about, directly or through a parent table
    (``"fact.subject"``: column ``fact`` holds the id of a row of table ``fact``).
    """

    name: str
    columns: dict[str, Column]
    natural: tuple[str, ...] = ("id",)
    subject: Optional[str] = "subject"

    @property
    def numbered(self) -> bool:
        """Whether the primary key is a number that SQLite gives out."""
        return self.columns["id"].kind is int

    def references(self) -> Iterator[tuple[str, Column]]:
        """The columns that point to another table."""
        return ((name, column) for name, column in self.columns.items() if column.ref)


def may(kind: Any) -> Column:
    """A column that may be unknown."""
    return Column(kind)


def must(kind: Any) -> Column:
    """A column that is always filled."""
    return Column(kind, required=True)


def to(table: str, required: bool = False) -> Column:
    """A column that points to a row of another table and goes with it."""
    return Column(int if table in _STATED else str, required, table)


def source() -> Column:
    """Where the value comes from. A source in use cannot be deleted."""
    return Column(str, ref="source", on_delete="RESTRICT")


_STATED = ("fact", "price", "notice", "staff_answer", "photo")  # what has a number rather than a name
NUMBER = {"id": Column(int, required=True)}
SUBJECT_ID = {"id": Column(str, required=True, ref="subject")}
SPOT = {"lat": may(v.Lat), "lon": may(v.Lon), "accuracy_m": may(v.Count), "location_source": source()}
PROVINCES = {"province_now": must(v.Text), "province_before": must(v.Text)}


def _of_kind(name: str, **columns: Column) -> Table:
    """The table of one kind of subject."""
    return Table(name, {**SUBJECT_ID, **columns}, subject="id")


def _texts(parent: str, name: str) -> Table:
    """The texts of rows of ``parent``."""
    columns = {
        parent: to(parent, required=True),
        "field": must(v.Text),
        "lang": must(v.Language),
        "value": must(v.Text),
    }
    subject = "subject" if parent == "subject" else f"{parent}.subject"
    return Table(name, {**NUMBER, **columns}, natural=(parent, "field", "lang"), subject=subject)


# fmt: off
_SUBJECTS = (
    Table("source", {"id": Column(str, required=True), "title": must(v.Text), "url": may(v.Url), "publisher":
        may(v.Text), "date": may(v.PartialDate), "read": may(v.PartialDate), "basis": must(v.Basis)}, subject=None),
    Table("subject", {"id": Column(str, required=True), "kind": must(v.Text), "position": must(v.Count)},
        subject="id"),
    _texts("subject", "text"),
    Table("alias", {**NUMBER, "subject": to("subject", True), "lang": must(v.Language), "value": must(v.Text),
        "position": must(v.Count)}, natural=("subject", "lang", "value")),
    Table("relation", {**NUMBER, "subject": to("subject", True), "role": must(v.Text), "target": to("subject",
        True), "position": must(v.Count)}, natural=("subject", "role", "position")),
    Table("subject_source", {**NUMBER, "subject": to("subject", True), "source": source(), "position":
        must(v.Count)}, natural=("subject", "source")),
)

_KINDS = (
    _of_kind("place", kind=must(v.PlaceKind), part_of=Column(str, ref="place", on_delete="SET NULL"), **PROVINCES,
        address_before=may(v.Text), **SPOT, minutes=may(v.Count), minutes_estimated=must(v.Bool),
        effort=may(v.Effort), effort_estimated=must(v.Bool), hours=may(v.Hours), hours_source=source(),
        best_time_source=source(), wheelchair=must(v.Wheelchair), phone=may(v.Phone), website=may(v.Url),
        email=may(v.Email), contact_source=source(), heritage_property=may(v.Count), heritage_component=may(v.Text),
        heritage_role=may(v.HeritageRole)),
    _of_kind("person", born=may(v.PartialDate), died=may(v.PartialDate)),
    _of_kind("festival", lunar=must(v.Bool), month=must(v.Month), day=must(v.Day), days=must(v.Count),
        verified=must(v.Bool), date_source=source()),
    _of_kind("programme", number_in_article=may(v.Count), year=may(v.Count), period=may(v.Text),
        status=must(v.Text), offer_basis=may(v.Text), source=source()),
    _of_kind("route", status=must(v.RouteStatus), days_min=may(v.Count), days_max=may(v.Count), theme=may(v.Text),
        source=source()),
    _of_kind("gateway", kind=must(v.GatewayKind), **PROVINCES, **SPOT, status=may(v.Text)),
    _of_kind("bus_line", first=may(v.Clock), last=may(v.Clock), frequency_min=may(v.Count),
        duration_min=may(v.Count), status=may(v.Text), source=source()),
    _of_kind("cable_car", origin=to("subject", True), destination=to("subject", True), operator=may(v.Text),
        length_m=may(v.Count), minutes=may(v.Count), opened=may(v.PartialDate), hours=may(v.Hours),
        hours_source=source()),
    _of_kind("boat", origin=to("subject", True), destination=to("subject", True), minutes=may(v.Count),
        vehicles=must(v.Bool), source=source()),
    _of_kind("bridge", length_m=may(v.Count), opened=may(v.PartialDate), status=may(v.Text)),
    _of_kind("rail_line", status=may(v.Text)),
    _of_kind("train", line=to("rail_line"), origin=to("subject", True), destination=to("subject", True),
        departs=may(v.Clock), arrives=may(v.Clock), days=may(v.Text), source=source()),
    _of_kind("dish", kind=must(v.DishKind), months=may(v.MonthList), vegetarian=may(v.Bool), good_gift=must(v.Bool),
        source=source()),
    _of_kind("venue", kind=must(v.VenueKind), near=to("subject"), address=may(v.Text), stars=may(v.Count),
        rooms=may(v.Count), vegetarian=may(v.Vegetarian), price_level=may(v.PriceLevel), hours=may(v.Hours),
        hours_source=source(), phone=may(v.Phone), website=may(v.Url), **SPOT, status=must(v.VenueStatus)),
    _of_kind("help", kind=must(v.HelpKind), number=may(v.Text), area=to("subject"), website=may(v.Url),
        level=may(v.Count), beds=may(v.Count), free=may(v.Bool), hours=may(v.Hours), **SPOT,
        status=may(v.HelpStatus)),
    _of_kind("elsewhere", province_now=may(v.Text), province_before=may(v.Text), source=source()),
    _of_kind("area", level=must(v.AreaLevel), former=must(v.Bool), province=to("area"), place=to("place"),
        source=source()),
    _of_kind("advice", topic=must(v.Text), months=may(v.MonthList), valid_to=may(v.IsoDate), source=source()),
    _of_kind("holiday"),
    _of_kind("road_link", origin=to("subject", True), destination=to("subject", True), km=must(v.Amount),
        minutes=must(v.Amount), mode=must(v.Mode), toll=may(v.Bool), toll_vnd=may(v.Count),
        toll_vnd_per_km=may(v.Count), toll_source=source(), source=source()),
    _of_kind("trail", place=to("place", True), way=must(v.Text), minutes=may(v.Count), back=must(v.Count),
        lunch=may(v.TrailLunch), earliest=may(v.Clock), latest=may(v.Clock), estimates=may(v.EstimatedParts),
        source=source()),
)

_PARTS = (
    Table("festival_day", {**NUMBER, "subject": to("festival", True), "role": must(v.one_of("main", "other")),
        "month": must(v.Month), "day": must(v.Day), "lunar": must(v.Bool), "fact": to("fact"), "position":
        must(v.Count)}, natural=("subject", "role", "position")),
    Table("festival_edition", {**NUMBER, "subject": to("festival", True), "year": must(v.Count), "lunar":
        may(v.LunarSpan), "solar_from": may(v.IsoDate), "solar_to": may(v.IsoDate), "source": source()},
        natural=("subject", "year")),
    Table("climate", {**NUMBER, "subject": to("place", True), "month": must(v.Month), "mean_c": may(float),
        "rain_mm": may(v.Amount), "fog": may(v.Fog), "summit_mean_c": may(float), "rounded": must(v.Bool), "source":
        source()}, natural=("subject", "month")),
    Table("sun", {**NUMBER, "subject": to("place", True), "month": must(v.Month), "day": must(v.Day), "sunrise":
        must(v.Clock), "sunset": must(v.Clock), "source": source()}, natural=("subject", "month", "day")),
    Table("holiday_date", {**NUMBER, "subject": to("holiday", True), "date": must(v.IsoDate), "off_from":
        may(v.IsoDate), "off_to": may(v.IsoDate)}, natural=("subject", "date")),
    Table("trail_stop", {**NUMBER, "subject": to("trail", True), "position": must(v.Count), "place": to("place", True),
        "reached_by": must(v.ReachedBy), "reach": must(v.Count), "stay": may(v.Count), "line": to("cable_car")},
        natural=("subject", "position")),
)

_STATEMENTS = (
    Table("fact", {**NUMBER, "subject": to("subject"), "topic": must(v.Topic), "source": source(), "position":
        must(v.Count)}),
    _texts("fact", "fact_text"),
    Table("price", {**NUMBER, "subject": to("subject", True), "adult": may(v.Count), "adult_max": may(v.Count),
        "child": may(v.Count), "unit": must(v.Unit), "days": may(v.Days), "valid_from": may(v.PartialDate),
        "valid_to": may(v.IsoDate), "current": must(v.Bool), "source": source(), "position": must(v.Count)}),
    _texts("price", "price_text"),
    Table("notice", {**NUMBER, "subject": to("subject"), "kind": must(v.NoticeKind), "starts": may(v.IsoDate),
        "ends": may(v.IsoDate), "source": source()}),
    _texts("notice", "notice_text"),
    Table("staff_answer", {**NUMBER, "subject": to("subject"), "source": source(), "updated": may(v.IsoDate)}),
    _texts("staff_answer", "staff_answer_text"),
    Table("photo", {**NUMBER, "subject": to("subject", True), "file": must(v.PhotoFile), "width": must(v.Count),
        "height": must(v.Count), "credit": must(v.Text), "source": source(), "position": must(v.Count)}),
    _texts("photo", "photo_text"),
)
# fmt: on

# In an order in which each table's references are there already (festival_day points to fact: hence after it).
TABLES: dict[str, Table] = {table.name: table for table in (*_SUBJECTS, *_KINDS, *_STATEMENTS, *_PARTS)}

# The kinds of subject, and the table that holds each: lodging and eating places are alike.
TABLE_OF_KIND = {table.name: table.name for table in _KINDS} | {
    "lodging": "venue",
    "eating": "venue",
    "province": "area",
}
del TABLE_OF_KIND["venue"], TABLE_OF_KIND["area"]

SEARCHED = ("text", "alias", "fact_text", "staff_answer_text")  # what the full-text search finds
