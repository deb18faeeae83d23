"""The road graph: trips are the shortest there are, read the same both ways, and say what was only estimated."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.refs import Ref
from guide.roads import Roads, great_circle_km, roads_of, standing_place
from guide.roads.graph import INSIDE_KM
from guide.sitedb.records import Location


def place(id_: str) -> Ref:
    return Ref("place", id_)


@pytest.fixture(scope="module")
def roads(site) -> Roads:
    return roads_of(site)


@pytest.fixture(scope="module")
def nodes(site) -> list[Ref]:
    """Every place and gateway that a road link names."""
    ids = {id_: None for link in site.road_links() for id_ in (link.start, link.end)}
    return [site.node(id_) for id_ in ids]


@pytest.fixture(scope="module")
def fastest(site) -> dict[tuple[str, str], float]:
    """Minutes between all pairs of nodes by Floyd and Warshall's algorithm, written out here to check the library's."""
    links = site.road_links()
    ids = sorted({id_ for link in links for id_ in (link.start, link.end)})
    minutes = {(a, b): 0.0 if a == b else math.inf for a, b in product(ids, ids)}
    for link in links:
        for pair in ((link.start, link.end), (link.end, link.start)):
            minutes[pair] = min(minutes[pair], link.minutes)
    for via, a, b in product(ids, ids, ids):
        minutes[a, b] = min(minutes[a, b], minutes[a, via] + minutes[via, b])
    return minutes


def test_every_end_of_a_link_is_a_place_or_a_gateway_with_a_location(site, nodes) -> None:
    assert None not in nodes
    assert not [ref for ref in nodes if site.location(ref) is None]


def test_trips_between_nodes_are_the_quickest_there_are(roads, nodes, fastest) -> None:
    for start, end in product(nodes, nodes):
        trip = roads.trip(start, end)
        assert trip.minutes == pytest.approx(fastest[start.id, end.id]), (start, end)


def test_a_trip_is_an_unbroken_chain_of_links(site, roads, nodes) -> None:
    links = {frozenset((link.start, link.end)) for link in site.road_links()}
    for start, end in product(nodes[::3], nodes[::4]):
        trip = roads.trip(start, end)
        if start != end:
            assert (trip.legs[0].start, trip.legs[-1].end) == (start, end)
        assert all(before.end == after.start for before, after in pairwise(trip.legs))
        assert all(frozenset((leg.start.id, leg.end.id)) in links for leg in trip.legs)
        assert trip.km == pytest.approx(sum(leg.km for leg in trip.legs))
        assert not trip.approximate


def test_the_way_back_is_as_long_and_turned_round(site, roads) -> None:
    """Of every pair of places, on the graph or off it."""
    places = [it.ref for it in site.all("place")]
    for start, end in product(places, places[::7]):
        there, back = roads.trip(start, end), roads.trip(end, start)
        assert there.minutes == pytest.approx(back.minutes)
        assert there.km == pytest.approx(back.km)
        assert [leg.bridges for leg in there.legs] == [leg.bridges[::-1] for leg in reversed(back.legs)]


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_detour_is_quicker_than_the_trip(site, roads, data) -> None:
    """The triangle inequality, for any three places, gateways or lodgings."""
    subjects = [it.ref for kind in ("place", "gateway", "lodging") for it in site.all(kind)]
    start, via, end = (data.draw(st.sampled_from(subjects)) for _ in range(3))
    whole, first, second = roads.trip(start, end), roads.trip(start, via), roads.trip(via, end)
    assert whole.minutes <= first.minutes + second.minutes + 1e-6


def test_every_place_can_be_reached_from_ha_noi(site, roads) -> None:
    assert not [it.id for it in site.all("place") if roads.trip(place("ha-noi"), it.ref) is None]


def test_no_trip_is_shorter_than_the_crow_flies(site, roads) -> None:
    """Between nodes, as far as their locations are exact: what a link calls km is not less than the crow's way."""
    for link in site.road_links():
        start, end = site.node(link.start), site.node(link.end)
        blur = sum(site.location(ref).accuracy_m or 0 for ref in (start, end)) / 1000
        assert link.km >= roads.crow_km(start, end) - blur, (link.start, link.end)


def test_estimates_use_the_factor_and_speed_of_our_own_links(roads) -> None:
    assert 1.1 < roads.factor < 1.7
    assert 25 < roads.km_per_minute * 60 < 60  # km an hour on short country roads


@pytest.mark.parametrize(
    "id_, node",
    [
        pytest.param("yen-tu", "yen-tu", id="a-node-is-its-own-head"),
        pytest.param("chua-dong", "yen-tu", id="a-part-of-a-complex-begins-at-the-complex"),
        pytest.param("thap-hue-quang", "yen-tu", id="the-nearest-container-that-is-a-node"),
        pytest.param("ha-long-bay", "cang-tau-khach-ha-long", id="a-bay-begins-at-the-port-that-serves-it"),
        pytest.param("den-do", "bac-ninh-city", id="not-the-nearer-town-across-the-old-border"),
    ],
)
def test_where_the_road_to_a_place_begins(roads, id_: str, node: str) -> None:
    assert roads.head(place(id_)).node == node


