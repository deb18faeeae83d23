"""Everything that can be visited, as outings: a place as it stands, or one of the ways to see a complex or a bay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Mapping, NamedTuple, Optional

from guide.planner import tastes
from guide.refs import Ref
from guide.roads import roads_of
from guide.sitedb.records import Place, Source, Trail

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

EFFORTS = {"easy": 0, "moderate": 1, "hard": 2}
LOADS = (0.0, 1.0, 3.0)  # of effort, by its rank; a day holds only so much
PASSED_THROUGH = ("station", "airport", "port", "bridge", "lodging", "city")
LONGEST = 300  # minutes of a visit that no trail describes
ABOARD, TOWN = "aboard", "town"  # how lunch is had on an outing; also stalls and picnic
SHORT_STAY = 15  # minutes at a stop of which nothing is known
TIME_POWER = 0.8  # a visit twice as long is worth 1.7 times as much


class Stop(NamedTuple):
    """A part of an outing: ``reach`` minutes on the way to it by ``by``, then ``stay``."""

    place: Ref
    by: str
    reach: int
    stay: int
    line: Optional[Ref] = None  # the cable car, where that is the way


@dataclass(frozen=True)
class Outing:
    """One way of making a visit. ``covers``: ids of what is seen; two outings with one in common exclude each other.

    ``minutes`` from the gate back to the gate; ``back`` the part after the last stop. ``lunch``: how it is had on the
    way, None where it is not. ``wanted``: interests without which it is not proposed; ``by_name``: only for those who
    ask for it. ``earliest``/``latest``: when it may begin.
    """

    id: str
    place: Ref
    way: Optional[str]
    minutes: int
    effort: str
    load: float
    worth: float
    tags: Mapping[str, float]
    covers: frozenset[str]
    stops: tuple[Stop, ...] = ()
    back: int = 0
    lines: tuple[Ref, ...] = ()
    lunch: Optional[str] = None
    sort: Optional[str] = None
    sheltered: bool = False
    wanted: tuple[str, ...] = ()
    by_name: bool = False
    earliest: Optional[int] = None
    latest: Optional[int] = None
    estimated: bool = False
    source: Optional[Source] = None

    @property
    def points(self) -> float:
        """The worth of the time spent: longer visits are worth more, but not in proportion."""
        return self.worth * (self.minutes / 60) ** TIME_POWER


class Catalogue:
    """The outings of one version of the site database."""

    def __init__(self, site: SiteDb) -> None:
        self.site, self._by_name, self._ways = site, tastes.table()["by_name"], tastes.table()["ways"]
        trails = [self._trail(trail) for trail in site.trails() if _stands(site, trail)]
        described = {outing.place.id for outing in trails}
        seen_on_them = {id_ for outing in trails for id_ in outing.covers}
        plain = [
            self.plain(place)
            for place in site.all("place")
            if place.id not in seen_on_them and self._is_sight(place) and not self._within(place, described)
        ]
        self.outings: tuple[Outing, ...] = (*trails, *plain)

    def covering(self, place_id: str) -> tuple[Outing, ...]:
        """The outings on which a place is seen; of a complex without outings of its own, those of its parts.

        A place that none shows becomes an outing of its own; empty where there is nothing to visit.
        """
        found = [outing for outing in self.outings if place_id in outing.covers]
        if not found:
            inside = {place.id for place in self.site.children(place_id)}
            found = [outing for outing in self.outings if outing.place.id in inside]
        if not found:
            place = self.site.find(Ref("place", place_id))
            found = [self.plain(place)] if place and place.minutes else []
        return tuple(found)

    def plain(self, place: Place) -> Outing:
        """A place by itself, with the minutes and the effort of its row."""
        effort, tags = place.effort or "easy", tastes.tags_of(self.site, place)
        return Outing(
            id=place.id,
            place=place.ref,
            way=None,
            minutes=min(place.minutes or 45, LONGEST),
            effort=effort,
            load=LOADS[EFFORTS[effort]],
            worth=tastes.worth_of(self.site, place),
            tags=tags,
            covers=frozenset({place.id}),
            sort=tastes.sort_of(place, tags),
            sheltered=place.kind in tastes.table()["sheltered"],
            by_name=place.id in self._by_name or place.kind in PASSED_THROUGH,
            estimated="minutes" in place.estimates,
        )

    def _is_sight(self, place: Place) -> bool:
        spread = place.kind == "complex" and any(child.minutes for child in self.site.children(place.id))
        return bool(place.minutes) and place.kind not in PASSED_THROUGH and not spread

    def _within(self, place: Place, described: set[str]) -> bool:
        """Whether it lies inside a complex whose outings are described: there is no road to it by itself."""
        head = roads_of(self.site).head(place.ref)
        inside = bool(head and head.inside)
        return inside and any(around.id in described for around in self.site.ancestors(place.id))

    def _trail(self, trail: Trail) -> Outing:
        place: Place = self.site.get(Ref("place", trail.place))
        likes, stops = self._ways.get(trail.id, {}), self._stops(trail)
        effort = max(
            (self._effort(stop.place) for stop in stops), default=self._effort(place.ref), key=EFFORTS.__getitem__
        )
        tags, kind = {**tastes.tags_of(self.site, place), **likes.get("tags", {})}, likes.get("kind", place.kind)
        return Outing(
            id=trail.id,
            place=place.ref,
            way=trail.way,
            minutes=_five(trail.minutes or sum(stop.reach + stop.stay for stop in stops) + trail.back),
            effort=effort,
            load=float(likes.get("load", LOADS[EFFORTS[effort]])),
            worth=(tastes.worth_of(self.site, place) + likes.get("fame", 0)) * likes.get("worth", 1.0),
            tags=tags,
            covers=frozenset({place.id, *(stop.place.id for stop in stops)}),
            stops=stops,
            back=trail.back,
            lines=(*(stop.line for stop in stops if stop.line), *(Ref("cable_car", id_) for id_ in trail.lines)),
            lunch=trail.lunch,
            sort=kind if kind in ("sea", "city", "fun") else tastes.sort_of(place, tags),
            sheltered=likes.get("sheltered", kind in tastes.table()["sheltered"]),
            wanted=tuple(likes.get("wanted", ())),
            by_name=place.id in self._by_name,
            earliest=_clock(trail.earliest),
            latest=_clock(trail.latest),
            estimated=bool(trail.estimates),
            source=trail.source,
        )

    def _stops(self, trail: Trail) -> tuple[Stop, ...]:
        stops = []
        for part in trail.stops:
            record: Place = self.site.get(Ref("place", part.place))
            stay = record.minutes or SHORT_STAY if part.stay is None else part.stay
            line = Ref("cable_car", part.line) if part.line else None
            stops.append(Stop(record.ref, part.reached_by, part.reach, stay, line))
        return _shortened(stops, trail.minutes - trail.back) if trail.minutes and stops else tuple(stops)

    def _effort(self, ref: Ref) -> str:
        return self.site.get(ref).effort or "easy"


def _shortened(stops: list[Stop], minutes: int) -> tuple[Stop, ...]:
    """The stops with stays in proportion, so that all together take so many minutes."""
    ways, stays = sum(stop.reach for stop in stops), sum(stop.stay for stop in stops)
    share = (minutes - ways) / stays if stays else 1.0
    return tuple(stop._replace(stay=max(5, _five(stop.stay * share))) for stop in stops)


def _five(minutes: float) -> int:
    return int(5 * round(minutes / 5))


def _clock(text: Optional[str]) -> Optional[int]:
    if text is None:
        return None
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _stands(site: SiteDb, trail: Trail) -> bool:
    """Whether the database has all that the trail leads to: staff may have taken a place out."""
    places = [Ref("place", trail.place), *(Ref("place", stop.place) for stop in trail.stops)]
    lines = [id_ for id_ in (*trail.lines, *(stop.line for stop in trail.stops)) if id_]
    return all(site.find(ref) for ref in (*places, *(Ref("cable_car", id_) for id_ in lines)))


def catalogue_of(site: SiteDb) -> Catalogue:
    """The outings of this site database, made anew only when a row has changed."""
    return _built(site, site.version())


@lru_cache(maxsize=4)
def _built(site: SiteDb, version: int) -> Catalogue:
    return Catalogue(site)
