"""The road graph: shortest trips by driving time, and honest approximations for places that no link names.

The links of the site database are the edges. A place that is not a node is reached through its *road head*: the node
where its own road, path or boat begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from guide.refs import Ref
from guide.roads.anchors import standing_place
from guide.roads.geo import great_circle_km
from guide.sitedb.records import Location, RoadLink, Source, Words

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

INSIDE_KM = 5.0  # a part of a complex lies inside it as far as this from its node; beyond, it has a road of its own
DEAD_END_PENALTY = 2.0  # a node at the end of its own road leads on less often than one on a through road
TIE_BREAK = 1e-6  # minutes a km
CALIBRATION_KM = (3.0, 25.0)  # shorter links are noise of the coordinates, longer ones expressways


class RoadHead(NamedTuple):
    """The node through which a subject is reached, and what lies between them.

    ``km`` is 0 at the node itself and inside a complex; ``inside`` says that the rest is on foot, by cable car or boat.
    """

    node: str
    km: float
    inside: bool


@dataclass(frozen=True)
class RoadLeg:
    """One link of a trip. mode: car | ferry | boat | walk | approach (estimated as the crow flies)."""

    start: Ref
    end: Ref
    km: float
    minutes: float
    mode: str
    roads: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()
    toll: bool | None = None
    note: Words | None = None
    source: Source | None = None


@dataclass(frozen=True)
class RoadTrip:
    """A trip between two subjects, by the links that take the least time.

    ``reaches`` is where the road ends: ``end`` itself, or the complex or port from which one walks, rides or sails on.
    ``approximate`` is true where a part was estimated because no link leads there.
    """

    start: Ref
    end: Ref
    leaves: Ref
    reaches: Ref
    legs: tuple[RoadLeg, ...]

    @property
    def km(self) -> float:
        """The whole distance in km."""
        return sum(leg.km for leg in self.legs)

    @property
    def minutes(self) -> float:
        """The whole time in minutes, without stops or waiting."""
        return sum(leg.minutes for leg in self.legs)

    @property
    def approximate(self) -> bool:
        """Whether a part of the way was estimated from the distance as the crow flies."""
        return any(leg.mode == "approach" for leg in self.legs)

    @property
    def modes(self) -> tuple[str, ...]:
        """The ways of travel, in order of their first use; an approach counts as a car ride."""
        return tuple(dict.fromkeys("car" if leg.mode == "approach" else leg.mode for leg in self.legs))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the links used, once."""
        return tuple(dict.fromkeys(leg.source for leg in self.legs if leg.source))


