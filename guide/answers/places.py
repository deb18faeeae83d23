"""Places as they are called in a list or a road description, and what belongs to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Place
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SERVICES = ("station", "lodging")  # kinds of places that one passes through rather than visits
BRIEF = 44  # characters: what a button of the narrowest channel shows in two lines
LONG_NAME = 26  # characters; a longer name with a dash keeps only what stands before it


def short_name(site: SiteDb, ref: Ref, wording: Wording) -> str:
    """``Khu di tích và danh thắng Yên Tử`` → ``Yên Tử``: without brackets and dispensable words."""
    return _shortened(site.name(ref, wording.lang), wording.say("places.dispensable"))


@lru_cache(maxsize=1024)
def _shortened(name: str, dispensable: str) -> str:
    short = re.sub(r"\s*\([^)]*\)", "", name)
    for words in dispensable.split("|"):
        whole, arrow, called = (part.strip() for part in words.partition("=>"))
        if arrow and short == whole:
            return called
        short = re.sub(rf"(?:^|(?<=\s)){re.escape(words.strip())}(?=\s|$)", "", short).strip() or short
    short = " ".join(short.split())
    before, dash, _ = short.partition(" – ")
    if dash and len(short) > LONG_NAME and len(before.split()) > 1:
        short = before
    return short[:1].upper() + short[1:]


def short_names(site: SiteDb, refs: Iterable[Ref], wording: Wording) -> list[str]:
    """The short names of several subjects, in order."""
    return [short_name(site, ref, wording) for ref in refs]


def contains(site: SiteDb, outer: Ref, inner: Ref) -> bool:
    """Whether one place lies within the other."""
    return inner.kind == "place" and any(place.ref == outer for place in site.ancestors(inner.id))


def innermost(site: SiteDb, refs: Sequence[Ref]) -> tuple[Ref, ...]:
    """The subjects without those that contain another of them: "chùa Đồng Yên Tử" is about the pagoda."""
    return tuple(ref for ref in refs if not any(contains(site, ref, other) for other in refs))


def same_area(site: SiteDb, one: Ref, other: Ref) -> bool:
    """Whether two places lie in the same complex, or one in the other; the whole World Heritage property is no area."""
    return bool(areas_of(site, one) & areas_of(site, other))


def areas_of(site: SiteDb, ref: Ref) -> set[Ref]:
    """The place and the complexes around it, without the World Heritage property as a whole."""
    around = site.ancestors(ref.id) if ref.kind == "place" else []
    return {ref, *(place.ref for place in around if not is_property(place))}


def outermost(site: SiteDb, ref: Ref) -> Ref:
    """The complex that a place lies in, as visitors call the whole: ``Yên Tử`` for a hotel at its foot; else itself."""
    around = [place.ref for place in site.ancestors(ref.id) if not is_property(place)] if ref.kind == "place" else []
    return around[-1] if around else ref


def is_property(place: Place) -> bool:
    """Whether this is a World Heritage property as a whole, spread over provinces, rather than a place to go to."""
    return place.kind == "complex" and place.part_of is None and bool(place.heritage_property) and not place.minutes


def area_name(site: SiteDb, asked: str, lang: str) -> str:
    """The name of a province or other area by its id or any of its names; what was asked where it is not known."""
    wanted = fold(asked).strip()
    for area in site.all("province"):
        if wanted in (area.id, *map(fold, area.name.values())):
            return area.name.in_(lang)
    return asked


def brief(name: str) -> str:
    """A name for a button or a row: without what stands after a colon or in brackets, where the whole is long."""
    if len(name) <= BRIEF:
        return name
    before = re.split(r": | \(", name)[0]
    if len(before) <= BRIEF:
        return before
    at_dash, at_space = (before[: BRIEF - 1].rpartition(mark)[0] for mark in (" – ", " "))
    return f"{at_dash if len(at_dash) > BRIEF / 2 else at_space}…"
