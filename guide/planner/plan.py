"""``plan``: from a request to an itinerary, or to the reason why there is none and the nearest plan that works."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Iterator, Optional

from guide.planner.build import Draft, build, needs_lunch
from guide.planner.changes import Change, changed
from guide.planner.comfort import comfortable
from guide.planner.explain import hopeless, why_not
from guide.planner.itinerary import Itinerary
from guide.planner.notes import Note, note
from guide.planner.outings import catalogue_of
from guide.planner.problem import Solution
from guide.planner.request import MOST_DAYS, RequestError, TripRequest
from guide.planner.search import search
from guide.planner.settling import settle
from guide.planner.stops import MaxSeconds, MaxSteps, Stop
from guide.planner.writing import write
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

FEW_DAYS = 3
SECONDS, MORE_SECONDS = 0.22, 0.42  # of building and search in service, for a few days and for more …
STEPS, MORE_STEPS = 500, 900  # … or so many steps: whichever ends first
QUICK = MaxSteps(60)  # to see whether a change of the request would help
NEAREST = 0.5  # share of the seconds and steps for the nearest plan
PATIENCE = 0.4  # seconds in service from which on no further change of the request is tried
OF_TIME = (
    "no_time",
    "too_far",
    "closes",
    "out_of_the_way",
    "enough_climbing",
    "enough_of_sort",
    "no_lunch",
    "way_too_long",
)
OF_THE_DATE = ("closed", "not_open", "festival_avoided")
WEEK = 7


class Infeasible(Exception):
    """The wishes cannot be met: ``explanations`` say which rule fails for which wish.

    ``nearest`` is a plan that works, ``given_up`` what it leaves out or does differently from what was asked.
    """

    def __init__(
        self, explanations: tuple[Note, ...], nearest: Optional[Itinerary], given_up: tuple[Note, ...]
    ) -> None:
        super().__init__("; ".join(f"{one.code} {dict(one.values)}" for one in explanations))
        self.explanations, self.nearest, self.given_up = explanations, nearest, given_up


def plan(site: SiteDb, request: TripRequest, stop: Optional[Stop] = None, seed: int = 0) -> Itinerary:
    """The itinerary for a request. With MaxSteps the same request gives the same plan.

    Infeasible where a wish cannot be met; RequestError where the request itself cannot be meant.
    """
    if stop is None and not seed:
        return _remembered(site, request, site.version())
    return _planned(site, request, stop or in_service(request), seed)


def in_service(request: TripRequest) -> MaxSeconds:
    """When the search for an answer to a visitor ends."""
    few = request.days <= FEW_DAYS
    return MaxSeconds(SECONDS if few else MORE_SECONDS, STEPS if few else MORE_STEPS)


@lru_cache(maxsize=256)
def _remembered(site: SiteDb, request: TripRequest, version: int) -> Itinerary:
    """In service too the same wishes get the same plan, however busy the machine, as long as no fact changes."""
    return _planned(site, request, in_service(request), 0)


def _planned(site: SiteDb, request: TripRequest, stop: Stop, seed: int) -> Itinerary:
    draft, solution, failures = _attempt(site, request, stop, seed)
    if failures or solution is None:
        nearest, given_up = _nearest(site, request, failures, _less(stop), seed)
        raise Infeasible((*failures, *_would_help(site, request, failures, stop, seed)), nearest, given_up)
    return write(site, draft, solution)


def _less(stop: Stop) -> Stop:
    """A shorter search in service, where a visitor has waited for one already."""
    if not isinstance(stop, MaxSeconds):
        return stop
    return MaxSeconds(stop.seconds * NEAREST, stop.steps and int(stop.steps * NEAREST))


def _attempt(
    site: SiteDb, request: TripRequest, stop: Stop, seed: int
) -> tuple[Draft, Optional[Solution], tuple[Note, ...]]:
    if isinstance(stop, MaxSeconds):
        stop.begin()
    draft = build(site, settle(site, request))
    vain = tuple(_vain_wishes(site, draft))
    if vain:
        return draft, None, vain
    found = search(draft.problem, stop, seed)
    solution = comfortable(draft, found) if found else None
    return draft, solution, tuple(_failures(site, draft, solution))


def _vain_wishes(site: SiteDb, draft: Draft) -> Iterator[Note]:
    """Wishes that no search need be made for."""
    catalogue, ends = catalogue_of(site), (draft.trip.start, draft.trip.end)
    for ref, _ in draft.wishes:
        reason = None if ref in ends else hopeless(site, draft, ref, catalogue.covering(ref.id))
        if reason:
            yield reason


def _failures(site: SiteDb, draft: Draft, solution: Optional[Solution]) -> Iterator[Note]:
    """The rules and wishes that the found plan does not keep."""
    if solution is None:
        minutes = int(draft.problem.direct[0, 1])
        yield note("way_too_long", ref=draft.trip.end, minutes=minutes)
        return
    nodes = [[draft.nodes[node] for node in tour] for tour in solution.tours]
    visited = {node.outing.id for day in nodes for node in day if node.outing}
    for ref, ids in draft.wishes:
        if not ids & visited and ref not in (draft.trip.start, draft.trip.end):
            yield why_not(site, draft, solution, ref, catalogue_of(site).covering(ref.id))
    for day, tour in enumerate(nodes):
        if needs_lunch(draft.trip, day) and not any(node.town or node.with_lunch for node in tour):
            yield note("no_lunch", day=day + 1)
    if not visited:
        yield note("nothing_fits")


def replan(site: SiteDb, itinerary: Itinerary, change: Change, stop: Optional[Stop] = None, seed: int = 0) -> Itinerary:
    """The plan after a change, otherwise as much the same as it can be; the old one is the undo.

    CannotChange where the change makes no sense, Infeasible where it cannot be had.
    """
    return plan(site, changed(site, itinerary, change), stop, seed)


# the nearest plan that works


def _nearest(
    site: SiteDb, request: TripRequest, failures: tuple[Note, ...], stop: Stop, seed: int
) -> tuple[Optional[Itinerary], tuple[Note, ...]]:
    """A plan for the request without what fails, giving up as little as possible."""
    for eased, given_up in _eased(site, request, failures):
        draft, solution, left = _attempt(site, eased, stop, seed)
        if solution and not left:
            return write(site, draft, solution), given_up
    return None, ()


def _eased(
    site: SiteDb, request: TripRequest, failures: tuple[Note, ...]
) -> Iterator[tuple[TripRequest, tuple[Note, ...]]]:
    """Requests that ask for less and less."""
    failed = [ref for one in failures if (ref := one.ref())]
    milder, said = _without(site, request, failed)
    yield milder, said
    if request.keep or request.no_more:  # a change left too little: plan anew
        milder, said = milder.afresh(), (*said, note("anew"))
        yield milder, said
    if request.budget is not None:
        milder, said = replace(milder, budget=None), (*said, note("without_budget"))
        yield milder, said
    if any(request.nights):
        milder, said = replace(milder, nights=()), (*said, note("without_nights"))
        yield milder, said
    if request.begin is not None or request.end_by is not None:
        milder, said = replace(milder, begin=None, end_by=None), (*said, note("without_times"))
        yield milder, said
    milder = replace(milder, must=(), on_day=(), festivals="any")
    yield milder, (*said, note("without_wishes"))
    for days in range(request.days + 1, MOST_DAYS + 1):
        yield replace(milder, days=days), (*said, note("more_days", days=days))
    yield replace(milder, avoid=(), start=None, end=None), (*said, note("from_default_start"))


def _without(site: SiteDb, request: TripRequest, failed: list[Ref]) -> tuple[TripRequest, tuple[Note, ...]]:
    """The request without the wishes that fail; of a mountain, what of it is gentle enough is wished instead."""
    trip = settle(site, request)
    standing = dict(zip(request.must, trip.must, strict=True))
    gone = [ref for ref, place in standing.items() if place in failed or ref in failed]
    gentler = [ref for ref in gone if (outer := _around(site, standing[ref])) and outer not in request.must]
    instead = [outer for ref in gentler if (outer := _around(site, standing[ref])) and outer.id not in trip.avoid]
    must = tuple(dict.fromkeys((*(ref for ref in request.must if ref not in gone), *instead)))
    on_day = tuple(pair for pair in request.on_day if pair[0] not in gone)
    said = tuple(note("without", ref=standing[ref]) for ref in gone)
    return replace(request, must=must, on_day=on_day), said + tuple(note("instead", ref=ref) for ref in instead)


def _around(site: SiteDb, ref: Ref) -> Optional[Ref]:
    """The complex whose other outings may do instead."""
    catalogue = catalogue_of(site)
    outer = (
        next((place for place in site.ancestors(ref.id) if place.kind != "city"), None) if ref.kind == "place" else None
    )
    here = {outing.place for outing in catalogue.outings if outing.stops}
    return outer.ref if outer and outer.ref in here else None


def _would_help(
    site: SiteDb, request: TripRequest, failures: tuple[Note, ...], stop: Stop, seed: int
) -> Iterator[Note]:
    """What change of the request would make it possible: more days, or another date; as far as there is time to try."""
    if any(one.code in OF_TIME for one in failures):
        for days in range(request.days + 1, min(request.days + 2, MOST_DAYS) + 1):
            if _in_time(stop) and _works(site, replace(request, days=days), seed):
                yield note("would_work_with_days", days=days)
                return
    if any(one.code in OF_THE_DATE for one in failures):
        first = settle(site, request).days[0]
        for later in range(1, WEEK):
            day = first + timedelta(days=later)
            if _in_time(stop) and _works(site, replace(request, first_day=day), seed):
                yield note("would_work_from", on=day)
                return


def _in_time(stop: Stop) -> bool:
    return not isinstance(stop, MaxSeconds) or stop.elapsed() < PATIENCE


def _works(site: SiteDb, request: TripRequest, seed: int) -> bool:
    try:
        return not _attempt(site, request, QUICK, seed)[2]
    except RequestError:
        return False
