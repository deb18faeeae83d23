"""A plan as a Reply: day by day with times and reasons, a card a day, a map, and the changes most likely wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Iterator, NamedTuple, Optional

from guide.answers.compose import KEPT_SOURCES, MAX_QUICK_REPLIES
from guide.answers.payload import to_payload
from guide.answers.places import brief
from guide.answers.reply import Button, Card, Map, MapPoint, QuickReply, Reply, SourceNote
from guide.answers.trip_words import TripWords, clock, label
from guide.answers.wording import wording_for
from guide.planner.changes import Change, Days, Gentler, Later, Pace, Swap, payload
from guide.planner.difference import Difference, difference
from guide.planner.itinerary import Day, Itinerary, Leg, Meal, Visit
from guide.planner.plan import Infeasible
from guide.planner.request import MOST_DAYS
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

HEAD_ROOM, DAY_ROOM = 600, 400  # characters that a plan may have, and more for each day
SHOWN_PLACES, SHOWN_STOPS, SHOWN_LEFT_OUT, SHOWN_WARNINGS = 2, 6, 3, 4
LIMITS_OF_FORCE = ("easy",)  # efforts below which nothing is gentler
SHORT_WALK = 10  # minutes of a way on foot that needs no line of its own


class _Detail(NamedTuple):
    """How much is told: less and less, until the plan fits its room."""

    stops: bool = True
    reasons: int = 2
    places: int = SHOWN_PLACES
    left_out: int = SHOWN_LEFT_OUT
    alternatives: int = 3
    warnings: int = SHOWN_WARNINGS


_DETAILS = (
    _Detail(), _Detail(places=1, alternatives=2), _Detail(places=1, alternatives=1, left_out=2, reasons=1),
    _Detail(stops=False, places=1, alternatives=1, left_out=2, reasons=1, warnings=3),
    _Detail(stops=False, places=0, alternatives=0, left_out=1, reasons=1, warnings=2),
    _Detail(stops=False, places=0, alternatives=0, left_out=0, reasons=0, warnings=1),
)  # fmt: skip


def render_plan(site: SiteDb, plan: Itinerary, lang: str) -> Reply:
    """The whole plan; its text alone is complete."""
    return PlanTeller(site, plan, lang).reply()


def render_change(site: SiteDb, before: Itinerary, after: Itinerary, lang: str) -> Reply:
    """What a change did, in a line, then the new plan."""
    reply = render_plan(site, after, lang)
    return replace(reply, text=f"{render_difference(site, difference(before, after), lang)}\n\n{reply.text}")


def render_difference(site: SiteDb, change: Difference, lang: str) -> str:
    """One line: what was added, left out, moved, and how much further it is."""
    words = TripWords(site, wording_for(lang))
    parts = list(_differences(words, change))
    return words.say("difference", parts=parts) if parts else words.say("diff_none")


def render_infeasible(site: SiteDb, problem: Infeasible, lang: str) -> Reply:
    """Which wish fails on what, what would help, and the nearest plan that works."""
    words = TripWords(site, wording_for(lang))
    reasons = [_explained(words, note) for note in problem.explanations if not note.code.startswith("would_")]
    help_ = words.notes("help", (note for note in problem.explanations if note.code.startswith("would_")))
    paragraphs = [words.say("infeasible", parts=reasons), *help_]
    if problem.nearest is None:
        return Reply("\n\n".join(paragraphs), lang=words.wording.lang)
    nearest = render_plan(site, problem.nearest, lang)
    paragraphs.append(words.say("nearest", parts=words.notes("given", problem.given_up)))
    return replace(nearest, text="\n\n".join((" ".join(paragraphs[:-1]), paragraphs[-1], nearest.text)))


def _explained(words: TripWords, note: Any) -> str:
    reason, ref = words.note("out", note), note.ref()
    return words.say("infeasible_item", name=words.name(ref), reason=reason) if ref else reason


def _differences(words: TripWords, change: Difference) -> Iterator[str]:
    if change.days:
        yield words.say("diff_days", days=change.days, count=abs(change.days))
    if change.start:
        yield words.say("diff_start", name=words.name(change.start))
    if change.transport:
        yield words.say("diff_transport", transport=label(words, "transport", change.transport))
    for phrase, refs in (("diff_added", change.added), ("diff_dropped", change.dropped)):
        if refs:
            yield words.say(phrase, names=words.names(refs))
    for moved in change.moved:
        yield words.say("diff_moved", name=words.name(moved.place), before=moved.before, after=moved.after)
    for visit in change.ways:
        if visit.way:
            yield words.say("diff_ways", name=words.name(visit.place), way=label(words, "way", visit.way))
    if change.nights:
        yield words.say("diff_nights", names=words.names(change.nights))
    if abs(change.begins) >= SHORT_WALK * 3:
        yield words.say("diff_begins", later=change.begins > 0, minutes=abs(change.begins))
    if abs(change.km) >= 1:
        yield words.say("diff_travel", more=change.km > 0, km=abs(change.km))


class PlanTeller:
    """Says a plan in one language: whole as a Reply, or piece by piece for those who lay it out themselves."""

    def __init__(self, site: SiteDb, plan: Itinerary, lang: str) -> None:
        self.site, self.plan = site, plan
        self.words = TripWords(site, wording_for(lang))
        self.lang = self.words.wording.lang

    def reply(self) -> Reply:
        """Text, a card a day, map, likely changes and sources."""
        return Reply(
            text=self.text(),
            lang=self.lang,
            cards=tuple(self._card(day) for day in self.plan.days),
            quick_replies=tuple(self._quick_replies())[:MAX_QUICK_REPLIES],
            map=self._map(),
            sources=self._sources(),
        )

    def text(self) -> str:
        """As much as fits the room for so many days."""
        room = HEAD_ROOM + DAY_ROOM * len(self.plan.days)
        told = (self._told(detail) for detail in _DETAILS)
        return next((text for text in told if len(text) <= room), self._told(_DETAILS[-1]))

    def _told(self, detail: _Detail) -> str:
        days = ["\n".join(self._day(day, detail)) for day in self.plan.days]
        parts = (self.title(), *days, *self._remarks(detail))
        return "\n\n".join(part for part in parts if part)

    # head and days

    def title(self) -> str:
        """How long, from where, when, by what means and how far."""
        plan = self.plan
        return self.words.say(
            "title", days=len(plan.days), start=self.words.name(plan.start),
            end=self.words.name(plan.end) if plan.end != plan.start else None, first=plan.days[0].date,
            last=plan.days[-1].date, transport=label(self.words, "transport", plan.transport),
            pace=label(self.words, "pace", plan.pace), km=plan.km, minutes=plan.travel_minutes,
        )  # fmt: skip

    def _day(self, day: Day, detail: _Detail) -> Iterator[str]:
        yield self.words.say("day", number=day.number, date=day.date)
        for item in day.items:
            if isinstance(item, Leg):
                if item.mode != "walk" or item.minutes > SHORT_WALK:
                    yield self.leg(item)
            elif isinstance(item, Meal):
                yield self._lunch(item, detail)
            else:
                yield from self._visit(item, day, detail)
        if day.night:
            places = self.words.names(day.night.options[: detail.places])
            yield self.words.say("night", name=self.words.name(day.night.place), places=places)
        elif isinstance(day.items[-1] if day.items else None, Leg):
            yield self.words.say("back", arrives=clock(day.ends or 0), name=self.words.name(day.end))

    def leg(self, leg: Leg) -> str:
        """When it sets out, how far it is and how long it takes."""
        bridge = next((Ref("bridge", id_) for id_ in leg.bridges if self.site.find(Ref("bridge", id_))), None)
        return self.words.say(
            "drive", departs=clock(leg.departs), mode=leg.mode, km=leg.km, minutes=leg.minutes, afloat=leg.afloat,
            bridge=self.words.name(bridge) if bridge else None,
        )  # fmt: skip

    def _lunch(self, meal: Meal, detail: _Detail) -> str:
        places, dishes = meal.options[: detail.places], meal.dishes[: detail.places]
        return self.words.say(
            "lunch", arrive=clock(meal.arrive), name=self.words.name(meal.place), places=self.words.names(places),
            dishes=self.words.names(dishes),
        )  # fmt: skip

    def _visit(self, visit: Visit, day: Day, detail: _Detail) -> Iterator[str]:
        why = self.words.notes("why", visit.why)[: detail.reasons]
        yield self.words.say(
            "visit", arrive=clock(visit.arrive), leave=clock(visit.leave), name=self.words.name(visit.place),
            way=label(self.words, "way", visit.way), why=why,
        )  # fmt: skip
        if detail.stops and len(visit.stops) > 1:
            yield self.words.say("stops", names=self.words.names(stop.place for stop in visit.stops[:SHOWN_STOPS]))
        if visit.lunch:
            meal = visit.lunch
            yield self.words.say(f"lunch_{meal.kind}", arrive=clock(meal.arrive), name=self.words.name(meal.place))

    # what is said of the whole

    def _remarks(self, detail: _Detail) -> Iterator[str]:
        warnings = self.warnings()[: detail.warnings]
        yield self.words.say("warnings", parts=warnings) if warnings else ""
        yield self.cost()
        yield self._left_out(detail)
        yield " ".join(self.alternatives()[: detail.alternatives])
        assumed = self.words.notes("assume", self.plan.assumptions)
        yield self.words.say("assumed", parts=assumed) if assumed else ""

    def cost(self) -> str:
        """What tickets cost a person as far as prices are known, and what is not known."""
        cost = self.plan.cost
        unknown = self.words.notes("unknown", cost.unknown)
        return self.words.say("cost", low=cost.low, high=cost.high, unknown=unknown)

    def warnings(self) -> list[str]:
        """Those of the visits with the visits' names, then those of the whole plan."""
        of_visits = [
            note if "ref" in note.values else note._replace(values={**note.values, "ref": str(visit.place)})
            for visit in self.plan.visits
            for note in visit.warnings
        ]
        order = ("notice", "crowd", "last_cable_car", "cable_car_hours", "climb", "storms", "steps")
        of_visits.sort(key=lambda note: order.index(note.code) if note.code in order else len(order))
        first = [note for note in self.plan.warnings if note.code in ("holiday", "empty_day", "bus_times")]
        rest = [note for note in self.plan.warnings if note not in first]
        return self.words.notes("warn", (*first, *of_visits, *rest))

    def _left_out(self, detail: _Detail) -> str:
        items = self.left_out()[: detail.left_out]
        return self.words.say("left_out", parts=items) if items else ""

    def left_out(self) -> list[str]:
        """The places that are not in the plan, each with the reason; wished ones first."""
        return [
            self.words.say("out_item", name=self.words.name(one.place), reason=self.words.note("out", one.why))
            for one in sorted(self.plan.left_out, key=lambda one: not one.wished)
        ]

    def alternatives(self) -> list[str]:
        """What to do instead in rain, or for less walking."""
        return [
            self.words.say(
                f"alternative_{one.when}",
                day=one.day,
                name=self.words.name(one.place),
                instead=self.words.name(one.instead_of),
                way=label(self.words, "way", one.way) if one.place == one.instead_of else None,
            )  # fmt: skip
            for one in sorted(self.plan.alternatives, key=lambda one: (one.when != "less_walking", one.day))
        ]

    # what comes with the text

    def _card(self, day: Day) -> Card:
        rows = [
            self.words.say("card_row", arrive=clock(visit.arrive), name=self.words.name(visit.place))
            for visit in day.visits
        ]
        title = self.words.say(
            "card_title", number=day.number, start=self.words.name(day.start), end=self.words.name(day.end)
        )
        longest = max(day.visits, key=lambda visit: visit.minutes, default=None)
        return Card(title, " · ".join(rows), buttons=tuple(self._card_buttons(longest)) if longest else ())

    def _card_buttons(self, visit: Visit) -> Iterator[Button]:
        name = self.words.name(visit.place)
        yield Button(brief(name), to_payload("overview", [visit.place]))
        yield Button(brief(self.words.say("quick_swap", name=name)), payload(Swap(visit.place)))

    def _quick_replies(self) -> Iterator[QuickReply]:
        """Changes that visitors ask for most and that this plan allows."""
        plan = self.plan
        if any(visit.effort not in LIMITS_OF_FORCE for visit in plan.visits):
            yield self._quick("gentler", Gentler())
        elif plan.pace != "slow":
            yield self._quick("slower", Pace("slow"))
        if len(plan.days) < MOST_DAYS:
            yield self._quick("more_days", Days(1))
        weakest = self._weakest()
        if weakest:
            yield self._quick("swap", Swap(weakest.place), name=self.words.name(weakest.place))
        yield self._quick("later", Later())
        if len(plan.days) > 1:
            yield self._quick("fewer_days", Days(-1))

    def _quick(self, phrase: str, change: Change, **values: Any) -> QuickReply:
        return QuickReply(brief(self.words.say(f"quick_{phrase}", **values)), payload(change))

    def _weakest(self) -> Optional[Visit]:
        """The visit that there is least reason for, wishes aside."""
        wished = [visit for visit in self.plan.visits if not any(note.code == "wished" for note in visit.why)]
        return (
            min(wished, key=lambda visit: (len(visit.why), visit.minutes), default=None)
            if len(self.plan.visits) > 1
            else None
        )

    def _map(self) -> Optional[Map]:
        stops = [self.plan.start, *(ref for day in self.plan.days for ref in _touched(day))]
        points = [point for ref in dict.fromkeys(stops) if (point := self._point(ref))]
        way = [ref for day in self.plan.days for leg in day.legs for ref in (leg.start, *leg.via, leg.end)]
        path = [(spot.lat, spot.lon) for ref in way if (spot := self.site.location(ref))]
        return Map(tuple(points), tuple(path)) if points else None

    def _point(self, ref: Ref) -> Optional[MapPoint]:
        spot = self.site.location(ref)
        return MapPoint(spot.lat, spot.lon, self.words.name(ref), spot.accuracy_m) if spot else None

    def _sources(self) -> tuple[SourceNote, ...]:
        """Published sources of ways and outings, each once."""
        lines = [source for day in self.plan.days for leg in day.legs for source in leg.sources]
        lines += [visit.source for visit in self.plan.visits if visit.source]
        notes = (SourceNote(one.publisher or one.title, one.url, one.date) for one in lines if one.basis == "published")
        return tuple(dict.fromkeys(notes))[:KEPT_SOURCES]


def _touched(day: Day) -> Iterator[Ref]:
    """The places of a day in order: visits, lunch, night."""
    for item in day.items:
        if not isinstance(item, Leg):
            yield item.place
    yield day.end
