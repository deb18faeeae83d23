"""What a place's page shows: everything the site database knows of it, each piece with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Callable, Optional, Sequence

from django.urls import reverse

from guide.answers.compose import notice_line
from guide.answers.dates import is_stale, read_date
from guide.answers.places import short_name
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads.geo import great_circle_km
from guide.sitedb import SiteDb
from guide.sitedb.records import Fact, Location, Place, Price, Source
from web.pages import linked_data, maps
from web.pages.festivals import coming_festivals
from web.pages.home import COMPLEX, place_url
from web.pages.opening import week
from web.pages.words import listed, say

READING_ORDER = (
    *("history", "legend", "people", "architecture", "heritage", "nature", "festival"),
    *("getting_there", "cable_car", "climbing", "accessibility", "safety", "closure"),
    *("etiquette", "photo", "food", "lodging", "souvenir", "nearby"),
)
NEARBY = 6
NEARBY_KM = 40


@dataclass
class Footnotes:
    """Numbers the sources of a page in the order in which they are first named."""

    sources: list[Source] = field(default_factory=list)

    def number(self, source: Optional[Source]) -> Optional[int]:
        """The number of this source's note; None for none."""
        if source is None:
            return None
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1


@dataclass(frozen=True)
class Noted:
    """A piece of text with the number of its source's note."""

    text: str
    note: Optional[int] = None


@dataclass(frozen=True)
class PriceRow:
    """A price with its note's number; ``stale`` when its date must be said."""

    price: Price
    note: Optional[int]
    as_of: Optional[date]
    stale: bool


@dataclass(frozen=True)
class Neighbour:
    """Another place and how far it is as the crow flies."""

    place: Place
    location: Location
    km: float


def facts_by_topic(facts: Sequence[Fact], lang: str, notes: Footnotes) -> list[tuple[str, list[Noted]]]:
    """The facts under their topics, in the order in which a visitor reads them."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.topic, []).append(fact)
    known = [topic for topic in READING_ORDER if topic in grouped]
    others = sorted(set(grouped) - set(known))
    return [
        (topic, [Noted(fact.words.in_(lang), notes.number(fact.source)) for fact in grouped[topic]])
        for topic in (*known, *others)
    ]


def price_rows(prices: Sequence[Price], today: date, notes: Footnotes) -> list[PriceRow]:
    """Prices as rows of a table."""
    rows = []
    for price in prices:
        as_of = price.valid_from or read_date(price.source.date if price.source else None)
        rows.append(PriceRow(price, notes.number(price.source), as_of, is_stale(as_of, today)))
    return rows


def neighbours(site: SiteDb, here: Place, limit: int = NEARBY) -> list[Neighbour]:
    """The nearest places that neither contain this one nor lie in it."""
    if here.location is None:
        return []
    family = {place.id for place in (here, *site.ancestors(here.id), *site.children(here.id))}
    others = (place for place in site.all("place") if place.id not in family and place.location)
    found = [Neighbour(place, place.location, great_circle_km(here.location, place.location)) for place in others]
    return [near for near in sorted(found, key=lambda near: (near.km, near.place.id)) if near.km <= NEARBY_KM][:limit]


def point_map(site: SiteDb, here: Place, near: Sequence[Neighbour], lang: str) -> Optional[maps.Drawing]:
    """This place among its neighbours; None where its location is unknown."""
    if here.location is None:
        return None
    here_pin = maps.Mark("", here.location, group=1)
    pins = [maps.Mark("", n.location, i, place_url(n.place.id, lang), 2) for i, n in enumerate(near, 1)]
    return maps.draw([*reversed(pins), here_pin], width=340, tallest=300, margin=36)


def _at_a_glance(site: SiteDb, here: Place, today: date, lang: str, notes: Footnotes) -> dict[str, Any]:
    holidays = [day for holiday in site.holidays() for day in holiday.dates]
    hours_date = read_date(here.hours_source.date if here.hours_source else None)
    return {
        "hours": week(here.hours, today, lang, holidays) if here.hours else [],
        "hours_note": Noted(here.hours_note.in_(lang), notes.number(here.hours_source)),
        "hours_as_of": hours_date,
        "hours_stale": bool(here.hours) and is_stale(hours_date, today),
        "best_time": Noted(here.best_time.in_(lang), notes.number(here.best_time_source)),
        "contact_note": notes.number(here.contact_source),
    }


def context(site: SiteDb, here: Place, lang: str, today: date, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Everything that a place page's template needs."""
    notes = Footnotes()
    wording = wording_for(lang)
    prices = site.prices(here.ref, today)
    near = neighbours(site, here)
    above = [place for place in reversed(site.ancestors(here.id)) if place.id != COMPLEX]  # its page is the home page
    url = absolute(place_url(here.id, lang))
    pages = [(place.name.in_(lang), place_url(place.id, lang)) for place in (*above, here)]
    home = (say(lang, "nav.home"), reverse("home", args=[lang]))
    trail = [(name, absolute(path)) for name, path in (home, *pages)]
    return {
        "place": here,
        "is_component": here in site.places(heritage=True),
        "questions": listed(lang, "place.starters"),
        "today": today,
        "above": [(short_name(site, place.ref, wording), place_url(place.id, lang)) for place in above],
        "notices": [("", notice_line(notice, wording)) for notice in site.notices(today, here.ref)],
        **_at_a_glance(site, here, today, lang, notes),
        "photos": site.photos(here.ref),
        "prices": price_rows(prices.current, today, notes),
        "old_prices": price_rows(prices.old, today, notes),
        "facts": facts_by_topic(site.facts(here.ref), lang, notes),
        "staff_answers": site.staff_answers(here.ref),
        "festivals": coming_festivals(site, site.festivals_at(here.id), today),
        "inside": site.children(here.id, deep=False),
        "people": [person for person in site.people_at(here.id) if here.id in person.places],
        "dishes": [dish for dish in site.dishes_at(here.id) if here.id in dish.places],
        "lodging": [venue for venue in site.lodging_near(here.id) if venue.near == here.id],
        "eating": [venue for venue in site.eating_near(here.id) if venue.near == here.id],
        "near": near,
        "map": point_map(site, here, near, lang),
        "sources": notes.sources,
        "linked_data": linked_data.graph(linked_data.attraction(here, lang, url), linked_data.breadcrumbs(trail)),
    }


def find_place(site: SiteDb, place_id: str) -> Optional[Place]:
    """The place of that id, if there is one."""
    found = site.find(Ref("place", place_id))
    return found if isinstance(found, Place) else None
