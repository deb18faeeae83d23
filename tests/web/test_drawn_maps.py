"""The drawn maps: true to scale, every pin on the sheet, no label over another."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest

from guide.roads.geo import great_circle_km
from guide.sitedb import SiteDb
from guide.sitedb.records import Location
from web.pages.home import complex_map, components
from web.pages.maps import CHAR_WIDTH, LINE_HEIGHT, PIN, Box, Drawn, Mark, draw


def label_box(drawn: Drawn) -> Box:
    """Where a label stands."""
    length = len(drawn.mark.label) * CHAR_WIDTH
    left = {"start": drawn.label_x, "end": drawn.label_x - length, "middle": drawn.label_x - length / 2}[drawn.anchor]
    top = drawn.label_y - 5 - LINE_HEIGHT / 2
    return Box(left + 1, top + 1, left + length - 1, top + LINE_HEIGHT - 1)


def test_the_map_of_the_components_is_readable(site: SiteDb, lang: str) -> None:
    drawing = complex_map(site, components(site, lang), lang)
    labelled = [drawn for drawn in (*drawing.pins, *drawing.towns) if drawn.label_x is not None]
    assert [drawn.mark.number for drawn in drawing.pins] == list(range(1, 13))
    assert all(drawn.label_x is not None for drawn in drawing.pins)
    assert not [(a.mark.label, b.mark.label) for a, b in combinations(labelled, 2) if label_box(a).meets(label_box(b))]
    assert all(0 < drawn.x < drawing.width and 0 < drawn.y < drawing.height for drawn in labelled)


def test_distances_on_the_map_are_to_scale(site: SiteDb) -> None:
    drawing = complex_map(site, components(site, "vi"), "vi")
    west, east = drawing.pins[-1], drawing.pins[0]
    units = hypot(east.x - west.x, east.y - west.y)
    kilometres = units / drawing.scale_width * drawing.scale_km
    assert kilometres == pytest.approx(great_circle_km(west.mark.location, east.mark.location), rel=0.01)


def test_the_components_are_numbered_outward_from_yen_tu(site: SiteDb) -> None:
    groups = components(site, "vi")
    assert [component.number for _, members in groups for component in members] == list(range(1, 13))
    assert groups[0][0] == "Quảng Ninh"
    assert groups[0][1][0].place.id == "chua-hoa-yen"


@pytest.mark.parametrize(
    "spots",
    [
        pytest.param([(21.1, 106.7)], id="a-single-place"),
        pytest.param([(21.1, 106.7)] * 5, id="all-in-one-spot"),
        pytest.param([(21.1, 106.7), (21.1, 106.9)], id="on-one-line"),
    ],
)
def test_no_pin_hides_another(spots: list[tuple[float, float]]) -> None:
    drawing = draw(
        [Mark("", Location(lat, lon), i) for i, (lat, lon) in enumerate(spots)], width=340, tallest=300, margin=36
    )
    assert drawing.height >= 100
    assert all(0 < pin.x < 340 and 0 < pin.y < drawing.height for pin in drawing.pins)
    gaps = [hypot(a.x - b.x, a.y - b.y) for a, b in combinations(drawing.pins, 2)]
    assert all(gap > PIN for gap in gaps)
