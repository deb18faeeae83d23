"""A walk through the shipped facts: what a loader cannot know to be wrong."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from guide.refs import KINDS, Ref
from guide.sitedb import SiteDb
from guide.sitedb.nearness import distance_km
from guide.text import fold

ROAD_FACTOR = 0.93  # a road is not shorter than the straight line; coordinates may be off by their accuracy


def test_every_place_has_a_location_a_summary_and_a_name_in_both_languages(site: SiteDb) -> None:
    for place in site.all("place"):
        assert (
            place.location and place.summary["vi"] and place.summary["en"] and place.name["vi"] and place.name["en"]
        ), place.id


def test_the_heritage_has_twelve_components_in_three_provinces(site: SiteDb) -> None:
    components = site.places(heritage=True)
    by_province: dict[str, int] = defaultdict(int)
    for place in components:
        by_province[place.province_now] += 1
    assert dict(by_province) == {"Quảng Ninh": 5, "Hải Phòng": 5, "Bắc Ninh": 2}


def test_what_a_visitor_could_act_on_has_a_source(site: SiteDb) -> None:
    for place in site.all("place"):
        assert not place.hours or place.hours_source, f"{place.id} hours"
        assert not (place.phone or place.email) or place.contact_source, f"{place.id} contact"
        for price in site.prices(place.ref, date(2026, 11, 24)).current:
            assert price.adult is None or price.source, f"{place.id} {price.item}"
    assert all(fact.source for fact in site.facts())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_subjects_with_names(site: SiteDb, kind: str) -> None:
    subjects = site.all(kind)
    assert subjects and all(subject.name["vi"] and subject.name["en"] for subject in subjects)


def test_no_name_of_a_sight_elsewhere_is_also_one_here(site: SiteDb) -> None:
    refs: dict[str, set[Ref]] = defaultdict(set)
    for name in site.names():
        refs[fold(name.text)].add(name.ref)
    shared = {text for text, both in refs.items() if len(both) > 1 and any(ref.kind == "elsewhere" for ref in both)}
    assert not shared


def test_every_road_joins_places_that_are_there_and_is_no_shorter_than_the_straight_line(site: SiteDb) -> None:
    for link in site.road_links():
        ends = [site.node(link.start), site.node(link.end)]
        assert all(ends), link
        a, b = (site.location(ref) for ref in ends if ref)
        assert a and b
        slack = ((a.accuracy_m or 0) + (b.accuracy_m or 0)) / 1000
        assert link.km >= ROAD_FACTOR * distance_km(a, b) - slack, (link.start, link.end, link.km, distance_km(a, b))


def test_every_stop_and_line_end_is_a_place_or_a_gateway(site: SiteDb) -> None:
    ids = [stop for route in site.all("route") for stop in route.stops]
    ids += [stop for line in site.all("bus_line") for stop in (*line.starts, *line.stops, *line.ends)]
    assert all(site.node(id_) for id_ in ids)


def test_the_main_days_of_a_festival_lie_within_it(site: SiteDb) -> None:
    for festival in site.all("festival"):
        for month, day in festival.main_days:
            offset = (month - festival.month) * 30 + day - festival.day
            assert -1 <= offset <= festival.days, (festival.id, month, day)


def test_nothing_of_the_files_is_lost(site: SiteDb, facts_dir: Path) -> None:
    """Every text in Vietnamese that stands in the files is told by the database."""
    rows = ("text", "fact_text", "price_text", "notice_text", "alias")
    told = {row[0] for table in rows for row in site.connection.execute(f"SELECT value FROM {table}")}
    lost = []
    for path in facts_dir.rglob("*.yaml"):
        data = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        lost += [
            (path.name, text)
            for text in _texts({key: value for key, value in data.items() if key != "sources"})
            if text.strip() not in told
        ]
    assert not lost


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["vi"]] if isinstance(node.get("vi"), str) and node["vi"] else []
        return own + [text for value in node.values() for text in _texts(value)]
    return [text for value in node for text in _texts(value)] if isinstance(node, list) else []


def test_the_readme_of_the_facts_names_every_file_and_folder(facts_dir: Path) -> None:
    readme = (facts_dir / "README.md").read_text("utf-8")
    entries = [path.name for path in facts_dir.iterdir() if path.name != "README.md"]
    assert not [name for name in entries if name not in readme]