class Roads:
    """The road graph of one version of the site database."""

    def __init__(self, site: SiteDb) -> None:
        self._site = site
        links = site.road_links()
        self._refs = {id_: ref for link in links for id_ in link[:2] if (ref := site.node(id_))}
        self._provinces = {id_: site.get(ref).province_before for id_, ref in self._refs.items()}
        usable = [link for link in links if link.start in self._refs and link.end in self._refs]
        self._any = _graph(usable)
        self._driven = _graph([link for link in usable if link.mode != "boat"])
        # Remembered for as long as this version of the database stands.
        self.location = lru_cache(maxsize=None)(self._location)
        self.head = lru_cache(maxsize=None)(self._head)
        self._found = lru_cache(maxsize=4096)(self._find)
        self.factor, self.km_per_minute = self._calibrate(usable)

    def trip(self, start: Ref, end: Ref, boats: bool = True) -> RoadTrip | None:
        """The quickest trip between two subjects; None where one of them is nowhere or cannot be reached.

        Without ``boats`` only what a car or motorbike can use is considered (car ferries included).
        """
        return self._found(start, end, boats)

    def _find(self, start: Ref, end: Ref, boats: bool) -> RoadTrip | None:
        leaves, reaches = self.head(start), self.head(end)
        if not leaves or not reaches:
            return None
        if leaves.node == reaches.node:
            return self._short_trip(start, end, leaves, reaches)
        links = self._path(leaves.node, reaches.node, boats)
        if links is None:
            return None
        legs = [*self._approach(start, leaves), *links, *reversed(self._approach(end, reaches, outward=False))]
        return RoadTrip(start, end, self._refs[leaves.node], self._refs[reaches.node], tuple(legs))

    def crow_km(self, start: Ref, end: Ref) -> float | None:
        """The distance as the crow flies in km; None where a location is unknown."""
        here, there = self.location(start), self.location(end)
        return great_circle_km(here, there) if here and there else None

    def _location(self, ref: Ref) -> Location | None:
        """The subject's own location, else that of the place where it stands."""
        place = standing_place(self._site, ref)
        return self._site.location(ref) or (self._site.location(place) if place else None)

    def is_node(self, ref: Ref) -> bool:
        """Whether a link names this place or gateway itself."""
        return self._refs.get(ref.id) == ref

    def _head(self, ref: Ref) -> RoadHead | None:
        place = standing_place(self._site, ref)
        if place is None:
            return None
        if self.is_node(place):
            return RoadHead(place.id, 0.0, inside=place != ref)
        return self._containing_head(place) or self._port_head(place) or self._nearest_head(place)

    def _containing_head(self, place: Ref) -> RoadHead | None:
        ancestors = self._site.ancestors(place.id) if place.kind == "place" else ()
        for ancestor in ancestors:
            distance = self.crow_km(place, ancestor.ref)
            if self.is_node(ancestor.ref) and (distance is None or distance <= INSIDE_KM):
                return RoadHead(ancestor.id, 0.0, inside=True)
        return None

    def _port_head(self, place: Ref) -> RoadHead | None:
        """A bay has no road: its head is the first port that serves it."""
        record = self._site.find(place)
        if getattr(record, "kind", None) != "bay":
            return None
        gateways = self._site.all("gateway")
        ports = (port for port in gateways if port.kind == "port" and place.id in port.serves)
        return next((RoadHead(port.id, 0.0, inside=True) for port in ports if self.is_node(port.ref)), None)

    def _nearest_head(self, place: Ref) -> RoadHead | None:
        """The nearest node of the same former province (their borders follow rivers and ridges), else of any."""
        here = self.location(place)
        located = [(id_, where) for id_, ref in self._refs.items() if (where := self.location(ref))]
        if here is None or not located:
            return None
        province = getattr(self._site.find(place), "province_before", None)
        same = [(id_, where) for id_, where in located if self._provinces[id_] == province]
        node, where = min(same or located, key=lambda it: great_circle_km(here, it[1]) * self._penalty(it[0]))
        return RoadHead(node, great_circle_km(here, where) * self.factor, inside=False)

    def _penalty(self, node: str) -> float:
        return 1.0 if self._any.degree(node) > 1 else DEAD_END_PENALTY

    def _path(self, start: str, end: str, boats: bool) -> list[RoadLeg] | None:
        graph = self._any if boats else self._driven
        try:
            nodes = nx.dijkstra_path(graph, start, end, weight="cost")
        except (nx.NodeNotFound, nx.NetworkXNoPath):
            return None
        return [self._leg(graph.edges[pair]["link"], pair) for pair in pairwise(nodes)]

    def _leg(self, link: RoadLink, pair: tuple[str, str]) -> RoadLeg:
        turned = link.start != pair[0]
        roads, bridges = (tuple(reversed(it)) if turned else tuple(it) for it in (link.roads, link.bridges))
        return RoadLeg(
            self._refs[pair[0]],
            self._refs[pair[1]],
            link.km,
            link.minutes,
            link.mode,
            roads,
            bridges,
            link.toll,
            link.note,
            link.source,
        )

    def _approach(self, ref: Ref, head: RoadHead, outward: bool = True) -> list[RoadLeg]:
        if not head.km:
            return []
        ends = (ref, self._refs[head.node]) if outward else (self._refs[head.node], ref)
        return [RoadLeg(*ends, head.km, head.km / self.km_per_minute, "approach")]

    def _short_trip(self, start: Ref, end: Ref, leaves: RoadHead, reaches: RoadHead) -> RoadTrip:
        """Between two subjects of one road head: by an estimated road where both have one, else none at all."""
        node = self._refs[leaves.node]
        crow = self.crow_km(start, end) if leaves.km and reaches.km and start != end else None
        if crow is not None:
            legs = [RoadLeg(start, end, crow * self.factor, crow * self.factor / self.km_per_minute, "approach")]
        else:
            legs = self._approach(start, leaves) + self._approach(end, reaches, outward=False) if start != end else []
        return RoadTrip(start, end, node, node, tuple(legs))

    def _calibrate(self, links: list[RoadLink]) -> tuple[float, float]:
        """How much longer than the crow flies our links are, and how fast they are driven (km a minute): medians."""
        shortest, longest = CALIBRATION_KM
        ratios, speeds = [], []
        for link in links:
            crow = self.crow_km(self._refs[link.start], self._refs[link.end])
            if link.mode == "car" and crow and shortest <= crow <= longest:
                ratios.append(link.km / crow)
                speeds.append(link.km / link.minutes)
        return (max(1.0, median(ratios)), median(speeds)) if ratios else (1.0, 0.5)


def _graph(links: list[RoadLink]) -> nx.Graph:
    """An undirected graph with the quicker of two links that join the same nodes.

    The cost is time; of two ways that take equally long the shorter one wins, so that the way back is the same.
    """
    graph = nx.Graph()
    for link in links:
        cost = link.minutes + link.km * TIE_BREAK
        known = graph.get_edge_data(link.start, link.end)
        if known is None or cost < known["cost"]:
            graph.add_edge(link.start, link.end, cost=cost, link=link)
    return graph


def roads_of(site: SiteDb) -> Roads:
    """The road graph of this site database, built anew only when a row has changed."""
    return _built(site, site.version())


@lru_cache(maxsize=4)
def _built(site: SiteDb, version: int) -> Roads:
    return Roads(site)
