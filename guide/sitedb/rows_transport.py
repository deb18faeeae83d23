"""From the formats of the files to rows of the tables: transport and food."""

from __future__ import annotations

from guide.sitedb import formats_transport as f
from guide.sitedb.collecting import Page
from guide.sitedb.rows import provinces_of, ref, title


def gateways(page: Page, file: f.GatewaysFile) -> None:
    """Airports, ports, stations and the cities where trips begin."""
    title(page, file)
    for number, item in enumerate(file.gateways):
        path = f"gateways[{number}]"
        subject = page.subject("gateway", item, path)
        page.add(
            "gateway",
            path,
            id=subject,
            kind=item.kind,
            status=item.status,
            **provinces_of(item.province),
            **page.spot(item.location, path),
        )
        page.relate(subject, "serves", map(page.node, item.serves), f"{path}.serves")
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")


def road_links(page: Page, file: f.RoadLinksFile) -> None:
    """The edges of the road graph."""
    title(page, file)
    for number, item in enumerate(file.edges):
        path, toll = f"edges[{number}]", item.toll
        subject = page.bare_subject("road_link", f"{item.origin}--{item.destination}--{item.mode}", path)
        page.add(
            "road_link",
            path,
            id=subject,
            origin=page.node(item.origin),
            destination=page.node(item.destination),
            km=item.km,
            minutes=item.minutes,
            mode=item.mode,
            toll=toll.charged,
            toll_vnd=toll.vnd,
            toll_vnd_per_km=toll.vnd_per_km,
            toll_source=page.source(toll.source, f"{path}.toll.source"),
            source=page.source(item.source, f"{path}.source"),
        )
        page.items(subject, "roads", item.roads, path)
        page.text(subject, "note", item.note, path)
        page.text(subject, "toll_note", toll.note, f"{path}.toll")
        page.relate(subject, "bridge", [ref("bridge", slug) for slug in item.bridges], f"{path}.bridges")


def trails(page: Page, file: f.TrailsFile) -> None:
    """The ways to see a place, with their stops."""
    title(page, file)
    for number, item in enumerate(file.trails):
        path = f"trails[{number}]"
        subject = page.bare_subject("trail", item.id, path)
        page.add(
            "trail",
            path,
            id=subject,
            place=ref("place", item.place),
            estimates=",".join(item.estimates) or None,
            source=page.source(item.source, f"{path}.source"),
            **item.dict(include={"way", "minutes", "back", "lunch", "earliest", "latest"}),
        )
        page.relate(subject, "line", [ref("cable_car", slug) for slug in item.lines], f"{path}.lines")
        for position, stop in enumerate(item.stops):
            page.add(
                "trail_stop",
                f"{path}.stops[{position}]",
                subject=subject,
                position=position,
                place=ref("place", stop.place),
                reached_by=stop.by,
                reach=stop.reach,
                stay=stop.stay,
                line=ref("cable_car", stop.line),
            )


def bus(page: Page, file: f.BusFile) -> None:
    """Coaches and buses."""
    title(page, file)
    for number, item in enumerate(file.lines):
        path = f"lines[{number}]"
        subject = page.subject("bus_line", item, path)
        page.add(
            "bus_line",
            path,
            id=subject,
            source=page.source(item.source, f"{path}.source"),
            **item.dict(include={"first", "last", "frequency_min", "duration_min", "status"}),
        )
        for role, slugs, key in (
            ("start", item.origins, "from"),
            ("end", item.destinations, "to"),
            ("stop", item.stops, "stops"),
        ):
            page.relate(subject, role, map(page.node, slugs), f"{path}.{key}")
        page.items(subject, "operators", item.operators, path)
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def boats(page: Page, file: f.BoatsFile) -> None:
    """Ferries and boats."""
    title(page, file)
    for number, item in enumerate(file.boats):
        path = f"boats[{number}]"
        subject = page.subject("boat", item, path)
        page.add(
            "boat",
            path,
            id=subject,
            origin=page.node(item.origin),
            destination=page.node(item.destination),
            minutes=item.minutes,
            vehicles=item.vehicles,
            source=page.source(item.source, f"{path}.source"),
        )
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def bridges(page: Page, file: f.BridgesFile) -> None:
    """Bridges on the linked routes."""
    title(page, file)
    for number, item in enumerate(file.bridges):
        path = f"bridges[{number}]"
        subject = page.subject("bridge", item, path)
        page.add("bridge", path, id=subject, **item.dict(include={"length_m", "opened", "status"}))
        page.relate(subject, "connects", map(page.node, item.connects), f"{path}.connects")
        page.facts(subject, item.facts, "getting_there", f"{path}.facts")


def cable_cars(page: Page, file: f.CableCarsFile) -> None:
    """Cable cars."""
    title(page, file)
    for number, item in enumerate(file.cable_cars):
        path = f"cable_cars[{number}]"
        subject = page.subject("cable_car", item, path)
        page.add(
            "cable_car",
            path,
            id=subject,
            origin=page.node(item.origin),
            destination=page.node(item.destination),
            hours_source=page.source(item.hours_source, f"{path}.hours_source"),
            **item.dict(include={"operator", "length_m", "minutes", "opened", "hours"}),
        )
        page.text(subject, "hours_note", item.hours_note, path)
        page.facts(subject, item.facts, "cable_car", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)


def rail(page: Page, file: f.RailFile) -> None:
    """Railway lines and their trains."""
    title(page, file)
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
        page.add(
            "train",
            path,
            id=subject,
            line=ref("rail_line", train.line),
            origin=page.node(train.origin),
            destination=page.node(train.destination),
            departs=train.dep,
            arrives=train.arr,
            days=train.days,
            source=page.source(train.source, f"{path}.source"),
        )
        page.text(subject, "name", train.name, path)
        page.text(subject, "note", train.note, path)


def dishes(page: Page, file: f.DishesFile) -> None:
    """Dishes and specialities."""
    title(page, file)
    for number, item in enumerate(file.dishes):
        path = f"dishes[{number}]"
        subject = page.subject("dish", item, path)
        page.add(
            "dish",
            path,
            id=subject,
            months=",".join(map(str, item.months)) or None,
            source=page.source(item.source, f"{path}.source"),
            **item.dict(include={"kind", "vegetarian", "good_gift"}),
        )
        for name, words in (("where", item.where), ("season", item.season), ("what", item.what)):
            page.text(subject, name, words, path)
        page.relate(subject, "place", map(page.node, item.places), f"{path}.places")
        page.facts(subject, item.facts, "food", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)
