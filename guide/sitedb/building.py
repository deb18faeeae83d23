"""From rows to records: one small function for each kind of subject."""

from __future__ import annotations

from typing import Any, Callable, Optional

from guide.sitedb import records as r
from guide.sitedb import statements
from guide.sitedb.snapshot import Snapshot, Values, day, months, ref, slug, spot, truth

_Builder = Callable[[Snapshot, Values], r.Subject]


def build_all(data: Snapshot) -> dict[str, r.Subject]:
    """Every subject's record by its id, in the order of the database."""
    rows = {row["id"]: row for table in {table for table, _ in BUILDERS.values()} for row in data.rows(table)}
    return {
        id_: BUILDERS[subject["kind"]][1](data, rows[id_])
        for id_, subject in data.subjects.items()
        if subject["kind"] in BUILDERS and id_ in rows
    }


def _common(data: Snapshot, row: Values) -> dict[str, Any]:
    """What every subject has, and the columns that are in the record as they are."""
    id_ = row["id"]
    return {"ref": ref(id_), "name": data.words(id_, "name"), "aliases": data.aliases.get(id_, {})}


def _pick(row: Values, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _words(data: Snapshot, row: Values, *fields: str) -> dict[str, Any]:
    return {field: data.words(row["id"], field) for field in fields}


def _estimates(row: Values) -> tuple[str, ...]:
    return tuple(name for name in ("minutes", "effort") if row[f"{name}_estimated"])


def _place(data: Snapshot, row: Values) -> r.Place:
    return r.Place(
        **_common(data, row),
        **_pick(
            row,
            "kind",
            "heritage_property",
            "heritage_component",
            "heritage_role",
            "province_now",
            "province_before",
            "address_before",
            "minutes",
            "effort",
            "hours",
            "wheelchair",
            "phone",
            "website",
            "email",
        ),
        **_words(data, row, "heritage_note", "address", "summary", "hours_note", "best_time"),
        part_of=slug(row["part_of"]),
        location=spot(row),
        location_source=data.source(row["location_source"]),
        estimates=_estimates(row),
        hours_source=data.source(row["hours_source"]),
        best_time_source=data.source(row["best_time_source"]),
        contact_source=data.source(row["contact_source"]),
    )


def _person(data: Snapshot, row: Values) -> r.Person:
    return r.Person(
        **_common(data, row),
        **_pick(row, "born", "died"),
        **_words(data, row, "role"),
        places=data.targets(row["id"], "place"),
    )


def _festival(data: Snapshot, row: Values) -> r.Festival:
    days = [each for each in data.rows("festival_day") if each["subject"] == row["id"]]
    days.sort(key=lambda each: each["position"])
    facts = {fact.id: fact for fact in statements.facts_of(data, row["id"])}
    editions = [each for each in data.rows("festival_edition") if each["subject"] == row["id"]]
    return r.Festival(
        **_common(data, row),
        **_pick(row, "month", "day", "days"),
        **_words(data, row, "summary"),
        places=data.targets(row["id"], "place"),
        lunar=bool(row["lunar"]),
        verified=bool(row["verified"]),
        main_days=tuple((each["month"], each["day"]) for each in days if each["role"] == "main"),
        date_source=data.source(row["date_source"]),
        what_happens=tuple(fact for fact in facts.values() if fact.topic == "what_happens"),
        other_dates=tuple(fact for fact in facts.values() if fact.topic == "other_date"),
        other_days=tuple(_festival_day(each, facts.get(each["fact"])) for each in days if each["role"] == "other"),
        editions=tuple(_edition(data, each) for each in sorted(editions, key=lambda each: each["year"])),
    )


def _festival_day(row: Values, fact: Optional[r.Fact]) -> r.FestivalDay:
    words, source = (fact.words, fact.source) if fact else (r.Words(), None)
    return r.FestivalDay(row["month"], row["day"], bool(row["lunar"]), words, source)


def _edition(data: Snapshot, row: Values) -> r.Edition:
    return r.Edition(
        row["year"], row["lunar"], day(row["solar_from"]), day(row["solar_to"]), data.source(row["source"])
    )


def _programme(data: Snapshot, row: Values) -> r.Programme:
    id_ = row["id"]
    return r.Programme(
        **_common(data, row),
        **_pick(row, "number_in_article", "year", "period", "status", "offer_basis"),
        **_words(data, row, "offer"),
        members_before=tuple(data.listed(id_, "members_before")),
        members_now=tuple(data.listed(id_, "members_now")),
        goals=tuple(data.listed(id_, "goals")),
        routes=data.targets(id_, "route"),
        source=data.source(row["source"]),
    )


def _route(data: Snapshot, row: Values) -> r.Route:
    return r.Route(
        **_common(data, row),
        **_pick(row, "status", "days_min", "days_max", "theme"),
        **_words(data, row, "suits", "season", "description"),
        stops=data.targets(row["id"], "stop"),
        source=data.source(row["source"]),
    )


def _gateway(data: Snapshot, row: Values) -> r.Gateway:
    return r.Gateway(
        **_common(data, row),
        **_pick(row, "kind", "province_now", "province_before", "status"),
        location=spot(row),
        serves=data.targets(row["id"], "serves"),
    )


def _bus_line(data: Snapshot, row: Values) -> r.BusLine:
    id_ = row["id"]
    return r.BusLine(
        **_common(data, row),
        **_pick(row, "first", "last", "frequency_min", "duration_min", "status"),
        starts=data.targets(id_, "start"),
        ends=data.targets(id_, "end"),
        stops=data.targets(id_, "stop"),
        operators=data.plain(id_, "operators"),
        source=data.source(row["source"]),
    )


def _cable_car(data: Snapshot, row: Values) -> r.CableCar:
    return r.CableCar(
        **_common(data, row),
        **_pick(row, "operator", "length_m", "minutes", "opened", "hours"),
        **_words(data, row, "hours_note"),
        **_ends(row),
        hours_source=data.source(row["hours_source"]),
    )


def _ends(row: Values) -> dict[str, Any]:
    return {"start": slug(row["origin"]), "end": slug(row["destination"])}


def _boat(data: Snapshot, row: Values) -> r.Boat:
    return r.Boat(
        **_common(data, row),
        **_ends(row),
        minutes=row["minutes"],
        vehicles=bool(row["vehicles"]),
        source=data.source(row["source"]),
    )


def _bridge(data: Snapshot, row: Values) -> r.Bridge:
    return r.Bridge(
        **_common(data, row), **_pick(row, "length_m", "opened", "status"), connects=data.targets(row["id"], "connects")
    )


def _rail_line(data: Snapshot, row: Values) -> r.RailLine:
    return r.RailLine(**_common(data, row), status=row["status"], stations=data.targets(row["id"], "station"))


def _train(data: Snapshot, row: Values) -> r.Train:
    return r.Train(
        **_common(data, row),
        **_ends(row),
        **_pick(row, "departs", "arrives", "days"),
        **_words(data, row, "note"),
        source=data.source(row["source"]),
        line=slug(row["line"]),
    )


def _dish(data: Snapshot, row: Values) -> r.Dish:
    return r.Dish(
        **_common(data, row),
        kind=row["kind"],
        **_words(data, row, "where", "season", "what"),
        places=data.targets(row["id"], "place"),
        months=months(row["months"]),
        vegetarian=truth(row["vegetarian"]),
        good_gift=bool(row["good_gift"]),
        source=data.source(row["source"]),
    )


def _venue(data: Snapshot, row: Values) -> r.Venue:
    return r.Venue(
        **_common(data, row),
        **_pick(
            row, "kind", "address", "stars", "rooms", "vegetarian", "price_level", "hours", "phone", "website", "status"
        ),
        **_words(data, row, "about", "hours_note", "phone_note"),
        near=slug(row["near"]),
        location=spot(row),
        dishes=data.targets(row["id"], "dish"),
        hours_source=data.source(row["hours_source"]),
        sources=data.sources_of.get(row["id"], ()),
    )


def _help(data: Snapshot, row: Values) -> r.Help:
    return r.Help(
        **_common(data, row),
        **_pick(row, "kind", "number", "website", "level", "beds", "hours", "status"),
        **_words(data, row, "address", "use", "note"),
        area=slug(row["area"]),
        free=truth(row["free"]),
        location=spot(row),
        serves=data.targets(row["id"], "serves"),
        sources=data.sources_of.get(row["id"], ()),
    )


def _elsewhere(data: Snapshot, row: Values) -> r.Elsewhere:
    return r.Elsewhere(
        **_common(data, row),
        **_pick(row, "province_now", "province_before"),
        **_words(data, row, "where"),
        source=data.source(row["source"]),
    )


def _province(data: Snapshot, row: Values) -> r.Province:
    within = row["province"] or row["id"]
    return r.Province(
        **_common(data, row),
        level=row["level"],
        former=bool(row["former"]),
        province=slug(within) or "",
        province_name=data.words(within, "name"),
        place=slug(row["place"]),
        **_words(data, row, "now"),
        source=data.source(row["source"]),
    )


BUILDERS: dict[str, tuple[str, _Builder]] = {
    "place": ("place", _place),
    "person": ("person", _person),
    "festival": ("festival", _festival),
    "programme": ("programme", _programme),
    "route": ("route", _route),
    "gateway": ("gateway", _gateway),
    "bus_line": ("bus_line", _bus_line),
    "cable_car": ("cable_car", _cable_car),
    "boat": ("boat", _boat),
    "bridge": ("bridge", _bridge),
    "rail_line": ("rail_line", _rail_line),
    "train": ("train", _train),
    "dish": ("dish", _dish),
    "lodging": ("venue", _venue),
    "eating": ("venue", _venue),
    "help": ("help", _help),
    "elsewhere": ("elsewhere", _elsewhere),
    "province": ("area", _province),
}
