"""What to eat: the dishes of a place, those in season first, and where; or one dish, or one eating place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.cues import found, tells
from guide.answers.formats import number
from guide.answers.gather import nearest_facts
from guide.answers.months import months_asked
from guide.answers.places import short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.vicinity import Reached, by_distance
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Dish, Price, Venue

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN_DISHES = 5
SHOWN_VENUES = 3
ALL_YEAR = 12
AROUND_KM = 40.0  # by road: as far as people go for a meal
ENOUGH = 3  # dishes of its own, so that none of the surroundings are needed
MEALS = ("dish", "sweet")  # kinds that can be ordered, beside raw produce
MEATLESS = ("yes", "partly", "ask")


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """A dish or an eating place that was named, the food of a place, or the food of the region."""
    reply = Answer(site, question, wording)
    ref = question.subject
    if ref and ref.kind == "dish":
        return tell_dish(reply, site.get(ref))
    if ref and ref.kind == "eating":
        return _venue(reply, site.get(ref))
    place = standing_place(site, ref) if ref else None
    return _at(reply, place) if place else _region(reply)


def tell_dish(reply: Answer, dish: Dish) -> Reply:
    """One dish: what it is, where, when, what it costs, whether vegetarians can eat it."""
    reply.say(
        "food.dish",
        name=reply.name(dish.ref),
        what=dish.what.in_(reply.lang),
        where=dish.where.in_(reply.lang),
        season=dish.season.in_(reply.lang),
        all_year=len(dish.months) == ALL_YEAR,
        vegetarian=dish.vegetarian,
        now=reply.today.month in dish.months if dish.months else None,
    )
    reply.cite(dish.source)
    price = _price(reply, dish.ref)
    told = number(price.adult, "vi") if price and price.adult else "–"
    reply.facts([fact for fact in reply.site.facts(dish.ref) if told not in fact.words.in_("vi")], limit=2)
    venues = [venue for venue in open_venues(reply.site) if dish.id in venue.dishes]
    if venues:
        reply.say("food.venues_of_dish", venues=[_venue_name(reply, venue) for venue in venues[:SHOWN_VENUES]])
        reply.cite(*(source for venue in venues[:SHOWN_VENUES] for source in venue.sources[:1]))
        reply.offer("food", venues[0].ref, title=reply.name(venues[0].ref))
    places = [place for id_ in dish.places if (place := reply.site.node(id_))]
    for place in places[:2]:
        reply.offer("food", place)
    return reply.point(*places).done()


def open_venues(site: SiteDb) -> list[Venue]:
    """Every eating place that may be recommended."""
    return [venue for venue in site.all("eating") if venue.status != "closed"]


def _venue_name(reply: Answer, venue: Venue) -> str:
    return reply.phrase(
        "food.venue_name",
        name=reply.name(venue.ref),
        address=venue.address,
        kind=reply.phrase(f"venues.{venue.kind}"),
        status=venue.status,
    )


def _price(reply: Answer, ref: Ref) -> Price | None:
    """Say a price that a source gives, today's before an old one."""
    prices = reply.site.prices(ref, reply.today)
    price = next((price for price in (*prices.current, *prices.old) if price.adult is not None), None)
    if price:
        reply.say(
            "food.price",
            low=price.adult,
            high=price.adult_max,
            unit=_unit(price.unit),
            since=price.valid_from,
            note=price.note.in_(reply.lang),
        ).cite(price.source)
    return price


def _unit(unit: str) -> str:
    """What a price is for: ``VND/bát`` → ``bát``."""
    return unit.partition("/")[2]


def _at(reply: Answer, place: Ref) -> Reply:
    vegetarian = "vegetarian" in found(reply.question.text, "diet")
    name = short_name(reply.site, place, reply.wording)
    ordered = _dishes_for(reply, place, vegetarian)
    venues = _venues_for(reply, place, vegetarian)
    page = ordered[reply.question.page * SHOWN_DISHES :][:SHOWN_DISHES] or ordered[:SHOWN_DISHES]
    if page:
        reply.say("food.at", name=name, inside=page[0].km == 0, vegetarian=vegetarian)
        _dishes(reply, page)
    _venues(reply, venues)
    _own_facts(reply, place, vegetarian)
    if not page and not venues:
        reply.unknown("food.none", place, name=name, vegetarian=vegetarian)
    if len(ordered) > len(page):
        reply.offer_more()
    return reply.offer("souvenir", place).offer("lodging", place).done()


