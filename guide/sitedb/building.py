"""From rows to records: one small function for each kind of subject."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional

from guide.sitedb import records as r
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


def _words(data: Snapshot, row: Values, *fields: str) -> dict[str, r.Words]:
    return {field: data.words(row["id"], field) for field in fields}


def _estimates(row: Values) -> tuple[str, ...]:
    return tuple(name for name in ("minutes", "effort") if row[f"{name}_estimated"])


def _place(data: Snapshot, row: Values) -> r.Place:
    return r.Place(
        **_common(data, row),
        **_pick(row, "kind", "heritage_property", "heritage_component", "heritage_role", "province_now", "province_before", "address_before",
                "minutes", "effort", "hours", "wheelchair", "phone", "website", "email"),
        **_words(data, row, "heritage_note", "address", "summary", "hours_note", "best_time"),
        part_of=slug(row["part_of"]), location=spot(row), location_source=data.source(row["location_source"]),
        estimates=_estimates(row), hours_source=data.source(row["hours_source"]),
        best_time_source=data.source(row["best_time_source"]), contact_source=data.source(row["contact_source"]),
    )  # fmt: skip


def _person(data: Snapshot, row: Values) -> r.Person:
    return r.Person(**_common(data, row), **_pick(row, "born", "died"), **_words(data, row, "role"),
                    places=data.targets(row["id"], "place"))  # fmt: skip


def _festival(data: Snapshot, row: Values) -> r.Festival:
    days = [each for each in data.rows("festival_day") if each["subject"] == row["id"]]
    days.sort(key=lambda each: each["position"])
    facts = {fact.id: fact for fact in facts_of(data, row["id"])}
    editions = [each for each in data.rows("festival_edition") if each["subject"] == row["id"]]
    return r.Festival(
        **_common(data, row), **_pick(row, "month", "day", "days"), **_words(data, row, "summary"),
        places=data.targets(row["id"], "place"), lunar=bool(row["lunar"]), verified=bool(row["verified"]),
        main_days=tuple((each["month"], each["day"]) for each in days if each["role"] == "main"),
        date_source=data.source(row["date_source"]),
        what_happens=tuple(fact for fact in facts.values() if fact.topic == "what_happens"),
        other_dates=tuple(fact for fact in facts.values() if fact.topic == "other_date"),
        other_days=tuple(_festival_day(each, facts.get(each["fact"])) for each in days if each["role"] == "other"),
        editions=tuple(_edition(data, each) for each in sorted(editions, key=lambda each: each["year"])),
    )  # fmt: skip


def _festival_day(row: Values, fact: Optional[r.Fact]) -> r.FestivalDay:
    words, source = (fact.words, fact.source) if fact else (r.Words(), None)
    return r.FestivalDay(row["month"], row["day"], bool(row["lunar"]), words, source)


def _edition(data: Snapshot, row: Values) -> r.Edition:
    return r.Edition(row["year"], row["lunar"], day(row["solar_from"]), day(row["solar_to"]), data.source(row["source"]))


def _programme(data: Snapshot, row: Values) -> r.Programme:
    id_ = row["id"]
    return r.Programme(
        **_common(data, row), **_pick(row, "number_in_article", "year", "period", "status", "offer_basis"),
        **_words(data, row, "offer"), members_before=tuple(data.listed(id_, "members_before")),
        members_now=tuple(data.listed(id_, "members_now")), goals=tuple(data.listed(id_, "goals")),
        routes=data.targets(id_, "route"), source=data.source(row["source"]),
    )  # fmt: skip


def _route(data: Snapshot, row: Values) -> r.Route:
    return r.Route(
        **_common(data, row), **_pick(row, "status", "days_min", "days_max", "theme"),
        **_words(data, row, "suits", "season", "description"), stops=data.targets(row["id"], "stop"),
        source=data.source(row["source"]),
    )  # fmt: skip


def _gateway(data: Snapshot, row: Values) -> r.Gateway:
    return r.Gateway(**_common(data, row), **_pick(row, "kind", "province_now", "province_before", "status"),
                     location=spot(row), serves=data.targets(row["id"], "serves"))  # fmt: skip


def _bus_line(data: Snapshot, row: Values) -> r.BusLine:
    id_ = row["id"]
    return r.BusLine(
        **_common(data, row), **_pick(row, "first", "last", "frequency_min", "duration_min", "status"),
        starts=data.targets(id_, "start"), ends=data.targets(id_, "end"), stops=data.targets(id_, "stop"),
        operators=data.plain(id_, "operators"), source=data.source(row["source"]),
    )  # fmt: skip


def _cable_car(data: Snapshot, row: Values) -> r.CableCar:
    return r.CableCar(
        **_common(data, row), **_pick(row, "operator", "length_m", "minutes", "opened", "hours"), **_words(data, row, "hours_note"),
        **_ends(row), hours_source=data.source(row["hours_source"]),
    )  # fmt: skip


def _ends(row: Values) -> dict[str, Any]:
    return {"start": slug(row["origin"]), "end": slug(row["destination"])}


def _boat(data: Snapshot, row: Values) -> r.Boat:
    return r.Boat(**_common(data, row), **_ends(row), minutes=row["minutes"], vehicles=bool(row["vehicles"]),
                  source=data.source(row["source"]))  # fmt: skip


def _bridge(data: Snapshot, row: Values) -> r.Bridge:
    return r.Bridge(**_common(data, row), **_pick(row, "length_m", "opened", "status"), connects=data.targets(row["id"], "connects"))


def _rail_line(data: Snapshot, row: Values) -> r.RailLine:
    return r.RailLine(**_common(data, row), status=row["status"], stations=data.targets(row["id"], "station"))


def _train(data: Snapshot, row: Values) -> r.Train:
    return r.Train(**_common(data, row), **_ends(row), **_pick(row, "departs", "arrives", "days"), **_words(data, row, "note"),
                   source=data.source(row["source"]), line=slug(row["line"]))  # fmt: skip


def _dish(data: Snapshot, row: Values) -> r.Dish:
    return r.Dish(
        **_common(data, row), kind=row["kind"], **_words(data, row, "where", "season", "what"),
        places=data.targets(row["id"], "place"), months=months(row["months"]), vegetarian=truth(row["vegetarian"]),
        good_gift=bool(row["good_gift"]), source=data.source(row["source"]),
    )  # fmt: skip


def _venue(data: Snapshot, row: Values) -> r.Venue:
    return r.Venue(
        **_common(data, row), **_pick(row, "kind", "address", "stars", "rooms", "vegetarian", "price_level", "hours", "phone",
                                      "website", "status"),
        **_words(data, row, "about", "hours_note", "phone_note"), near=slug(row["near"]), location=spot(row),
        dishes=data.targets(row["id"], "dish"), hours_source=data.source(row["hours_source"]),
        sources=data.sources_of.get(row["id"], ()),
    )  # fmt: skip


def _help(data: Snapshot, row: Values) -> r.Help:
    return r.Help(
        **_common(data, row), **_pick(row, "kind", "number", "website", "level", "beds", "hours", "status"),
        **_words(data, row, "address", "use", "note"), area=slug(row["area"]), free=truth(row["free"]), location=spot(row),
        serves=data.targets(row["id"], "serves"), sources=data.sources_of.get(row["id"], ()),
    )  # fmt: skip


def _elsewhere(data: Snapshot, row: Values) -> r.Elsewhere:
    return r.Elsewhere(**_common(data, row), **_pick(row, "province_now", "province_before"), **_words(data, row, "where"),
                       source=data.source(row["source"]))  # fmt: skip


def _province(data: Snapshot, row: Values) -> r.Province:
    within = row["province"] or row["id"]
    return r.Province(
        **_common(data, row), level=row["level"], former=bool(row["former"]), province=slug(within) or "",
        province_name=data.words(within, "name"), place=slug(row["place"]), **_words(data, row, "now"),
        source=data.source(row["source"]),
    )  # fmt: skip


def facts_of(data: Snapshot, subject: Optional[str]) -> list[r.Fact]:
    """The facts of a subject (None: those that hold everywhere), in order."""
    return [fact(data, row) for row in data.rows("fact") if row["subject"] == subject]


def fact(data: Snapshot, row: Values) -> r.Fact:
    """One fact."""
    words = data.fact_texts.get(row["id"], {}).get("text") or r.Words()
    return r.Fact(row["id"], row["topic"], words, data.source(row["source"]), ref(row["subject"]))


def advice(data: Snapshot, row: Values) -> r.Advice:
    """One piece of advice."""
    id_ = row["id"]
    return r.Advice(
        slug(id_) or "", row["topic"], data.words(id_, "text"), data.source(row["source"]), data.targets(id_, "place"),
        months(row["months"]), day(row["valid_to"]), data.targets(id_, "instead"), data.words(id_, "heading"),
    )  # fmt: skip


def price(data: Snapshot, row: Values) -> r.Price:
    """One price."""
    texts = data.price_texts.get(row["id"], {})
    subject = ref(row["subject"])
    assert subject is not None  # the schema demands it
    return r.Price(
        id=row["id"], subject=subject, item=texts.get("item") or r.Words(), note=texts.get("note") or r.Words(),
        **_pick(row, "adult", "child", "adult_max", "unit", "days"), valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]), current=bool(row["current"]), source=data.source(row["source"]),
    )  # fmt: skip


def notice(data: Snapshot, row: Values) -> r.Notice:
    """One notice."""
    words = data.notice_texts.get(row["id"], {}).get("text") or r.Words()
    return r.Notice(row["id"], ref(row["subject"]), row["kind"], words, day(row["starts"]), day(row["ends"]), data.source(row["source"]))


def staff_answer(data: Snapshot, row: Values) -> r.StaffAnswer:
    """One answer of the staff."""
    texts: Mapping[str, r.Words] = data.answer_texts.get(row["id"], {})
    question, answer = texts.get("question") or r.Words(), texts.get("answer") or r.Words()
    return r.StaffAnswer(row["id"], question, answer, ref(row["subject"]), data.source(row["source"]), row["updated"])


def road_link(data: Snapshot, row: Values) -> r.RoadLink:
    """One edge of the road graph."""
    id_ = row["id"]
    return r.RoadLink(
        slug(row["origin"]) or "", slug(row["destination"]) or "", row["km"], row["minutes"], row["mode"], data.plain(id_, "roads"),
        data.targets(id_, "bridge"), truth(row["toll"]), data.words(id_, "note") or None, data.source(row["source"]),
        row["toll_vnd_per_km"], data.words(id_, "toll_note") or None, data.source(row["toll_source"]),
    )  # fmt: skip


def holiday(data: Snapshot, row: Values) -> r.Holiday:
    """One holiday with its days."""
    id_ = row["id"]
    days = sorted((each for each in data.rows("holiday_date") if each["subject"] == id_), key=lambda each: each["date"])
    off = dict.fromkeys((day(each["off_from"]), day(each["off_to"])) for each in days if each["off_from"])
    notes = {each: words for row in days if (each := day(row["date"])) and (words := data.words(id_, f"note.{row['date']}"))}
    dates = tuple(each for row in days if (each := day(row["date"])))
    return r.Holiday(
        slug(id_) or "", data.words(id_, "name"), dates, data.words(id_, "rule"), data.words(id_, "crowd"),
        tuple(off), notes, data.sources_of.get(id_, ()),
    )  # type: ignore[arg-type]  # fmt: skip


BUILDERS: dict[str, tuple[str, _Builder]] = {
    "place": ("place", _place), "person": ("person", _person), "festival": ("festival", _festival),
    "programme": ("programme", _programme), "route": ("route", _route), "gateway": ("gateway", _gateway),
    "bus_line": ("bus_line", _bus_line), "cable_car": ("cable_car", _cable_car), "boat": ("boat", _boat),
    "bridge": ("bridge", _bridge), "rail_line": ("rail_line", _rail_line), "train": ("train", _train), "dish": ("dish", _dish),
    "lodging": ("venue", _venue), "eating": ("venue", _venue), "help": ("help", _help), "elsewhere": ("elsewhere", _elsewhere),
    "province": ("area", _province),
}  # fmt: skip

