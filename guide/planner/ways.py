"""Minutes between everything that a trip can touch, for one means of transport, and the legs that make them up.

Dijkstra's shortest paths over the road links of the site database by networkx, all pairs at once, once for each version
of the database; places off the graph are joined as ``guide.roads`` joins them. Ferries and boats take waiting time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Iterable, Optional, Sequence

import networkx as nx
import numpy as np

from guide.planner.tastes import table
from guide.refs import Ref
from guide.roads import great_circle_km, roads_of
from guide.sitedb.records import RoadLink, Source
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

UNREACHABLE = 1e6
WAIT = {"ferry": 20, "boat": 20}  # minutes until it leaves; the tables of the piers are not known
SLOWNESS = {"car": 1.0, "taxi": 1.0, "motorbike": 1.2, "bus": 1.35}  # of the links' driving times, which are a car's
BUS_WAIT, BUS_FROM_KM = 15, 8.0  # a coach is waited for; shorter ways are a taxi's
WALK_KM, WALK_KM_PER_MINUTE = 1.2, 4 / 60  # up to so far one walks between neighbours
ROUND = 5  # minutes: no driver can promise more
AFLOAT = ("ferry", "boat")


@dataclass(frozen=True)
class Way:
    """From one subject to another. ``minutes`` include ``wait``, rounded up to five; ``via``: the nodes between.

    ``mode`` is the means of the request or walk; ``afloat`` the modes of its ferries and boats.
    """

    start: Ref
    end: Ref
    mode: str
    km: float
    minutes: int
    wait: int = 0
    via: tuple[Ref, ...] = ()
    roads: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()
    afloat: tuple[str, ...] = ()
    toll: bool = False
    approximate: bool = False
    sources: tuple[Source, ...] = ()


class Ways:
    """The ways of one version of the site database by one means of transport."""

    def __init__(self, site: SiteDb, transport: str) -> None:
        self.site, self.transport = site, transport
        self.roads = roads_of(site)
        self.slowness = SLOWNESS[transport]
        self.graph = self._graph([link for link in site.road_links() if site.node(link.start) and site.node(link.end)])
        self.nodes = {node: at for at, node in enumerate(self.graph)}
        self._paths: dict[str, dict[str, list[str]]] = {}
        self.between = self._all_pairs()
        self.way = lru_cache(maxsize=4096)(self._way)
        self._access = lru_cache(maxsize=None)(self._reach)

    # the graph

    def _graph(self, links: Sequence[RoadLink]) -> nx.Graph:
        """Links that this transport can use; boats for those with a vehicle only where nothing else goes."""
        graph = nx.Graph()
        rolling = [link for link in links if link.mode not in ("boat", "walk") and not self._forbidden(link)]
        for link in rolling:
            self._add(graph, link)
        own_wheels = self.transport in ("car", "motorbike")
        for link in links:
            if link.mode == "boat" and not (own_wheels and graph.has_node(link.start) and graph.has_node(link.end)):
                self._add(graph, link)
        return graph

    def _add(self, graph: nx.Graph, link: RoadLink) -> None:
        minutes = self.link_minutes(link)
        known = graph.get_edge_data(link.start, link.end)
        if known is None or minutes < known["minutes"]:
            graph.add_edge(link.start, link.end, minutes=minutes, link=link)

    def link_minutes(self, link: RoadLink) -> float:
        """A link's minutes by this transport, waiting included."""
        if link.mode in AFLOAT:
            return link.minutes + WAIT[link.mode]
        return link.minutes * self.slowness

    def _forbidden(self, link: RoadLink) -> bool:
        if self.transport != "motorbike" or not link.roads:
            return False
        first = fold(link.roads[0])
        return any(first.startswith(name) for name in table()["expressways"])

    def _all_pairs(self) -> np.ndarray:
        """(nodes, nodes) minutes; ``UNREACHABLE`` where no way leads."""
        minutes = np.full((len(self.nodes), len(self.nodes)), UNREACHABLE)
        for node, (lengths, paths) in nx.all_pairs_dijkstra(self.graph, weight="minutes"):
            self._paths[node] = paths
            for other, length in lengths.items():
                minutes[self.nodes[node], self.nodes[other]] = length
        return minutes

    # joining places to it

    def _reach(self, ref: Ref) -> Optional[tuple[int, float, bool]]:
        """Number of the node through which a subject is reached, km to it, and whether it lies in the node's area."""
        head = self.roads.head(ref)
        if head is None or head.node not in self.nodes:
            return None
        return self.nodes[head.node], head.km, head.inside

    def known(self, ref: Ref) -> bool:
        """Whether any way leads there."""
        return self._access(ref) is not None

    def matrix(self, starts: Sequence[Ref], ends: Sequence[Ref]) -> np.ndarray:
        """(starts, ends) whole minutes in steps of five, as the legs will take."""
        every = list(dict.fromkeys((*starts, *ends)))
        node, drive, reached = self._joined(every)
        at = {ref: number for number, ref in enumerate(every)}
        rows, columns = [at[ref] for ref in starts], [at[ref] for ref in ends]
        minutes = self.between[np.ix_(node[rows], node[columns])] + drive[rows][:, None] + drive[columns]
        minutes[~(reached[rows][:, None] & reached[columns])] = UNREACHABLE
        self._add_bus_wait(minutes)
        for i, j in zip(*np.nonzero(node[rows][:, None] == node[columns]), strict=True):
            minutes[i, j] = self._beside(starts[i], ends[j])[1]
        return np.minimum(np.ceil(minutes / ROUND - 1e-6) * ROUND, UNREACHABLE)

    def _joined(self, refs: Sequence[Ref]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        found = [self._access(ref) for ref in refs]
        node = np.array([reach[0] if reach else -1 for reach in found])
        drive = np.array([self._drive(reach[1]) if reach else UNREACHABLE for reach in found])
        return node, drive, np.array([reach is not None for reach in found])

    def _drive(self, km: float) -> float:
        return km / self.roads.km_per_minute * self.slowness

    def _add_bus_wait(self, minutes: np.ndarray) -> None:
        if self.transport == "bus":
            minutes[(minutes > self._drive(BUS_FROM_KM)) & (minutes < UNREACHABLE)] += BUS_WAIT

    def _beside(self, start: Ref, end: Ref) -> tuple[float, float, str]:
        """km, minutes and mode between subjects of one node: on foot where near, else as the crow flies × factor."""
        here, there = self._access(start), self._access(end)
        if start == end or here is None or there is None:
            return 0.0, 0.0 if start == end else UNREACHABLE, "walk"
        spots = self.roads.location(start), self.roads.location(end)
        crow = great_circle_km(spots[0], spots[1]) * self.roads.factor if spots[0] and spots[1] else here[1] + there[1]
        if crow <= WALK_KM:
            return crow, crow / WALK_KM_PER_MINUTE, "walk"
        return crow, self._drive(crow), self.transport

    # one way in full

    def _way(self, start: Ref, end: Ref) -> Optional[Way]:
        here, there = self._access(start), self._access(end)
        if here is None or there is None:
            return None
        if here[0] == there[0]:
            return self._neighbours(start, end)
        if self.between[here[0], there[0]] >= UNREACHABLE:
            return None
        return self._long_way(start, end, here, there)

    def _neighbours(self, start: Ref, end: Ref) -> Way:
        km, minutes, mode = self._beside(start, end)
        mode = "taxi" if mode == "bus" else mode
        return Way(start, end, mode, round(km, 1), _up(minutes), approximate=mode != "walk" and start != end)

    def _long_way(self, start: Ref, end: Ref, here: tuple[int, float, bool], there: tuple[int, float, bool]) -> Way:
        names = list(self.nodes)
        path = self._paths[names[here[0]]][names[there[0]]]
        links: list[RoadLink] = [self.graph.edges[pair]["link"] for pair in pairwise(path)]
        km = sum(link.km for link in links) + here[1] + there[1]
        minutes = float(self.matrix([start], [end])[0, 0])
        turned = [link.start != node for link, node in zip(links, path, strict=False)]
        via = (self.site.node(node) for node in path)
        coach = self._waits(links, here, there)
        return Way(
            start,
            end,
            "taxi" if self.transport == "bus" and not coach else self.transport,
            round(km, 1),
            int(minutes),
            wait=sum(WAIT.get(link.mode, 0) for link in links) + (BUS_WAIT if coach else 0),
            via=tuple(ref for ref in via if ref and ref not in (start, end)),
            roads=_ordered((link.roads for link in links), turned),
            bridges=_ordered((link.bridges for link in links), turned),
            afloat=tuple(dict.fromkeys(link.mode for link in links if link.mode in AFLOAT)),
            toll=any(bool(link.toll) for link in links),
            approximate=bool(here[1] or there[1]) or self.transport == "bus",
            sources=tuple(dict.fromkeys(link.source for link in links if link.source)),
        )

    def _waits(self, links: Sequence[RoadLink], here: tuple[int, float, bool], there: tuple[int, float, bool]) -> bool:
        drive = sum(self.link_minutes(link) for link in links) + self._drive(here[1] + there[1])
        return self.transport == "bus" and drive > self._drive(BUS_FROM_KM)


def _ordered(names: Iterable[tuple[str, ...]], turned: Sequence[bool]) -> tuple[str, ...]:
    """The names along the way, each once, those of links driven backwards turned round."""
    ordered = (tuple(reversed(some)) if back else some for some, back in zip(names, turned, strict=False))
    return tuple(dict.fromkeys(name for some in ordered for name in some))


def _up(minutes: float) -> int:
    return int(math.ceil(minutes / ROUND - 1e-6) * ROUND)


def ways_of(site: SiteDb, transport: str) -> Ways:
    """The ways by this transport, computed anew only when a row has changed."""
    return _built(site, transport, site.version())


@lru_cache(maxsize=8)
def _built(site: SiteDb, transport: str, version: int) -> Ways:
    return Ways(site, transport)
