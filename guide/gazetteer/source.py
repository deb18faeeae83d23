"""The rows of an index, read from the site database."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Iterator

from guide.gazetteer.names import NameIndex, Row, build_index
from guide.gazetteer.wordlists import abroad, word_lists

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

HERITAGE = 1.0  # popularity of being part of the World Heritage property, in log units
CONTAINER = 0.7


def popularity(site: SiteDb) -> dict[str, float]:
    """Ref → how much there is to tell about it, on a log scale; heritage sites and what contains others rank higher."""
    told = Counter(str(fact.subject) for fact in site.facts() if fact.subject)
    found = {ref: math.log1p(count) for ref, count in told.items()}
    places = site.all("place")
    containers = {place.part_of for place in places if place.part_of}
    for place in places:
        bonus = HERITAGE * bool(place.heritage_property) + CONTAINER * (place.id in containers)
        found[str(place.ref)] = found.get(str(place.ref), 0.0) + bonus
    return found


def word_rows() -> Iterator[Row]:
    """Kinds of place, languages and the world abroad: no subjects of the database. A kind's group is its language."""
    for kind, languages in word_lists()["place_kinds"].items():
        yield from (Row("place_kind", kind, text, group=lang) for lang, texts in languages.items() for text in texts)
    for code, texts in word_lists()["languages"].items():
        yield from (Row("language", code, text) for text in texts)
    yield from (Row("abroad", text, text) for text in abroad())


def province_rows(site: SiteDb) -> Iterator[Row]:
    """Provinces, districts and towns, as they are and as they were; the value is the name that was meant.

    A district or town that is a place of the database too is that place, under all of its names.
    """
    places = {place.id: place for place in site.all("place")}
    for area in site.provinces():
        texts = [(text, True) for text in area.name.values()]
        texts += [(text, False) for aliases in area.aliases.values() for text in aliases]
        place = places.get(area.place) if area.level != "province" else None
        for text, main in texts:
            if text.lower() in word_lists()["namesakes"]:
                continue
            if place:
                yield Row("place", place.id, text, group=place.kind)
            else:
                yield Row("province", area.name.in_("vi"), text, main, group=area.level)


def site_rows(site: SiteDb) -> Iterator[Row]:
    """Every name of the database with what is needed to rank it."""
    popular = popularity(site)
    groups = {str(place.ref): place.kind for place in site.all("place")}
    groups.update((str(gateway.ref), gateway.kind) for gateway in site.all("gateway"))
    for name in site.names():
        ref = str(name.ref)
        yield Row(name.ref.kind, name.ref.id, name.text, name.main, popular.get(ref, 0.0), groups.get(ref, ""))
    yield from province_rows(site)
    yield from word_rows()


def parents(site: SiteDb) -> dict[str, tuple[str, ...]]:
    """Place id → the places that contain it, nearest first."""
    above = {place.id: place.part_of for place in site.all("place")}

    def chain(place_id: str) -> tuple[str, ...]:
        row, parent = [], above.get(place_id)
        while parent and parent not in row:
            row.append(parent)
            parent = above.get(parent)
        return tuple(row)

    return {place_id: chain(place_id) for place_id in above}


def index_of(site: SiteDb) -> NameIndex:
    """The index of everything the database names."""
    return build_index(site_rows(site), parents(site))
