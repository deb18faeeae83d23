"""From the formats of the files to rows of the tables: places, people, festivals, programmes, routes, transport, food."""

from __future__ import annotations

from typing import Any, Optional

from guide.sitedb import formats as f
from guide.sitedb.collecting import Page

def place(page: Page, file: f.PlaceFile) -> None:
    """One place."""
    subject, visit, heritage = page.subject("place", file), file.visit, file.world_heritage
    page.add("place", "", id=subject, kind=file.kind, part_of=_ref("place", file.part_of), **_provinces(file.province),
             **page.spot(file.location), **_visit(page, visit), **_contacts(page, file.contacts),
             address_before=file.address.before_2025_07, heritage_property=heritage and heritage.property,
             heritage_component=heritage and heritage.component, heritage_role=heritage and heritage.role)  # fmt: skip
    page.text(subject, "address", file.address.words, "")
    page.text(subject, "summary", file.summary, "")
    page.text(subject, "hours_note", visit.hours_note, "visit")
    page.text(subject, "best_time", visit.best_time.words if visit.best_time else {}, "visit")
    page.text(subject, "heritage_note", heritage.note if heritage else {}, "world_heritage")
    page.facts(subject, file.facts, None, "facts")
    page.prices(subject, file.prices, file.name)


def _ref(kind: str, slug: Optional[str]) -> Optional[str]:
    return None if slug is None else f"{kind}/{slug}"


def _provinces(province: f.Province) -> dict[str, Any]:
    return {"province_now": province.now, "province_before": province.before_2025_07}


def _visit(page: Page, visit: f.Visit) -> dict[str, Any]:
    best = visit.best_time and visit.best_time.source
    return {
        **visit.dict(include={"minutes", "effort", "hours", "wheelchair"}),
        "minutes_estimated": "minutes" in visit.estimates,
        "effort_estimated": "effort" in visit.estimates,
        "hours_source": page.source(visit.hours_source, "visit.hours_source"),
        "best_time_source": page.source(best, "visit.best_time.source"),
    }


def _contacts(page: Page, contacts: f.Contacts) -> dict[str, Any]:
    source = page.source(contacts.source, "contacts.source")
    return {**contacts.dict(exclude={"source"}), "contact_source": source}


def person(page: Page, file: f.PersonFile) -> None:
    """One person."""
    subject = page.subject("person", file)
    page.add("person", "", id=subject, born=file.born, died=file.died)
    page.text(subject, "role", file.role, "")
    page.relate(subject, "place", [_ref("place", slug) for slug in file.places], "places")
    page.facts(subject, file.facts, "people", "facts")


def festival(page: Page, file: f.FestivalFile) -> None:
    """One festival, with its main days, past editions and other dates."""
    subject, span = page.subject("festival", file), file.lunar or file.solar
    assert span is not None  # the format takes one of the two
    page.add("festival", "", id=subject, lunar=file.lunar is not None, month=span.month, day=span.day, days=span.days,
             verified=file.lunar_verified, date_source=page.source(file.lunar_source, "lunar_source"))  # fmt: skip
    page.text(subject, "summary", file.summary, "")
    page.relate(subject, "place", [_ref("place", slug) for slug in file.places], "places")
    page.facts(subject, file.facts, "festival", "facts")
    page.facts(subject, file.what_happens, "what_happens", "what_happens")
    _festival_days(page, subject, file)
    for number, edition in enumerate(file.latest_editions):
        source = page.source(edition.source, f"latest_editions[{number}].source")
        page.add("festival_edition", f"latest_editions[{number}]", subject=subject, source=source,
                 **edition.dict(exclude={"source"}))  # fmt: skip