def _dishes_for(reply: Answer, place: Ref, vegetarian: bool) -> list[Reached[Dish]]:
    """The dishes of the place, those in season first; of its surroundings only where it has few of its own."""
    dishes = [dish for dish in reply.site.all("dish") if not vegetarian or dish.vegetarian]
    near = by_distance(reply.site, place, dishes, lambda dish: dish.places)
    own = [it for it in near if it.km == 0]
    around = [it for it in near if 0 < it.km <= AROUND_KM and (not vegetarian or it.record.kind in MEALS)]
    months = months_asked(reply.question.text, reply.today) or (reply.today.month,)
    return in_season_first(own if len(own) >= ENOUGH else own + around, months)


def _venues_for(reply: Answer, place: Ref, vegetarian: bool) -> list[Reached[Venue]]:
    """The eating places at the place; those around it only where it has none."""
    near = by_distance(reply.site, place, open_venues(reply.site), lambda venue: (venue.near,))
    fit = [it for it in near if it.km <= AROUND_KM and (not vegetarian or it.record.vegetarian in MEATLESS)]
    return [it for it in fit if it.km == 0] or fit


def in_season_first(found_: list[Reached[Dish]], months: tuple[int, ...]) -> list[Reached[Dish]]:
    """Dishes of the place itself before those of its surroundings, each with what is in season before what is not."""

    def rank(it: Reached[Dish]) -> tuple[bool, bool, float]:
        seasonal = bool(it.record.months) and not set(months) & set(it.record.months)
        return it.km > 0, seasonal, it.km

    return sorted(found_, key=rank)


def _dishes(reply: Answer, page: list[Reached[Dish]]) -> None:
    rows = [_dish_row(reply, it) for it in page]
    shown = reply.fitting(rows, at_least=3)
    reply.bullets(rows[:shown]).cite(*(it.record.source for it in page[:shown]))
    reply.listing(*(it.record.ref for it in page[:shown]))
    for it in page[:2]:
        reply.offer("food", it.record.ref, title=reply.name(it.record.ref))


def _dish_row(reply: Answer, it: Reached[Dish]) -> str:
    dish = it.record
    what, _, _ = dish.what.in_(reply.lang).partition(". ")
    return reply.phrase(
        "food.row",
        name=reply.name(dish.ref),
        what=what.rstrip("."),
        km=it.km,
        area=short_name(reply.site, it.place, reply.wording),
        all_year=not dish.months or len(dish.months) == ALL_YEAR,
        now=reply.today.month in dish.months,
        season=dish.season.in_(reply.lang),
    )


def _venues(reply: Answer, venues: list[Reached[Venue]]) -> None:
    rows = [
        reply.phrase(
            "food.venue_row",
            name=reply.name(it.record.ref),
            address=it.record.address,
            km=it.km,
            area=short_name(reply.site, it.place, reply.wording),
            status=it.record.status,
        )
        for it in venues[:SHOWN_VENUES]
    ]
    shown = reply.fitting(rows, at_least=1)
    if rows:
        reply.say("food.where", rows=rows[:shown])
        reply.cite(*(source for it in venues[:shown] for source in it.record.sources[:1]))
        reply.offer("food", venues[0].record.ref, title=reply.name(venues[0].record.ref))


def _own_facts(reply: Answer, place: Ref, vegetarian: bool) -> None:
    """What the place tells of its food, and for vegetarians the advice on how to ask."""
    if vegetarian:
        rows = [
            row
            for topic in ("eating_gap", "eating_tip")
            for row in reply.site.advice(topic=topic, place=place.id)
            if tells(row.words, "vegetarian")
        ]
        texts = [row.words.in_(reply.lang) for row in rows[:2]]
        shown = reply.fitting(texts, at_least=1)
        reply.bullets(texts[:shown]).cite(*(row.source for row in rows[:shown]))
        return
    facts = nearest_facts(reply.site, place, ("food",), reply.question.text, reply.lang)
    if facts and reply.fitting([fact.words.in_(reply.lang) for fact in facts.facts[:1]], at_least=0):
        reply.facts(facts.facts, limit=1)


