"""What a place has of what visitors like, and how much it is worth a visit: from its kind, its facts, its routes."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Optional

from ruamel.yaml import YAML

from guide.sitedb.records import Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

PLAIN_WORTH = 20.0  # points of a place that nothing is told of
HERITAGE_WORTH = {"component": 28.0, "contains": 28.0, "within": 12.0}
ROUTE_WORTH, MOST_ROUTES = 4.0, 5
FACT_WORTH, MOST_FACTS = 1.0, 22
UNWANTED, WANTED = 0.4, 1.5  # share of the worth of what no interest asks for, and added share of what one asks for


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """The file tastes.yml."""
    loaded: Mapping[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("tastes.yml").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def interests() -> tuple[str, ...]:
    """The interests that a request can name."""
    return tuple(table()["interests"])


def tags_of(site: SiteDb, place: Place) -> dict[str, float]:
    """Tag → how much the place has of it, from 0 to 1."""
    tags = {**table()["kinds"].get(place.kind, {})}
    told = Counter(fact.topic for fact in site.facts(place.ref))
    found = [
        (rule["tag"], rule["weight"]) for topic, rule in table()["topics"].items() if told[topic] >= rule["at_least"]
    ]
    if place.heritage_role:
        found.append(("heritage", 1.0))
    found.extend(table()["places"].get(place.id, {}).items())
    for tag, weight in found:
        tags[tag] = max(tags.get(tag, 0.0), weight)
    return tags


def worth_of(site: SiteDb, place: Place) -> float:
    """Points for how much there is to see: World Heritage, how much is told, on how many linked routes it lies."""
    routes = sum(place.id in route.stops for route in site.all("route"))
    return (
        PLAIN_WORTH
        + HERITAGE_WORTH.get(place.heritage_role or "", 0.0)
        + ROUTE_WORTH * min(routes, MOST_ROUTES)
        + FACT_WORTH * min(len(site.facts(place.ref)), MOST_FACTS)
    )


def sort_of(place: Place, tags: Mapping[str, float]) -> Optional[str]:
    """The sort of visit of which a day should not hold too many; None for those that nobody tires of."""
    named = next((sort for sort, kinds in table()["sorts"].items() if place.kind in kinds), None)
    worship = max(tags.get("pagodas", 0.0), tags.get("temples", 0.0)) >= 0.6
    return named or ("worship" if worship else None)


def appeal(tags: Mapping[str, float], wishes: tuple[str, ...]) -> float:
    """How much these wishes multiply the worth: 1 without wishes, less for what none asks for."""
    if not wishes:
        return 1.0
    return UNWANTED + WANTED * max(tags.get(wish, 0.0) for wish in wishes)


def season_share(kind: str, month: int) -> float:
    """The share of its worth that a kind of place has in that month: beaches are for the warm half of the year."""
    for season in table()["seasons"].values():
        if kind in season["kinds"] and month not in season["months"]:
            return float(season["otherwise"])
    return 1.0
