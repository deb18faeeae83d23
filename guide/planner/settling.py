"""From what was asked to what is planned: defaults for everything left open, each said as an assumption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Optional

from guide.calendar.festivals import next_occurrence
from guide.planner.notes import Note, note
from guide.planner.request import LATEST, SHORTEST_DAY, RequestError, TripRequest
from guide.planner.towns import towns_of
from guide.planner.ways import Ways, ways_of
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Festival

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

DEFAULT_START = Ref("place", "ha-noi")  # where most visitors set out
SATURDAY = 5
OLD, VERY_OLD = 65, 80  # ages from which climbs are chosen with care, or left out
SMALL, LITTLE = 7, 3  # ages up to which children need shorter ways, or are carried
LOAD_LIMITS = {"slow": 2.0, "normal": 4.0, "full": 6.0}  # a hard climb weighs 3, a moderate one 1
OLD_LOAD = 2.0
SOON = 60  # days within which a festival decides the date for who only says that they look for one
# Begin of a day and of the first one (with the long way there), end of a day and of the last one (with the way home).
DAY_TIMES = {
    "slow": (8 * 60 + 30, 7 * 60 + 30, 17 * 60 + 30, 18 * 60 + 30),
    "normal": (8 * 60, 7 * 60, 18 * 60, 19 * 60),
    "full": (7 * 60, 6 * 60, 18 * 60 + 30, 20 * 60),
}
DAY_TRIP_EARLIER = 30  # minutes: whoever comes from afar for a day sets out early


class UnknownSubject(RequestError):
    """The request names something that the site database does not have."""

    def __init__(self, ref: Ref | str) -> None:
        super().__init__(f"There is no {ref} in the site database")
        self.ref = ref


class PastDay(RequestError):
    """The trip would begin before the day of asking."""

    def __init__(self, day: date) -> None:
        super().__init__(f"A trip on {day} is in the past")
        self.day = day


@dataclass(frozen=True)
class Trip:
    """A request with everything settled. ``must``: the places that the wishes are about."""

    request: TripRequest
    start: Ref
    end: Ref
    days: tuple[date, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    pace: str
    effort: str
    max_load: float
    transport: str
    ways: Ways
    must: tuple[Ref, ...]
    avoid: frozenset[str]
    assumptions: tuple[Note, ...]
    asked_start: Optional[Ref] = None  # where one cannot set out from, as no way leads there


def settle(site: SiteDb, request: TripRequest) -> Trip:
    """The trip that is planned; UnknownSubject or PastDay where the request cannot be meant."""
    _check_subjects(site, request)
    said: list[Note] = []
    transport = request.transport or "car"
    ways = ways_of(site, transport)
    start = _start(site, request, ways, said)
    end = request.end if request.end and ways.known(request.end) else start
    first = _first_day(site, request, said)
    pace, effort = _pace(request, said), _effort(request, said)
    if request.transport is None:
        said.append(note("transport_assumed", transport=transport))
    if request.effort is None and effort == "hard" and request.oldest is None and not request.children:
        said.append(note("party_assumed"))
    begins, ends = _day_times(request, pace, near=tuple(_in_the_region(site, ref) for ref in (start, end)))
    load = OLD_LOAD if _is_old(request) else LOAD_LIMITS[pace]
    return Trip(
        request,
        start,
        end,
        tuple(first + timedelta(days=day) for day in range(request.days)),
        begins,
        ends,
        pace,
        effort,
        load,
        transport,
        ways,
        tuple(_standing(site, ref) for ref in request.must),
        _avoided(site, request),
        tuple(said),
        asked_start=request.start if request.start and request.start != start else None,
    )


def _check_subjects(site: SiteDb, request: TripRequest) -> None:
    named = [
        request.start,
        request.end,
        *request.must,
        *request.avoid,
        *request.nights,
        *(ref for ref, _ in request.on_day),
    ]
    for ref in named:
        if ref is not None and site.find(ref) is None:
            raise UnknownSubject(ref)
    if request.route is not None and site.find(Ref("route", request.route)) is None:
        raise UnknownSubject(Ref("route", request.route))
    if request.first_day and request.first_day < request.asked_on:
        raise PastDay(request.first_day)


def _start(site: SiteDb, request: TripRequest, ways: Ways, said: list[Note]) -> Ref:
    if request.start is None:
        said.append(note("start_assumed", ref=DEFAULT_START))
        return DEFAULT_START
    if not ways.known(request.start):
        said.append(note("start_replaced", ref=request.start, by_ref=DEFAULT_START))
        return DEFAULT_START
    return request.start


def _first_day(site: SiteDb, request: TripRequest, said: list[Note]) -> date:
    if request.first_day:
        return request.first_day
    found = _festival_day(site, request)
    if found:
        said.append(note("first_day_festival", on=found[0], ref=found[1].ref))
        return found[0]
    earliest = _month_begin(request) if request.month else request.asked_on + timedelta(days=1)
    day = earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)
    said.append(note("first_day_assumed", on=day, month=request.month))
    return day


def _festival_day(site: SiteDb, request: TripRequest) -> Optional[tuple[date, Festival]]:
    """The next main day of a wished festival; of one at the wished places, or soon, for who looks for festivals."""
    named = [ref for ref in request.must if ref.kind == "festival"]
    if not named and request.festivals != "want":
        return None
    earliest = _month_begin(request) if request.month else request.asked_on
    festivals = [site.get(ref) for ref in named[:1]] or _festivals_at(site, request)
    days = [(_main_day(festival, earliest), festival) for festival in festivals]
    if request.month and not named:
        days = [(day, festival) for day, festival in days if day.month == request.month]
    elif not request.must:
        days = [(day, festival) for day, festival in days if (day - earliest).days <= SOON]
    return min(days, key=lambda pair: pair[0], default=None)


def _festivals_at(site: SiteDb, request: TripRequest) -> list[Festival]:
    """The festivals of the wished places and of what contains them; all, where none is wished."""
    wished = {_standing(site, ref).id for ref in request.must}
    around = wished | {outer.id for id_ in wished for outer in site.ancestors(id_)}
    return [one for one in site.all("festival") if not wished or around & set(one.places)]


def _main_day(festival: Festival, earliest: date) -> date:
    """The first main day from that day on of the festival's next occurrence; its beginning where none is to come."""
    held = next_occurrence(festival, earliest)
    return next((main for main in held.main if main >= earliest), max(held.start, earliest))


