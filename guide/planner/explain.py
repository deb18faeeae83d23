"""Why a place is not in the plan: the first rule that keeps it out, found by trying."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Iterable, Iterator, Optional, Sequence

import numpy as np

from guide.planner.build import Draft, Node
from guide.planner.itinerary import LeftOut
from guide.planner.notes import Note, note
from guide.planner.outings import EFFORTS, Outing, catalogue_of
from guide.planner.problem import Problem, Solution
from guide.planner.tour import Timetable
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN = 3  # of the places that nobody asked for but that are worth a word
WORTH_A_WORD = 60.0  # points


def left_out(site: SiteDb, draft: Draft, solution: Solution) -> tuple[LeftOut, ...]:
    """What is not in the plan: wishes and stops of the chosen route first, then the best of the rest, each with why."""
    visited = _visited(draft, solution)
    seen = frozenset(id_ for outing in visited for id_ in outing.covers)
    found = [*_wished(site, draft, solution, seen), *_too_hard(site, draft, visited, seen)]
    named = {one.place for one in found}
    rest = (one for one in _best_of_the_rest(site, draft, solution, seen) if one.place not in named)
    return (*found, *(one for one, _ in zip(rest, range(SHOWN), strict=False)))


def why_not(site: SiteDb, draft: Draft, solution: Optional[Solution], ref: Ref, outings: Sequence[Outing]) -> Note:
    """The reason for which none of the outings that show the place is in the plan."""
    return hopeless(site, draft, ref, outings) or _by_trying(draft, solution, ref, outings)


def hopeless(site: SiteDb, draft: Draft, ref: Ref, outings: Sequence[Outing]) -> Optional[Note]:
    """The reason for which no plan of this trip can show the place, whatever else is in it; None where one may."""
    if not outings:
        return note("nothing_to_visit", ref=ref)
    return _unsuitable(site, draft, ref, outings) or _not_then(draft, ref, outings) or _too_far(draft, ref, outings)


def _visited(draft: Draft, solution: Solution) -> list[Outing]:
    nodes = (draft.nodes[node] for tour in solution.tours for node in tour)
    return [node.outing for node in nodes if node.outing]


def _wished(site: SiteDb, draft: Draft, solution: Solution, seen: frozenset[str]) -> Iterator[LeftOut]:
    catalogue, request = catalogue_of(site), draft.trip.request
    stops = site.get(Ref("route", request.route)).stops if request.route else ()
    on_route = [Ref("place", id_) for id_ in stops if site.find(Ref("place", id_))]
    for ref in dict.fromkeys((*draft.trip.must, *on_route)):
        outings = catalogue.covering(ref.id)
        shown = any(outing.covers & seen for outing in outings) or ref.id in (draft.trip.start.id, draft.trip.end.id)
        passed = ref in {draft.bases[base] for base in solution.bases}
        if not shown and not passed and (outings or ref in draft.trip.must):
            yield LeftOut(ref, why_not(site, draft, solution, ref, outings), wished=True)


def _too_hard(site: SiteDb, draft: Draft, visited: Iterable[Outing], seen: frozenset[str]) -> Iterator[LeftOut]:
    """The summit that a gentler way of seeing the mountain leaves out."""
    for outing in visited:
        others = [
            other
            for other in catalogue_of(site).outings
            if other.place == outing.place
            and other.worth > outing.worth
            and not other.wanted
            and EFFORTS[other.effort] > EFFORTS[draft.trip.effort]
        ]
        hard = [
            stop.place
            for other in others[:1]
            for stop in other.stops
            if stop.place.id not in seen and EFFORTS[site.get(stop.place).effort or "easy"] > EFFORTS[draft.trip.effort]
        ]
        if hard:
            yield LeftOut(hard[-1], note("too_hard", ref=hard[-1], effort=others[0].effort, limit=draft.trip.effort))


def _best_of_the_rest(site: SiteDb, draft: Draft, solution: Solution, seen: frozenset[str]) -> Iterator[LeftOut]:
    """Candidates that are worth a word and are not seen, the best first."""
    points: dict[str, tuple[float, Outing]] = {}
    for at, node in enumerate(draft.nodes):
        if node.outing and not node.outing.covers & seen:
            worth = float(draft.problem.score[at] - draft.problem.duty[at])
            points[node.outing.place.id] = max(
                points.get(node.outing.place.id, (0.0, node.outing)), (worth, node.outing), key=lambda pair: pair[0]
            )
    for worth, outing in sorted(points.values(), key=lambda pair: -pair[0]):
        if worth >= WORTH_A_WORD:
            yield LeftOut(outing.place, why_not(site, draft, solution, outing.place, (outing,)))


# the rules, one after the other


def _unsuitable(site: SiteDb, draft: Draft, ref: Ref, outings: Sequence[Outing]) -> Optional[Note]:
    if any(outing.id in draft.candidates for outing in outings):
        return None
    trip = draft.trip
    easiest = min(outings, key=lambda outing: EFFORTS[outing.effort])
    if all(outing.covers & trip.avoid for outing in outings):
        return note("avoided", ref=ref)
    if EFFORTS[easiest.effort] > EFFORTS[trip.effort]:
        return note("too_hard", ref=ref, effort=easiest.effort, limit=trip.effort)
    if not any(trip.ways.known(outing.place) for outing in outings):
        return note("unreachable", ref=ref)
    return note("steps_only", ref=ref) if trip.request.wheelchair else note("avoided", ref=ref)


def _nodes(draft: Draft, outings: Sequence[Outing]) -> list[int]:
    ids = {outing.id for outing in outings}
    return [at for at, node in enumerate(draft.nodes) if node.outing and node.outing.id in ids]


def _not_then(draft: Draft, ref: Ref, outings: Sequence[Outing]) -> Optional[Note]:
    """Closed on all days of the trip: by a notice, by its hours, or on account of a festival to be avoided."""
    problem, nodes = draft.problem, _nodes(draft, outings)
    if nodes and (problem.closes[:, nodes] >= problem.opens[:, nodes]).any():
        return None
    openings, days = draft.openings, draft.trip.days
    closures = [openings.closure(outing, day) for outing in outings for day in days]
    if closures and all(closures):
        assert closures[0]
        return note("closed", ref=ref, words=dict(closures[0].words), until=closures[0].ends)
    if (
        any(openings.festivals(outing, day) for outing in outings for day in days)
        and draft.trip.request.festivals == "avoid"
    ):
        return note("festival_avoided", ref=ref)
    return note("not_open", ref=ref)


def _too_far(draft: Draft, ref: Ref, outings: Sequence[Outing]) -> Optional[Note]:
    """Whether no day, wherever it begins and ends, has the time for it alone."""
    problem, nodes = draft.problem, _nodes(draft, outings)
    for day in range(problem.days):
        first, last = list(problem.bases[day]), list(problem.bases[day + 1])
        away = problem.out[np.ix_(first, nodes)].min(axis=0) + problem.home[np.ix_(last, nodes)].min(axis=0)
        if (away + problem.service[day, nodes] <= problem.ends[day] - problem.begins[day]).any():
            return None
    away = float(problem.out[np.ix_([0], nodes)].min())
    minutes = int(problem.service[:, nodes].min())
    return note("too_far", ref=ref, minutes=int(away), stay=minutes)


def _by_trying(draft: Draft, solution: Optional[Solution], ref: Ref, outings: Sequence[Outing]) -> Note:
    """Put it into the plan with one rule after the other let go; the rule without which it fits is the reason."""
    if solution is None:
        return note("no_time", ref=ref)
    attempts = [(day, node) for node in _nodes(draft, outings) for day in range(draft.problem.days)]
    timetables = _timetables(draft.problem, solution)
    for day, node in attempts:
        if _fits(draft.problem, solution, timetables, day, node):
            return _full_day(draft, solution, day, node, ref)
    for day, node in attempts:
        opened = draft.problem.closes[day, node] >= 0
        if opened and _fits(draft.problem, solution, timetables, day, node, any_hour=True):
            closes = draft.problem.closes[day, node] + draft.problem.service[day, node]
            return note("closes", ref=ref, at=int(closes), day=day + 1)
    return note("no_time", ref=ref, minutes=int(draft.problem.service[0, attempts[0][1]]))


def _timetables(problem: Problem, solution: Solution) -> list[Timetable]:
    travel = problem.travel.tolist()
    return [Timetable(problem, travel, day, solution.bases[day : day + 2]) for day in range(problem.days)]


def _fits(
    problem: Problem, solution: Solution, timetables: Sequence[Timetable], day: int, node: int, any_hour: bool = False
) -> bool:
    """Whether a day of the plan has the time for it, its loads and costs aside."""
    timetable, rivals = timetables[day], problem.excludes[node] | problem.excludes_today[node]
    order = [other for other in solution.tours[day] if not rivals[other]]
    stated = timetable.opens[node], timetable.closes[node]
    if any_hour:
        timetable.opens[node], timetable.closes[node] = 0.0, math.inf
    fits = any(timetable.schedule(order[:at] + [node] + order[at:]) is not None for at in range(len(order) + 1))
    timetable.opens[node], timetable.closes[node] = stated
    return fits


def _full_day(draft: Draft, solution: Solution, day: int, node: int, ref: Ref) -> Note:
    """It would fit by the clock: effort, enough of one sort or the money keep it out, else the way is too long."""
    problem, tour = draft.problem, list(solution.tours[day])
    load = problem.load[:, [*tour, node]].sum(axis=1) > problem.max_load[day]
    if load[0]:
        return note("enough_climbing", ref=ref, day=day + 1)
    if load[1:].any():
        return note("enough_of_sort", ref=ref, sort=_sort(draft.nodes[node]))
    spent = sum(float(problem.cost[v]) for tour in solution.tours for v in tour)
    if spent + problem.cost[node] > problem.max_cost:
        return note("too_dear", ref=ref, amount=int(problem.cost[node]))
    return note("out_of_the_way", ref=ref)


def _sort(node: Node) -> Optional[str]:
    return node.outing.sort if node.outing else None