def _festival_days(page: Page, subject: str, file: f.FestivalFile) -> None:
    main = [file.main_day, *file.main_day.also] if file.main_day else []
    for position, day in enumerate(main):
        page.add("festival_day", "main_day", subject=subject, role="main", month=day.month, day=day.day,
                 lunar=file.lunar is not None, position=position)  # fmt: skip
    facts = page.facts(subject, file.other_dates, "other_date", "other_dates")
    for position, (other, fact) in enumerate(zip(file.other_dates, facts, strict=True)):
        day = other.lunar or other.solar
        if day is not None:
            page.add("festival_day", f"other_dates[{position}]", subject=subject, role="other", month=day.month, day=day.day,
                     lunar=other.lunar is not None, fact=fact, position=position)  # fmt: skip


def _title(page: Page, file: f.TableFile) -> None:
    """The title and the note of a table are texts of the table itself."""
    subject = page.bare_subject("table", page.file.rpartition(".")[0], "")
    page.text(subject, "title", file.title, "")
    page.text(subject, "note", file.note, "")


def programmes(page: Page, file: f.ProgrammesFile) -> None:
    """The tourism co-operation programmes."""
    _title(page, file)
    for number, item in enumerate(file.programmes):
        path = f"programmes[{number}]"
        subject = page.subject("programme", item, path)
        page.add("programme", path, id=subject, offer_basis=item.visitor_offer_basis, source=page.source(item.source, f"{path}.source"),
                 **item.dict(include={"number_in_article", "year", "period", "status"}))  # fmt: skip
        page.text(subject, "offer", item.visitor_offer, path)
        for name, texts in (("members_before", item.members_before_2025_07), ("members_now", item.members_now), ("goals", item.goals)):
            page.items(subject, name, texts, path)
        page.relate(subject, "route", [_ref("route", slug) for slug in item.routes], f"{path}.routes")
        page.facts(subject, item.facts, "programme", f"{path}.facts")


