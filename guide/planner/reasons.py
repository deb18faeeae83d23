"""Why a visit is in the plan, and what to look out for there: codes with values, weightiest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Iterator, Optional

from guide.planner.build import CROWD_MINUTES, Draft
from guide.planner.notes import Note, note
from guide.planner.openings import STATED
from guide.planner.outings import Outing
from guide.refs import Ref
from guide.sitedb.records import Festival, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

LIKED = 0.7  # of an interest that a place must have for the interest to be the reason
STORMS = (7, 8, 9)  # months in which boats are kept in port most often
SEASIDE = ("bay", "island", "beach")
FRUIT = "fruit"


def why(site: SiteDb, draft: Draft, outing: Outing, day: date) -> tuple[Note, ...]:
    """The reasons for a visit; at least one."""
    return tuple(_reasons(site, draft, outing, day)) or (_known_for(outing),)


def _known_for(outing: Outing) -> Note:
    """What the place has most of; only that it is near, where it has nothing in particular."""
    tag = max(outing.tags, key=lambda tag: outing.tags[tag], default=None)
    return note("known_for", tag=tag) if tag and outing.tags[tag] >= LIKED else note("on_the_way")


def _reasons(site: SiteDb, draft: Draft, outing: Outing, day: date) -> Iterator[Note]:
    request = draft.trip.request
    if any(outing.id in ids for _, ids in draft.wishes):
        yield note("wished")
    for festival in draft.openings.festivals(outing, day):
        if request.festivals != "avoid":
            main = draft.openings.main_day(festival, day)
            yield note("festival", ref=festival.ref, main=main)
    if request.route and outing.covers & set(site.get(Ref("route", request.route)).stops):
        yield note("on_route", ref=Ref("route", request.route))
    liked = [wish for wish in request.interests if outing.tags.get(wish, 0.0) >= LIKED]
    if liked:
        yield note("interest", tag=max(liked, key=lambda wish: outing.tags[wish]))
    fruit = _fruit(site, outing, day.month)
    if fruit:
        yield note("season", ref=fruit)
    place: Place = site.get(outing.place)
    if place.heritage_role:
        yield note("heritage")


def _fruit(site: SiteDb, outing: Outing, month: int) -> Optional[Ref]:
    """A fruit of the place that is ripe in that month."""
    ripe = (dish for dish in site.all("dish") if dish.kind == FRUIT and outing.place.id in dish.places[:1])
    return next((dish.ref for dish in ripe if month in dish.months), None)


def warnings(site: SiteDb, draft: Draft, outing: Outing, day: date) -> tuple[Note, ...]:
    """What to look out for on a visit that day."""
    return tuple(_warnings(site, draft, outing, day))


def _warnings(site: SiteDb, draft: Draft, outing: Outing, day: date) -> Iterator[Note]:
    for notice in draft.openings.notices(outing, day):
        yield note("notice", kind=notice.kind, words=dict(notice.words))
    if outing.effort == "hard":
        yield note("climb", on_foot=not outing.lines)
    elif outing.effort == "moderate" and draft.trip.request.oldest is not None:
        yield note("steps", cable_car=bool(outing.lines))
    for line in outing.lines:
        yield from _cable_car(site, draft, line, day)
    if draft.openings.crowded(outing, day):
        festivals = draft.openings.festivals(outing, day)
        yield note("crowd", ref=festivals[0].ref, minutes=CROWD_MINUTES if outing.lines else None)
    if site.get(outing.place).kind in SEASIDE and day.month in STORMS:
        yield note("storms")


def _cable_car(site: SiteDb, draft: Draft, line: Ref, day: date) -> Iterator[Note]:
    """When the last cabin goes down, where that is known; else that it is to be asked."""
    closes = draft.openings.closing(site.get(line).hours, day)
    yield note("last_cable_car", ref=line, at=closes) if closes else note("cable_car_hours", ref=line)


def hours_assumed(draft: Draft, visited: list[tuple[Outing, date]]) -> list[Ref]:
    """The places visited whose hours nobody told: said once for the whole plan."""
    unknown = (
        outing.place
        for outing, day in visited
        if outing.way not in ("cruise",) and draft.openings.hours(outing, day).basis not in (STATED, "open_air")
    )
    return list(dict.fromkeys(unknown))


def festivals_of(draft: Draft, visited: list[tuple[Outing, date]]) -> list[Festival]:
    """The festivals that the visits meet, each once."""
    met = (festival for outing, day in visited for festival in draft.openings.festivals(outing, day))
    return list({festival.id: festival for festival in met}.values())