def test_parts_of_a_complex_are_reached_through_it_without_an_estimate(site, roads) -> None:
    for it in site.all("place"):
        head = roads.head(it.ref)
        if head.inside and it.kind != "bay":
            assert roads.crow_km(it.ref, place(head.node)) <= INSIDE_KM
            assert not roads.trip(place("ha-noi"), it.ref).approximate


def test_a_place_off_the_graph_is_marked_as_estimated(site, roads, nodes) -> None:
    off = [it.ref for it in site.all("place") if it.ref not in nodes and not roads.head(it.ref).inside]
    assert off
    for ref in off:
        trip = roads.trip(place("ha-noi"), ref)
        last = trip.legs[-1]
        assert trip.approximate and last.mode == "approach" and last.source is None
        assert last.km == pytest.approx(roads.crow_km(last.start, ref) * roads.factor)


def test_two_places_of_one_complex_need_no_road(roads) -> None:
    trip = roads.trip(place("chua-dong"), place("chua-hoa-yen"))
    assert trip.legs == () and trip.reaches == place("yen-tu")


def test_a_car_goes_by_ferry_and_never_by_boat(site, roads, nodes) -> None:
    boats = {frozenset((link.start, link.end)) for link in site.road_links() if link.mode == "boat"}
    for start, end in product(nodes, nodes):
        trip = roads.trip(start, end, boats=False)
        if trip is not None:
            assert "boat" not in trip.modes
            assert trip.minutes >= roads.trip(start, end).minutes - 1e-6
    islands = [id_ for pair in boats for id_ in pair]
    assert any(roads.trip(place("ha-noi"), site.node(id_), boats=False) is None for id_ in islands)


def test_the_island_that_has_both_is_quicker_by_boat_and_reachable_by_ferry(roads) -> None:
    quick, driven = (roads.trip(place("bai-chay"), place("cat-ba"), boats=boats) for boats in (True, False))
    assert "boat" in quick.modes and "ferry" in driven.modes


@pytest.mark.parametrize(
    "ref, stands",
    [
        pytest.param("lodging/lodging-legacy-yen-tu", "place/legacy-yen-tu", id="lodging"),
        pytest.param("gateway/san-bay-noi-bai", "gateway/san-bay-noi-bai", id="gateway"),
        pytest.param("festival/hoi-xuan-yen-tu", "place/yen-tu", id="festival"),
        pytest.param("bridge/cau-ben-rung", "gateway/cau-ben-rung", id="a-bridge-that-is-a-node"),
        pytest.param("programme/hp-hd", None, id="a-programme-is-nowhere"),
        pytest.param("place/no-such-place", None, id="unknown"),
    ],
)
def test_where_a_subject_stands(site, ref: str, stands: str | None) -> None:
    found = standing_place(site, Ref.parse(ref))
    assert (str(found) if found else None) == stands


def test_a_subject_that_is_nowhere_has_no_trip(roads) -> None:
    assert roads.trip(place("ha-noi"), Ref("programme", "hp-hd")) is None
    assert roads.crow_km(place("ha-noi"), Ref("programme", "hp-hd")) is None


@pytest.mark.parametrize(
    "start, end, km",
    [
        pytest.param((0, 0), (0, 1), 111.2, id="a-degree-of-longitude-on-the-equator"),
        pytest.param((21, 105), (22, 105), 111.2, id="a-degree-of-latitude"),
        pytest.param((21.0285, 105.8542), (10.7769, 106.7009), 1140, id="ha-noi-to-the-south"),
        pytest.param((21, 106), (21, 106), 0, id="nowhere"),
    ],
)
def test_great_circles(start, end, km: float) -> None:
    assert great_circle_km(Location(*start), Location(*end)) == pytest.approx(km, rel=0.01, abs=1e-9)


def test_the_graph_is_kept_until_a_row_changes(fresh_site) -> None:
    before = roads_of(fresh_site)
    assert roads_of(fresh_site) is before
    new = Location(21.06, 106.60)
    with fresh_site.acting("an-editor"):
        ref = fresh_site.add_place(
            "chua-moi", "pagoda", {"vi": "Chùa Mới", "en": "Moi Pagoda"}, {"vi": "Chùa mới.", "en": "A new pagoda."},
            province="Quảng Ninh", address={"vi": "Mạo Khê", "en": "Mao Khe"}, lat=new.lat, lon=new.lon,
        )  # fmt: skip
    after = roads_of(fresh_site)
    assert after is not before
    trip = after.trip(place("ha-noi"), ref)
    assert trip.approximate and trip.end == ref
