"""What to take home: specialities that make good gifts, and where they are bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.gather import nearest_facts
from guide.answers.places import short_name
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.topics.food import in_season_first, tell_dish
from guide.answers.vicinity import Reached, by_distance
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.roads import standing_place
from guide.sitedb.records import Dish

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SHOWN = 5
SHOWN_SHOPS = 3
SHOPS = ("shop", "market")
AROUND_KM = 40.0  # by road
SHOP_KM = 20.0
ENOUGH = 2


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Gifts of the place named, nearest first; gifts of the region where none was named."""
    reply = Answer(site, question, wording)
    ref = question.subject
    if ref and ref.kind == "dish":
        return tell_dish(reply, site.get(ref))
    place = standing_place(site, ref) if ref else None
    return _at(reply, place) if place else _region(reply)


def gifts(site: SiteDb) -> list[Dish]:
    """Every speciality that travels well."""
    return [dish for dish in site.all("dish") if dish.good_gift]


def _at(reply: Answer, place: Ref) -> Reply:
    name = short_name(reply.site, place, reply.wording)
    ordered = _gifts_for(reply, place)
    page = ordered[reply.question.page * SHOWN :][:SHOWN] or ordered[:SHOWN]
    facts = nearest_facts(reply.site, place, ("souvenir",), reply.question.text, reply.lang)
    if not page and not facts:
        reply.unknown("souvenir.none", place, name=name)
        return reply.offer("souvenir", title=reply.phrase("souvenir.region_title")).done()
    if page:
        reply.say("souvenir.at", name=name, inside=page[0].km == 0)
        _rows(reply, page)
    if facts:
        reply.facts(facts.facts, limit=1)
    _shops(reply, place)
    if len(ordered) > len(page):
        reply.offer_more()
    return reply.offer("food", place).done()


def _gifts_for(reply: Answer, place: Ref) -> list[Reached[Dish]]:
    """The gifts of the place; of its surroundings only where it has few that can be bought now."""
    near = by_distance(reply.site, place, gifts(reply.site), lambda dish: dish.places, AROUND_KM)
    own = [it for it in near if it.km == 0]
    now = [it for it in own if not it.record.months or reply.today.month in it.record.months]
    return in_season_first(own if len(now) >= ENOUGH else near, (reply.today.month,))


def _rows(reply: Answer, page: list[Reached[Dish]]) -> None:
    rows = [_row(reply, it.record, short_name(reply.site, it.place, reply.wording), it.km) for it in page]
    shown = reply.fitting(rows, at_least=3)
    reply.bullets(rows[:shown]).cite(*(it.record.source for it in page[:shown]))
    reply.listing(*(it.record.ref for it in page[:shown]))
    for it in page[:2]:
        reply.offer("food", it.record.ref, title=reply.name(it.record.ref))


def _row(reply: Answer, dish: Dish, area: str, km: float) -> str:
    what, _, _ = dish.what.in_(reply.lang).partition(". ")
    return reply.phrase(
        "souvenir.row",
        name=reply.name(dish.ref),
        what=what.rstrip("."),
        area=area,
        km=km,
        out_of_season=bool(dish.months) and reply.today.month not in dish.months,
        season=dish.season.in_(reply.lang),
    )


def _shops(reply: Answer, place: Ref) -> None:
    """Shops and markets near, which the eating places' table also holds."""
    shops = [venue for venue in reply.site.all("eating") if venue.kind in SHOPS and venue.status != "closed"]
    near = by_distance(reply.site, place, shops, lambda venue: (venue.near,), SHOP_KM)[:SHOWN_SHOPS]
    names = [reply.name(it.record.ref) for it in near]
    if names and reply.fitting(names, at_least=0) == len(names):
        reply.say("souvenir.shops", shops=names).cite(*(source for it in near for source in it.record.sources[:1]))


def _region(reply: Answer) -> Reply:
    """The gifts of each part of the region, those that can be bought now."""
    buyable = [dish for dish in gifts(reply.site) if not dish.months or reply.today.month in dish.months]
    areas: dict[Ref, list[str]] = {}
    for dish in buyable:
        area = standing_place(reply.site, dish.ref)
        if area:
            areas.setdefault(area, []).append(reply.phrase("food.mid", name=reply.name(dish.ref)))
    names = {area: short_name(reply.site, area, reply.wording) for area in areas}
    rows = [reply.phrase("souvenir.area", area=names[area], dishes=dishes[:3]) for area, dishes in areas.items()]
    reply.say("souvenir.region").bullets(rows[: reply.fitting(rows, at_least=4)])
    reply.cite(*(dish.source for dish in buyable[:3])).say("souvenir.ask")
    for area in list(areas)[:3]:
        reply.offer("souvenir", area, title=names[area])
    return reply.done()