def _region(reply: Answer) -> Reply:
    """Nothing named: what is in season now, and the best-known dishes, by where they are found."""
    vegetarian = "vegetarian" in found(reply.question.text, "diet")
    months = months_asked(reply.question.text, reply.today) or (reply.today.month,)
    dishes = [dish for dish in reply.site.all("dish") if not vegetarian or dish.vegetarian]
    dishes = _of_province(reply, dishes)
    seasonal = [dish for dish in dishes if set(months) & set(dish.months) and len(dish.months) < ALL_YEAR]
    others = [dish for dish in dishes if not dish.months or len(dish.months) == ALL_YEAR]
    if seasonal:
        reply.say("food.in_season", months=list(months), dishes=_with_area(reply, seasonal[:SHOWN_DISHES]))
    if others:
        reply.say("food.always", dishes=_with_area(reply, _spread(others)[: SHOWN_DISHES + 2]), vegetarian=vegetarian)
    if not seasonal and not others:
        return reply.unknown("food.none", None, name=reply.question.province or "", vegetarian=vegetarian).done()
    reply.cite(*(dish.source for dish in (seasonal + others)[:3])).say("food.ask")
    for dish in (seasonal[:2] + _spread(others))[:3]:
        reply.offer("food", dish.ref, title=reply.name(dish.ref))
    return reply.done()


def _of_province(reply: Answer, dishes: list[Dish]) -> list[Dish]:
    if not reply.question.province:
        return dishes
    ids = {place.id for place in reply.site.places(province=reply.question.province)}
    return [dish for dish in dishes if ids & set(dish.places)]


def _spread(dishes: list[Dish]) -> list[Dish]:
    """One dish of each area before a second of any, so that no town fills the list."""
    turns: dict[str, int] = {}
    rated = []
    for position, dish in enumerate(dishes):
        area = dish.places[0] if dish.places else ""
        turns[area] = turns.get(area, 0) + 1
        rated.append((turns[area], position, dish))
    return [dish for _, _, dish in sorted(rated, key=lambda item: item[:2])]


def _with_area(reply: Answer, dishes: list[Dish]) -> list[str]:
    return [reply.phrase("food.with_area", name=reply.name(dish.ref), area=_area(reply, dish)) for dish in dishes]


def _area(reply: Answer, dish: Dish) -> str:
    place = standing_place(reply.site, dish.ref)
    return short_name(reply.site, place, reply.wording) if place else ""


def _venue(reply: Answer, venue: Venue) -> Reply:
    """One eating place."""
    near = standing_place(reply.site, venue.ref)
    dishes = [ref for id_ in venue.dishes if reply.site.find(ref := Ref("dish", id_))]
    level = reply.phrase(f"venues.price_{venue.price_level}") if venue.price_level else None
    reply.say(
        "food.venue",
        name=reply.name(venue.ref),
        kind=reply.phrase(f"venues.{venue.kind}"),
        address=venue.address,
        near=short_name(reply.site, near, reply.wording) if near else None,
        about=venue.about.in_(reply.lang),
        dishes=[reply.phrase("food.mid", name=reply.name(ref)) for ref in dishes],
        vegetarian=venue.vegetarian,
        level=level,
        status=venue.status,
        hours=venue.hours_note.in_(reply.lang),
        phone=venue.phone,
        website=venue.website,
    )
    reply.cite(*venue.sources)
    _price(reply, venue.ref)
    reply.facts(reply.site.facts(venue.ref), limit=2).point(venue.ref)
    for ref in dishes[:2]:
        reply.offer("food", ref, title=reply.name(ref))
    return reply.offer("food", near).offer("directions", near).done() if near else reply.done()
