"""From a settled trip to the problem in numbers: which outings are in question, when, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterable, NamedTuple, Optional

import numpy as np

from guide.planner import tastes
from guide.planner.fees import fees_of
from guide.planner.openings import Hours, Openings
from guide.planner.outings import ABOARD, EFFORTS, Outing, catalogue_of
from guide.planner.problem import NEVER, Problem
from guide.planner.settling import Trip
from guide.planner.towns import Town, towns_of
from guide.refs import Ref
from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MUST, LUNCH = 5000.0, 2000.0  # points that make sure of it
ON_ROUTE = 250.0  # for stops of the route that was chosen
KEPT, PINNED = 40.0, 300.0  # for what the plan had that is being changed: as a whole, or in single places
WISHED = 1.5  # share of its worth that a wish gives a place: whoever asks for a mountain wants to see it well
FESTIVE = 1.8  # share of its worth that a wanted festival gives a place
KNOWN_TABLE = 4.0  # points for lunch where an eating place is known
LUNCH_FROM, LUNCH_UNTIL = 11 * 60, 13 * 60 + 30
LUNCH_MINUTES = {"slow": 60, "normal": 60, "full": 45}
WITH_LUNCH_FROM = 180  # minutes of a visit during which lunch may be had
STAYS = {"slow": 1.2, "normal": 1.0, "full": 0.9}  # share of the usual minutes on site
CROWD_MINUTES = 45  # queue at a cable car on a festival's crowded day
TRAVEL_COST = {"slow": 0.7, "normal": 0.6, "full": 0.45}  # points a minute
STAY_SCORE = {"slow": 30.0, "normal": 18.0, "full": 8.0}  # for not changing the hotel
SORT_LIMITS = {"worship": 3, "sea": 2, "city": 1, "fun": 1}  # visits of one sort on one day
DEVOUT = frozenset(("pagodas", "temples", "heritage", "history", "architecture"))
FAMILY = (0.85, 0.3)  # with children: share of every worth, and what is added for what children like
CHILD_FRIENDLY = "family"


class Node(NamedTuple):
    """What a node of the problem stands for: an outing in one span of its hours, or lunch in a town."""

    outing: Optional[Outing] = None
    town: Optional[Town] = None
    span: int = 0
    with_lunch: bool = False

    @property
    def place(self) -> Ref:
        """Where it is."""
        if self.outing:
            return self.outing.place
        assert self.town
        return self.town.place


@dataclass(frozen=True)
class Draft:
    """The problem, and what its nodes and bases stand for. ``bases[0]`` is the start, ``bases[1]`` the end."""

    trip: Trip
    problem: Problem
    nodes: tuple[Node, ...]
    bases: tuple[Ref, ...]
    openings: Openings
    wishes: tuple[tuple[Ref, frozenset[str]], ...]  # each must with the ids of the outings that fulfil it
    candidates: frozenset[str]  # ids of the outings in question, open or not on these days


def build(site: SiteDb, trip: Trip, only: Optional[Iterable[str]] = None) -> Draft:
    """The problem of a trip; ``only`` these outings (and lunch places by their ids), where a test wants few."""
    builder = _Builder(site, trip)
    return builder.draft(None if only is None else frozenset(only))


class _Builder:
    def __init__(self, site: SiteDb, trip: Trip) -> None:
        self.site, self.trip, self.request = site, trip, trip.request
        self.openings = Openings(site, trip.days)
        self.catalogue, self.towns = catalogue_of(site), towns_of(site)
        self.days = range(len(trip.days))
        self.wishes = {ref: self.catalogue.covering(ref.id) for ref in trip.must}
        self.wanted = {outing.id for outings in self.wishes.values() for outing in outings}
        self.on_route = {outing.id: outing for outing in self._route_outings()}
        self.on_day = dict(self.request.on_day)
        self.kept = dict(self.request.keep)
        self.lunch_minutes = LUNCH_MINUTES[trip.pace]

    def draft(self, only: Optional[frozenset[str]]) -> Draft:
        outings = [outing for outing in self.candidates() if only is None or outing.id in only]
        lunches = [town for town in self.towns.lunches if only is None or town.place.id in only]
        nodes = (*self._visit_nodes(outings), *(Node(town=town) for town in lunches if self._lunch_on_the_way(town)))
        bases, choices = self._bases()
        problem = self._problem(nodes, bases, choices)
        wishes = tuple((ref, frozenset(outing.id for outing in outings)) for ref, outings in self.wishes.items())
        candidates = frozenset(outing.id for outing in outings)
        return Draft(self.trip, problem, nodes, bases, self.openings, wishes, candidates)

    # which

    def candidates(self) -> list[Outing]:
        """The outings that this party can make, those asked for by name among them."""
        asked = {outing.id: outing for outings in self.wishes.values() for outing in outings}
        every = {**{outing.id: outing for outing in self.catalogue.outings}, **asked, **self.on_route}
        named = {*asked, *self.on_route}
        return [outing for outing in every.values() if self.suits(outing) and self._proposed(outing, named)]

    def suits(self, outing: Outing) -> bool:
        """Whether effort, wheelchair and what is avoided allow it."""
        return (
            EFFORTS[outing.effort] <= EFFORTS[self.trip.effort]
            and not outing.covers & self.trip.avoid
            and not any(around.id in self.trip.avoid for around in self.site.ancestors(outing.place.id))
            and not (self.request.wheelchair and self._has_steps(outing))
            and self.trip.ways.known(outing.place)
        )

    def _proposed(self, outing: Outing, asked: set[str]) -> bool:
        if outing.id in asked or outing.place in self.kept or self.request.no_more:
            return outing.id in asked or outing.place in self.kept
        return not outing.by_name and (not outing.wanted or bool(set(outing.wanted) & set(self.request.interests)))

    def _has_steps(self, outing: Outing) -> bool:
        return any(self._place(id_).wheelchair == "no" for id_ in outing.covers)

    def _place(self, id_: str) -> Place:
        place: Place = self.site.get(Ref("place", id_))
        return place

    def _route_outings(self) -> tuple[Outing, ...]:
        if self.request.route is None:
            return ()
        stops = self.site.get(Ref("route", self.request.route)).stops
        ends = (self.trip.start.id, self.trip.end.id)
        known = [id_ for id_ in stops if self.site.find(Ref("place", id_)) and id_ not in ends]
        return tuple(outing for id_ in known for outing in self.catalogue.covering(id_))

    def _visit_nodes(self, outings: Iterable[Outing]) -> Iterable[Node]:
        for outing in outings:
            spans = max(len(self.openings.hours(outing, day).spans) for day in self.trip.days)
            for span in range(spans):
                yield Node(outing, span=span)
                if outing.lunch and outing.minutes >= WITH_LUNCH_FROM:
                    yield Node(outing, span=span, with_lunch=True)

    def _lunch_on_the_way(self, town: Town) -> bool:
        """Nobody drives home for lunch: start and end count only where they are towns of the region."""
        at_home = town.place in (self.trip.start, self.trip.end) and not town.lodging
        return self.trip.ways.known(town.place) and not at_home

    # where the nights are

    def _bases(self) -> tuple[tuple[Ref, ...], tuple[tuple[int, ...], ...]]:
        """Start, end and the towns with beds; for each boundary between days which of them may be chosen."""
        free = [town.place for town in self.towns.nights if town.confirmed and self.trip.ways.known(town.place)]
        fixed = [self._night(ref) for ref in self.request.nights if ref]
        bases = (self.trip.start, self.trip.end, *dict.fromkeys((*free, *fixed)))
        every = tuple(bases.index(place, 2) for place in free)
        asked = (*self.request.nights, *[None] * len(self.trip.days))[: len(self.trip.days) - 1]
        nights = [(bases.index(self._night(ref), 2),) if ref else every for ref in asked]
        return bases, ((0,), *nights, (1,))

    def _night(self, ref: Ref) -> Ref:
        town = self.towns.of(ref)
        return town.place if town else ref

    # the numbers

    def _problem(
        self, nodes: tuple[Node, ...], bases: tuple[Ref, ...], choices: tuple[tuple[int, ...], ...]
    ) -> Problem:
        places, ways = [node.place for node in nodes], self.trip.ways
        duty = np.array([self._duty(node) for node in nodes])
        service = np.array([[self._minutes(node, day) for node in nodes] for day in self.days], float)
        opens, closes = self._windows(nodes, service)
        excludes, today = self._exclusions(nodes)
        sorts, limits = self._sorts(nodes)
        return Problem(
            score=np.array([self._points(node) for node in nodes]) + duty,
            duty=duty,
            service=service,
            travel=ways.matrix(places, places),
            out=ways.matrix(bases, places),
            home=ways.matrix(places, bases).T,
            direct=ways.matrix(bases, bases),
            bases=choices,
            opens=opens,
            closes=closes,
            begins=np.array(self.trip.begins, float),
            ends=np.array(self.trip.ends, float),
            base_score=np.array([self._comfort(base) for base in bases]),
            stay_score=STAY_SCORE[self.trip.pace],
            excludes=excludes,
            excludes_today=today,
            load=np.vstack([[node.outing.load if node.outing else 0.0 for node in nodes], *sorts]),
            max_load=np.tile([self.trip.max_load, *limits], (len(self.days), 1)),
            cost=np.array([self._cost(node) for node in nodes]),
            max_cost=float("inf") if self.request.budget is None else float(self.request.budget),
            travel_cost=TRAVEL_COST[self.trip.pace],
        )

    def _points(self, node: Node) -> float:
        if node.outing is None:
            return KNOWN_TABLE if node.town and node.town.eating else 1.0
        outing, place = node.outing, self._place(node.outing.place.id)
        points = outing.points * tastes.appeal(outing.tags, self.request.interests)
        points *= tastes.season_share(place.kind, self.trip.days[0].month)
        if self.request.children and CHILD_FRIENDLY not in self.request.interests:
            points *= FAMILY[0] + FAMILY[1] * outing.tags.get(CHILD_FRIENDLY, 0.0)
        if self.request.festivals == "want" and self._festive_days(outing):
            points *= FESTIVE
        return points * (WISHED if outing.id in self.wanted else 1.0)

    def _duty(self, node: Node) -> float:
        if node.outing is None:
            return LUNCH
        wished = sum(MUST for outings in self.wishes.values() if node.outing.id in {one.id for one in outings})
        on_route = ON_ROUTE if node.outing.id in self.on_route else 0.0
        kept = (PINNED if self.request.pinned else KEPT) if node.outing.place in self.kept else 0.0
        return wished + on_route + kept + (LUNCH if node.with_lunch else 0.0)

    def _minutes(self, node: Node, day: int) -> int:
        if node.outing is None:
            return self.lunch_minutes
        minutes: int = 5 * round(node.outing.minutes * STAYS[self.trip.pace] / 5)
        if node.outing.lines and self.openings.crowded(node.outing, self.trip.days[day]):
            minutes += CROWD_MINUTES
        return minutes + (self.lunch_minutes if node.with_lunch and node.outing.lunch != ABOARD else 0)

    def _windows(self, nodes: tuple[Node, ...], service: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        opens, closes = np.zeros(service.shape), np.full(service.shape, NEVER)
        for day in self.days:
            for at, node in enumerate(nodes):
                window = self._window(node, day, service[day, at])
                if window and window[1] >= window[0]:
                    opens[day, at], closes[day, at] = window
        return opens, closes

    def _window(self, node: Node, day: int, minutes: float) -> Optional[tuple[float, float]]:
        """The span of the day in which the node may begin; None: not on that day."""
        if node.outing is None:
            return (LUNCH_FROM, LUNCH_UNTIL - minutes) if self.needs_lunch(day) else None
        if not self._possible(node.outing, day) or (node.with_lunch and not self.needs_lunch(day)):
            return None
        spans = self.openings.hours(node.outing, self.trip.days[day]).spans
        if node.span >= len(spans):
            return None
        opens, closes = float(spans[node.span][0]), spans[node.span][1] - minutes
        if node.with_lunch:
            opens = max(opens, LUNCH_FROM + self.lunch_minutes - minutes)
            closes = min(closes, LUNCH_UNTIL - self.lunch_minutes)
        return opens, closes

    def needs_lunch(self, day: int) -> bool:
        """Whether the day holds noon: it begins before eleven and ends after half past one."""
        return needs_lunch(self.trip, day)

    def _possible(self, outing: Outing, day: int) -> bool:
        """Whether closures, festivals and wishes for certain days allow that day."""
        if self.openings.closure(outing, self.trip.days[day]):
            return False
        asked = next((number for ref, number in self.on_day.items() if ref.id in outing.covers), None)
        if asked is not None and asked != day + 1:
            return False
        kept = next((number for ref, number in self.kept.items() if ref.id == outing.place.id), None)
        if self.request.pinned and kept is not None and asked is None and kept != day + 1:
            return False
        festive = self._festive_days(outing)
        if self.request.festivals == "avoid" and outing.id not in self.wanted:
            return day not in festive
        return self.request.festivals != "want" or not festive or day in festive

    def _festive_days(self, outing: Outing) -> tuple[int, ...]:
        """The days on which there is a festival where the outing goes; its main days if the trip has any."""
        held = {day: self.openings.festivals(outing, self.trip.days[day]) for day in self.days}
        main = [day for day in self.days if any(self.openings.main_day(one, self.trip.days[day]) for one in held[day])]
        on = [day for day in self.days if held[day]]
        return tuple(main if main and self.request.festivals == "want" else on)

    def _exclusions(self, nodes: tuple[Node, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Outings that show the same exclude each other; lunch is had once a day, wherever."""
        ids = {
            id_: at
            for at, id_ in enumerate(sorted({id_ for node in nodes if node.outing for id_ in node.outing.covers}))
        }
        seen = np.zeros((len(nodes), len(ids)), dtype=np.int16)
        for at, node in enumerate(nodes):
            seen[at, [ids[id_] for id_ in node.outing.covers] if node.outing else []] = 1
        lunch = np.array([node.outing is None or node.with_lunch for node in nodes], dtype=bool)
        return (seen @ seen.T) > 0, lunch[:, None] & lunch

    def _sorts(self, nodes: tuple[Node, ...]) -> tuple[list[list[float]], list[float]]:
        rows = [[float(node.outing is not None and node.outing.sort == sort) for node in nodes] for sort in SORT_LIMITS]
        return rows, [float(self._sort_limit(sort)) for sort in SORT_LIMITS]

    def _sort_limit(self, sort: str) -> int:
        """How many visits of a sort a day may have; more where that is all that was asked for."""
        interests = set(self.request.interests)
        devout = sort == "worship" and bool(interests) and interests <= DEVOUT
        asked = sum(any(outing.sort == sort for outing in outings) for outings in self.wishes.values())
        return max(
            SORT_LIMITS[sort] + devout + (self.trip.pace == "full"), -(-asked // len(self.days)) + 1 if asked else 0
        )

    def _comfort(self, base: Ref) -> float:
        town = self.towns.all.get(base)
        return 4.0 * float(np.log2(1 + town.confirmed)) if town else 0.0

    def _cost(self, node: Node) -> float:
        if node.outing is None or self.request.budget is None:
            return 0.0
        fees = fees_of(self.site, node.outing, self.trip.days[0], self.request.asked_on)
        return float(sum(fee.low or 0 for fee in fees))


def needs_lunch(trip: Trip, day: int) -> bool:
    """Whether the day holds noon: it begins before eleven and ends after half past one."""
    return trip.begins[day] <= LUNCH_FROM and trip.ends[day] >= LUNCH_UNTIL


def hours_of(draft: Draft, node: Node, day: int) -> Hours:
    """The hours of a node's outing on a day of the trip."""
    assert node.outing
    return draft.openings.hours(node.outing, draft.trip.days[day])