def _month_begin(request: TripRequest) -> date:
    """The first of the wanted month from now on; in that month itself, tomorrow."""
    today = request.asked_on
    if request.month == today.month:
        return today + timedelta(days=1)
    assert request.month is not None
    return date(today.year + (request.month < today.month), request.month, 1)


def _is_old(request: TripRequest) -> bool:
    return request.oldest is not None and request.oldest >= OLD


def _pace(request: TripRequest, said: list[Note]) -> str:
    if request.pace:
        return request.pace
    youngest = min(request.children, default=None)
    if _is_old(request) or request.wheelchair or (youngest is not None and youngest <= LITTLE):
        said.append(note("pace_derived", pace="slow"))
        return "slow"
    return "normal"


def _effort(request: TripRequest, said: list[Note]) -> str:
    if request.effort:
        return request.effort
    if request.wheelchair:
        return "easy"
    if request.oldest is not None and request.oldest >= OLD:
        effort = "easy" if request.oldest >= VERY_OLD else "moderate"
        said.append(note("effort_from_age", age=request.oldest, effort=effort))
        return effort
    youngest = min(request.children, default=None)
    if youngest is not None and youngest <= SMALL:
        said.append(note("effort_from_child", age=youngest, effort="moderate"))
        return "moderate"
    return "hard"


def _in_the_region(site: SiteDb, ref: Ref) -> bool:
    """Whether one sets out from, or comes back to, a town of the region: then no long way begins or ends the trip."""
    town = towns_of(site).of(ref)
    return bool(town and town.lodging)


def _day_times(request: TripRequest, pace: str, near: tuple[bool, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    usual, first, end, last = DAY_TIMES[pace]
    first -= DAY_TRIP_EARLIER if request.days == 1 else 0
    first, last = usual if near[0] else first, end if near[1] else last
    begins = [request.begin or (first if day == 0 else usual) for day in range(request.days)]
    ends = [request.end_by or (last if day == request.days - 1 else end) for day in range(request.days)]
    if request.end_by is None:  # whoever sets out late comes home late rather than not at all
        ends = [min(LATEST, max(end, begin + 2 * SHORTEST_DAY)) for begin, end in zip(begins, ends, strict=True)]
    return tuple(min(begin, end - SHORTEST_DAY) for begin, end in zip(begins, ends, strict=True)), tuple(ends)


def _standing(site: SiteDb, ref: Ref) -> Ref:
    """The place that a wish is about: a festival, a dish or a person stands for where it is."""
    return standing_place(site, ref) or ref


def _avoided(site: SiteDb, request: TripRequest) -> frozenset[str]:
    """Ids of the avoided places and of all that they contain."""
    places = [_standing(site, ref).id for ref in request.avoid]
    inside = [child.id for id_ in places for child in site.children(id_)]
    return frozenset((*places, *inside))
