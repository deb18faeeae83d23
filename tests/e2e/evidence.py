"""What an answer must show, taken from the rows of the database: tests compare with rows, never with pasted answers.

For each topic a function gives the texts of which at least one must stand in the answer. They are made here from the
rows anew, not by the code that writes answers.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Callable, Iterable, Optional

from guide.calendar.festivals import next_occurrence
from guide.refs import Ref
from guide.roads import roads_of
from guide.sitedb import SiteDb
from guide.text import fold

COMPLEX = Ref("place", "unesco-1732")
SHOWN = 24  # characters of a row's text that must be found: its beginning, before any shortening
Rows = Callable[[SiteDb, Optional[Ref], str, date], Iterable[str]]


def plain(text: str) -> str:
    """Folded, with single spaces and without punctuation, so that only words and figures are compared."""
    return " ".join(re.findall(r"\w+", fold(text)))


def shows(answer: str, rows: Iterable[str]) -> bool:
    """Whether the beginning of at least one row stands in the answer."""
    heard = plain(answer)
    return any(beginning in heard for beginning in (plain(row)[:SHOWN].strip() for row in rows) if beginning)


def family(site: SiteDb, ref: Optional[Ref]) -> list[Ref]:
    """The subject, the places it contains and the places that contain it: all may speak for it."""
    ref = ref or COMPLEX
    if ref.kind != "place":
        return [ref]
    near = [*site.children(ref.id), *site.ancestors(ref.id)]
    return [ref, *(place.ref for place in near)]


def facts_on(*topics: str) -> Rows:
    """Facts of the subject's family on these topics."""

    def rows(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
        for one in family(site, ref):
            for topic in topics:
                yield from (fact.words.in_(lang) for fact in site.facts(one, topic))

    return rows


def advice_on(*topics: str) -> Rows:
    """Advice on these topics, for the subject or for everywhere."""

    def rows(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
        for topic in topics:
            yield from (advice.words.in_(lang) for advice in site.advice(topic))

    return rows


def names_from(read: Callable[[SiteDb, str], Iterable]) -> Rows:
    """Names of the records that belong to the subject, e.g. dishes at a place."""

    def rows(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
        yield from (record.name.in_(lang) for record in read(site, (ref or COMPLEX).id))

    return rows


def summary(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """The summary, or what a dish or a role is."""
    record = site.get(ref or COMPLEX)
    for attribute in ("summary", "what", "role", "description", "offer", "about"):
        if getattr(record, attribute, None):
            yield getattr(record, attribute).in_(lang)
    yield from (fact.words.in_(lang) for fact in site.facts(record.ref))


def prices(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Price items: current and old ones."""
    for one in family(site, ref):
        listed = site.prices(one, today)
        yield from (price.item.in_(lang) for price in (*listed.current, *listed.old))
    for line in site.cable_cars_at((ref or COMPLEX).id) if not ref or ref.kind == "place" else []:
        listed = site.prices(line.ref, today)
        yield from (price.item.in_(lang) for price in (*listed.current, *listed.old))


def hours(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Opening hours as times of day, or what is noted about them."""
    for one in family(site, ref):
        record = site.get(one)
        if getattr(record, "hours", None):
            yield from (time.lstrip("0") for time in re.findall(r"\d\d:\d\d", record.hours))
            yield from re.findall(r"\d\d:\d\d", record.hours)
        if getattr(record, "hours_note", None):
            yield record.hours_note.in_(lang)


def festivals(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """The day and year of the next festival, and names of festivals."""
    found = [site.get(ref)] if ref and ref.kind == "festival" else site.festivals_at((ref or COMPLEX).id)
    for festival in found or site.all("festival"):
        start = next_occurrence(festival, today).start
        yield f"{start.day}/{start.month}/{start.year}" if lang == "vi" else f"{start.day} {start:%B} {start.year}"
        yield festival.name.in_(lang)


def way(site: SiteDb, start: Ref, end: Ref) -> Iterable[str]:
    """The road between two subjects in whole kilometres."""
    trip = roads_of(site).trip(start, end)
    if trip:
        yield f"{round(trip.km)} km"


def distance(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """The way from Hà Nội in whole kilometres, and what the place says about it."""
    yield from way(site, Ref("place", "ha-noi"), ref or Ref("place", "yen-tu"))
    yield from facts_on("getting_there")(site, ref, lang, today)


def directions(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Road distance, or what the place says about getting there, or lines that serve it."""
    yield from distance(site, ref, lang, today)
    yield from (line.name.in_(lang) for line in site.bus_lines_serving((ref or COMPLEX).id))


def where(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Province and address."""
    record = site.get(ref or COMPLEX)
    yield getattr(record, "province_now", "") or ""
    if getattr(record, "address", None):
        yield record.address.in_(lang)
    if getattr(record, "where", None):
        yield record.where.in_(lang)


def contacts(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Phone numbers and websites of the family, and hotlines."""
    for one in family(site, ref):
        record = site.get(one)
        yield from (value for value in (getattr(record, "phone", None), getattr(record, "website", None)) if value)
    yield from (line.number for line in site.all("help") if line.number)


def climate(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Mean temperatures of the months."""
    place = ref.id if ref and ref.kind == "place" else "yen-tu"
    for month in range(1, 13):
        row = site.climate(place, month)
        if row and row.mean_c is not None:
            yield f"{row.mean_c:g} °C"
            yield f"{row.mean_c:g}°C"


def minutes(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """The time on site, as minutes or hours."""
    stay = getattr(site.get(ref or Ref("place", "yen-tu")), "minutes", None)
    if stay:
        yield from (f"{stay} phút", f"{stay} minutes", f"{stay // 60} giờ", f"{stay // 60} hour")
    yield from facts_on("climbing")(site, ref, lang, today)


def nearby(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Any other place of the same province."""
    here = site.get(ref or Ref("place", "yen-tu"))
    for place in site.all("place"):
        if place.id != here.id:
            yield from (place.name.in_(lang), *(alias for names in place.aliases.values() for alias in names))


def places(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Names of places."""
    yield from (place.name.in_(lang) for place in site.all("place"))


def any_name(kind: str) -> Rows:
    """Names of all records of a kind."""
    return lambda site, ref, lang, today: (record.name.in_(lang) for record in site.all(kind))


def either(*sources: Rows) -> Rows:
    """Rows from any of these."""

    def rows(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
        for source in sources:
            yield from source(site, ref, lang, today)

    return rows


def emergency(site: SiteDb, ref: Optional[Ref], lang: str, today: date) -> Iterable[str]:
    """Emergency numbers."""
    yield from (f"{line.number}" for line in site.all("help") if line.kind == "emergency" and line.number)


EVIDENCE: dict[str, Rows] = {
    "overview": summary,
    "history": either(facts_on("history"), summary),
    "legend": either(facts_on("legend"), summary),
    "person": either(summary, any_name("person")),
    "architecture": either(facts_on("architecture"), summary),
    "heritage": either(facts_on("heritage"), summary),
    "hours": hours,
    "open_now": hours,
    "price": prices,
    "cable_car": either(
        facts_on("cable_car"), names_from(lambda site, id_: site.cable_cars_at(id_)), any_name("cable_car")
    ),
    "festival": festivals,
    "best_time": either(
        climate,
        lambda s, r, lang, t: [s.get(r or COMPLEX).best_time.in_(lang)] if (r or COMPLEX).kind == "place" else [],
        festivals,
    ),
    "weather": climate,
    "etiquette": either(facts_on("etiquette"), advice_on("dress", "behaviour", "offering")),
    "closure": either(facts_on("closure"), where, places),
    "contact": contacts,
    "photo": either(facts_on("photo"), advice_on("photo", "drone")),
    "nature": either(facts_on("nature"), summary),
    "safety": either(facts_on("safety"), advice_on("mountain", "crowd")),
    "emergency": emergency,
    "accessibility": either(facts_on("accessibility", "climbing", "cable_car"), places),
    "directions": directions,
    "distance": distance,
    "bus": either(any_name("bus_line"), any_name("gateway")),
    "duration": minutes,
    "climbing": facts_on("climbing", "cable_car"),
    "food": either(any_name("dish"), any_name("eating")),
    "lodging": names_from(lambda site, id_: site.lodging_near(id_)),
    "souvenir": either(any_name("dish"), facts_on("souvenir")),
    "nearby": nearby,
    "parking": either(facts_on("getting_there"), prices, advice_on("vehicle"), places),
    "programme": any_name("programme"),
    "route": any_name("route"),
    "list": either(places, any_name("festival"), any_name("dish")),
    "compare": places,
    "location": where,
    "facilities": advice_on("money", "foreigners", "vehicle", "health", "lost", "info", "embassy"),
}


def rows_for(site: SiteDb, topic: str, ref: Optional[Ref], lang: str, now: datetime) -> list[str]:
    """The texts of which one must stand in the answer to a question."""
    return [row for row in EVIDENCE[topic](site, ref, lang, now.date()) if row]


def owns_up(answer: str, site: SiteDb, topic: str, ref: Optional[Ref], lang: str) -> bool:
    """Whether an answer names its subject and says whom to ask, where the database has nothing on the topic itself."""
    if ref is None or site.facts(ref, topic) or (topic == "price" and site.prices(ref, date.today()).current):
        return False
    record = site.get(ref)
    names = [record.name.in_(lang), *(alias for aliases in record.aliases.values() for alias in aliases)]
    asked = any(plain(name) in plain(answer) for name in names)
    return asked and any(sign in answer for sign in UNKNOWN_SIGNS[lang])


UNKNOWN_SIGNS = {"vi": ("mình chưa", "Mình chưa"), "en": ("I have no", "I do not", "I don’t", "not known")}
