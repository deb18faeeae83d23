"""What the page and files of a trip say of its parts, line by line. Phrases are in ``keep.yml`` and ``plan.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Iterator, Optional

from guide.answers.itinerary import PlanTeller
from guide.answers.trip_words import clock, label
from guide.answers.wording import cap, sentence
from guide.planner.itinerary import Day, Itinerary, Leg, Meal, StopOver, Visit
from guide.refs import Ref
from guide.sitedb.records import Place, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


@dataclass(frozen=True)
class TripTold:
    """A trip in one language."""

    site: SiteDb
    plan: Itinerary
    lang: str

    @cached_property
    def teller(self) -> PlanTeller:
        """Says what chat says of a plan."""
        return PlanTeller(self.site, self.plan, self.lang)

    def say(self, phrase: str, **values: object) -> str:
        """A phrase of the room ``keep``."""
        return self.teller.words.wording.say(f"keep.{phrase}", **values)

    @cached_property
    def name(self) -> str:
        """What the trip is called in a list: how long, from where, when."""
        days, start = self.plan.days, self.teller.words.name(self.plan.start)
        return self.say("name", days=len(days), start=start, first=days[0].date, last=days[-1].date)

    def day_name(self, day: Day) -> str:
        """``Day 1: Hà Nội → Yên Tử``."""
        name = self.teller.words.name
        return self.say("day_name", number=day.number, start=name(day.start), end=name(day.end))

    def way(self, leg: Leg) -> str:
        """A way with both its ends."""
        name = self.teller.words.name
        return self.say("way", way=self.teller.leg(leg), start=name(leg.start), end=name(leg.end))

    def hours(self, visit: Visit) -> str:
        """When it is open that day, and how that is known."""
        stated = self.hours_source(visit) if visit.hours == "stated" else None
        return self.say(
            f"hours_{visit.hours}", opens=clock(visit.opens), closes=clock(visit.closes),
            source=(stated.publisher or stated.title) if stated else None, date=stated.date if stated else None,
        )  # fmt: skip

    def hours_source(self, visit: Visit) -> Optional[Source]:
        """Where the opening hours of a place come from."""
        place = self.site.find(visit.place)
        return place.hours_source if isinstance(place, Place) else None

    def stop(self, stop: StopOver) -> str:
        """A part of a visit: when, what, and how one gets there."""
        by = self.say(f"stop_{stop.by}")
        return self.say("stop", arrive=clock(stop.arrive), name=self.teller.words.name(stop.place), by=by)

    def lunch(self, meal: Meal) -> str:
        """``Lunch in Chí Linh``."""
        return self.say("lunch", name=self.teller.words.name(meal.place))

    def why(self, visit: Visit) -> list[str]:
        """The reasons for a visit, weightiest first."""
        return self.teller.words.notes("why", visit.why)

    def warnings(self, visit: Visit) -> list[str]:
        """What to mind on a visit."""
        named = (
            note if "ref" in note.values else note._replace(values={**note.values, "ref": str(visit.place)})
            for note in visit.warnings
        )
        return self.teller.words.notes("warn", named)

    def parts(self, visit: Visit) -> list[str]:
        """The parts of a visit and lunch on it, by the clock."""
        lines = [(stop.arrive, self.stop(stop)) for stop in visit.stops if len(visit.stops) > 1]
        if visit.lunch:
            at, name = clock(visit.lunch.arrive), self.teller.words.name(visit.lunch.place)
            lines.append((visit.lunch.arrive, self.teller.words.say(f"lunch_{visit.lunch.kind}", arrive=at, name=name)))
        return [line for _, line in sorted(lines)]

    def details(self, visit: Visit) -> Iterator[str]:
        """All that is to be said of a visit, a line each."""
        way = self.way_of_visit(visit)
        if way:
            yield sentence(cap(way))
        yield from self.parts(visit)
        yield self.say("why", parts=self.why(visit))
        yield from self.warnings(visit)
        yield self.hours(visit)

    def address(self, ref: Ref) -> str:
        """The name of a place with its address, as far as known."""
        place = self.site.find(ref)
        address = place.address.in_(self.lang) if isinstance(place, Place) else ""
        return ", ".join(part for part in (self.teller.words.name(ref), address) if part)

    def way_of_visit(self, visit: Visit) -> Optional[str]:
        """How a complex is seen: ``by cable car to the statue``."""
        return label(self.teller.words, "way", visit.way)