def routes(page: Page, file: f.RoutesFile) -> None:
    """The linked routes."""
    _title(page, file)
    for number, item in enumerate(file.routes):
        path = f"routes[{number}]"
        subject = page.subject("route", item, path)
        page.add("route", path, id=subject, status=item.status, days_min=item.days.min, days_max=item.days.max, theme=item.theme,
                 source=page.source(item.source, f"{path}.source"))  # fmt: skip
        for name, words in (("suits", item.suits), ("season", item.season), ("description", item.description)):
            page.text(subject, name, words, path)
        page.relate(subject, "stop", map(page.node, item.stops), f"{path}.stops")
        page.facts(subject, item.facts, "route", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def gateways(page: Page, file: f.GatewaysFile) -> None:
    """Airports, ports, stations and the cities where trips begin."""
    _title(page, file)
    for number, item in enumerate(file.gateways):
        path = f"gateways[{number}]"
        subject = page.subject("gateway", item, path)
        page.add("gateway", path, id=subject, kind=item.kind, status=item.status, **_provinces(item.province),
                 **page.spot(item.location, path))  # fmt: skip
        page.relate(subject, "serves", map(page.node, item.serves), f"{path}.serves")
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")


def road_links(page: Page, file: f.RoadLinksFile) -> None:
    """The edges of the road graph."""
    _title(page, file)
    for number, item in enumerate(file.edges):
        path, toll = f"edges[{number}]", item.toll
        subject = page.bare_subject("road_link", f"{item.origin}--{item.destination}--{item.mode}", path)
        page.add("road_link", path, id=subject, origin=page.node(item.origin), destination=page.node(item.destination),
                 km=item.km, minutes=item.minutes, mode=item.mode, toll=toll.charged, toll_vnd=toll.vnd,
                 toll_vnd_per_km=toll.vnd_per_km, toll_source=page.source(toll.source, f"{path}.toll.source"),
                 source=page.source(item.source, f"{path}.source"))  # fmt: skip
        page.items(subject, "roads", item.roads, path)
        page.text(subject, "note", item.note, path)
        page.text(subject, "toll_note", toll.note, f"{path}.toll")
        page.relate(subject, "bridge", [_ref("bridge", slug) for slug in item.bridges], f"{path}.bridges")


def bus(page: Page, file: f.BusFile) -> None:
    """Coaches and buses."""
    _title(page, file)
    for number, item in enumerate(file.lines):
        path = f"lines[{number}]"
        subject = page.subject("bus_line", item, path)
        page.add("bus_line", path, id=subject, source=page.source(item.source, f"{path}.source"),
                 **item.dict(include={"first", "last", "frequency_min", "duration_min", "status"}))  # fmt: skip
        for role, slugs, key in (("start", item.origins, "from"), ("end", item.destinations, "to"), ("stop", item.stops, "stops")):
            page.relate(subject, role, map(page.node, slugs), f"{path}.{key}")
        page.items(subject, "operators", item.operators, path)
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def boats(page: Page, file: f.BoatsFile) -> None:
    """Ferries and boats."""
    _title(page, file)
    for number, item in enumerate(file.boats):
        path = f"boats[{number}]"
        subject = page.subject("boat", item, path)
        page.add("boat", path, id=subject, origin=page.node(item.origin), destination=page.node(item.destination),
                 minutes=item.minutes, vehicles=item.vehicles, source=page.source(item.source, f"{path}.source"))  # fmt: skip
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def bridges(page: Page, file: f.BridgesFile) -> None:
    """Bridges on the linked routes."""
    _title(page, file)
    for number, item in enumerate(file.bridges):
        path = f"bridges[{number}]"
        subject = page.subject("bridge", item, path)
        page.add("bridge", path, id=subject, **item.dict(include={"length_m", "opened", "status"}))
        page.relate(subject, "connects", map(page.node, item.connects), f"{path}.connects")
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")


def cable_cars(page: Page, file: f.CableCarsFile) -> None:
    """Cable cars."""
    _title(page, file)
    for number, item in enumerate(file.cable_cars):
        path = f"cable_cars[{number}]"
        subject = page.subject("cable_car", item, path)
        page.add("cable_car", path, id=subject, origin=page.node(item.origin), destination=page.node(item.destination),
                 hours_source=page.source(item.hours_source, f"{path}.hours_source"),
                 **item.dict(include={"operator", "length_m", "minutes", "opened", "hours"}))  # fmt: skip
        page.text(subject, "hours_note", item.hours_note, path)
        page.facts(subject, item.facts, "cable_car", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def rail(page: Page, file: f.RailFile) -> None:
    """Railway lines and their trains."""
    _title(page, file)
    for number, line in enumerate(file.lines):
        path = f"lines[{number}]"
        subject = page.subject("rail_line", line, path)
        page.add("rail_line", path, id=subject, status=line.status)
        page.relate(subject, "station", map(page.node, line.stations), f"{path}.stations")
        page.facts(subject, line.facts, "getting_there", f"{path}.facts")
        page.prices(subject, line.prices, line.name, path)
    for number, train in enumerate(file.timetable):
        path = f"timetable[{number}]"
        subject = page.bare_subject("train", train.id, path)
        page.add("train", path, id=subject, line=_ref("rail_line", train.line), origin=page.node(train.origin),
                 destination=page.node(train.destination), departs=train.dep, arrives=train.arr, days=train.days,
                 source=page.source(train.source, f"{path}.source"))  # fmt: skip
        page.text(subject, "name", train.name, path)
        page.text(subject, "note", train.note, path)


def dishes(page: Page, file: f.DishesFile) -> None:
    """Dishes and specialities."""
    _title(page, file)
    for number, item in enumerate(file.dishes):
        path = f"dishes[{number}]"
        subject = page.subject("dish", item, path)
        page.add("dish", path, id=subject, months=",".join(map(str, item.months)) or None,
                 source=page.source(item.source, f"{path}.source"), **item.dict(include={"kind", "vegetarian", "good_gift"}))  # fmt: skip
        for name, words in (("where", item.where), ("season", item.season), ("what", item.what)):
            page.text(subject, name, words, path)
        page.relate(subject, "place", map(page.node, item.places), f"{path}.places")
        page.facts(subject, item.facts, "food", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)
