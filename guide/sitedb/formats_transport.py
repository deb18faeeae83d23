"""The formats of the files in data/facts/transport and data/facts/food."""

from __future__ import annotations

from typing import Optional

from pydantic import Field

from guide.sitedb import values as v
from guide.sitedb.formats import Location, Named, Price, Province, Slugs, Strict, TableFile


class Gateway(Named):
    """Where trips begin: airport, port, station, bridge or city."""

    kind: v.GatewayKind
    province: Province
    location: Location
    status: Optional[v.Text]
    serves: Slugs = Field(default_factory=list)


class GatewaysFile(TableFile):
    """transport/gateways.yaml"""

    gateways: list[Gateway]


class Toll(Strict):
    """Whether the road costs a toll, and how much."""

    charged: Optional[v.Bool]
    vnd: Optional[v.Count]
    vnd_per_km: Optional[v.Count]
    note: v.Words = Field(default_factory=dict)
    source: Optional[str]


class RoadLink(Strict):
    """An edge of the road graph."""

    origin: v.Slug = Field(alias="from")
    destination: v.Slug = Field(alias="to")
    km: v.Amount
    minutes: v.Amount
    mode: v.Mode
    roads: list[v.Text] = Field(default_factory=list)
    bridges: Slugs = Field(default_factory=list)
    toll: Toll = Field(default_factory=lambda: Toll.parse_obj({}))
    note: v.Words = Field(default_factory=dict)
    source: str


class RoadLinksFile(TableFile):
    """transport/road_links.yaml"""

    edges: list[RoadLink]


class TrailStop(Strict):
    """A part of a trail: minutes on the way to it, then minutes there (its place's own where none are given)."""

    place: v.Slug
    by: v.ReachedBy
    reach: v.Count
    stay: Optional[v.Count]
    line: Optional[v.Slug]


class Trail(Strict):
    """A way to see a place."""

    id: v.Slug
    place: v.Slug
    way: v.Text
    minutes: Optional[v.Count]
    back: v.Count = v.Count(0)
    lunch: Optional[v.TrailLunch]
    earliest: Optional[v.Clock]
    latest: Optional[v.Clock]
    lines: Slugs = Field(default_factory=list)
    stops: list[TrailStop] = Field(default_factory=list)
    estimates: list[v.EstimatedParts] = Field(default_factory=list)
    source: str


class TrailsFile(TableFile):
    """transport/trails.yaml"""

    trails: list[Trail]


class BusLine(Named):
    """A coach or bus line."""

    origins: Slugs = Field(alias="from")
    destinations: Slugs = Field(alias="to")
    stops: Slugs = Field(default_factory=list)
    operators: list[v.Text] = Field(default_factory=list)
    prices: list[Price] = Field(default_factory=list)
    first: Optional[v.Clock]
    last: Optional[v.Clock]
    frequency_min: Optional[v.Count]
    duration_min: Optional[v.Count]
    status: Optional[v.Text]
    source: str


class BusFile(TableFile):
    """transport/bus.yaml"""

    lines: list[BusLine]


class Boat(Named):
    """A ferry or boat line."""

    origin: v.Slug = Field(alias="from")
    destination: v.Slug = Field(alias="to")
    minutes: Optional[v.Count]
    vehicles: v.Bool
    prices: list[Price] = Field(default_factory=list)
    source: str


class BoatsFile(TableFile):
    """transport/boats.yaml"""

    boats: list[Boat]


class Bridge(Named):
    """A bridge on the linked routes."""

    length_m: Optional[v.Count]
    opened: Optional[v.PartialDate]
    connects: Slugs
    status: Optional[v.Text]


class BridgesFile(TableFile):
    """transport/bridges.yaml"""

    bridges: list[Bridge]


class CableCar(Named):
    """A cable car."""

    origin: v.Slug = Field(alias="from")
    destination: v.Slug = Field(alias="to")
    operator: Optional[v.Text]
    length_m: Optional[v.Count]
    minutes: Optional[v.Count]
    opened: Optional[v.PartialDate]
    hours: Optional[v.Hours]
    hours_note: v.Words = Field(default_factory=dict)
    hours_source: Optional[str]
    prices: list[Price] = Field(default_factory=list)


class CableCarsFile(TableFile):
    """transport/cable_cars.yaml"""

    cable_cars: list[CableCar]


class RailLine(Named):
    """A railway line with its fares."""

    stations: Slugs = Field(default_factory=list)
    status: Optional[v.Text]
    prices: list[Price] = Field(default_factory=list)


class Train(Strict):
    """A departure of the timetable."""

    id: v.Slug
    name: v.Words
    line: v.Slug
    origin: v.Slug = Field(alias="from")
    destination: v.Slug = Field(alias="to")
    dep: Optional[v.Clock]
    arr: Optional[v.Clock]
    days: Optional[v.Text]
    note: v.Words = Field(default_factory=dict)
    source: str


class RailFile(TableFile):
    """transport/rail.yaml"""

    lines: list[RailLine]
    timetable: list[Train]


class Dish(Named):
    """A dish or speciality."""

    kind: v.DishKind
    places: Slugs
    where: v.Words
    season: v.Words
    months: list[v.Month] = Field(default_factory=list)
    what: v.Words
    vegetarian: Optional[v.Bool]
    good_gift: v.Bool = False
    prices: list[Price] = Field(default_factory=list)
    source: str


class DishesFile(TableFile):
    """food/dishes.yaml"""

    dishes: list[Dish]
