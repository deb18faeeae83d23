"""What is near: real road distances in order, the complex around first, nothing told twice."""

import pytest

from guide.answers.formats import distance
from guide.answers.places import areas_of, short_name
from guide.answers.topics.nearby import DETOUR_MINUTES, FAR_KM, near, on_the_way
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads import roads_of


@pytest.mark.parametrize("id_", ["yen-tu", "con-son", "chua-vinh-nghiem", "ha-noi", "cat-ba"])
def test_distances_are_those_of_the_road_graph_nearest_first(site, id_: str) -> None:
    ref, roads = Ref("place", id_), roads_of(site)
    found = near(site, ref)
    assert [it.km for it in found] == sorted(it.km for it in found)
    for it in found:
        assert it.km == roads.trip(ref, it.place.ref).km <= FAR_KM


def test_no_place_of_the_same_complex_is_called_a_drive_away(site) -> None:
    for id_ in ("chua-dong", "chua-con-son", "thai-mieu"):
        own = areas_of(site, Ref("place", id_))
        assert not [it for it in near(site, Ref("place", id_)) if own & areas_of(site, it.place.ref)]


def test_a_complex_on_the_road_stands_for_its_parts(site) -> None:
    names = {it.place.id for it in near(site, Ref("place", "chua-vinh-nghiem"))}
    assert "kiep-bac" in names and "den-kiep-bac" not in names


def test_a_complex_without_a_road_of_its_own_is_told_by_its_parts(site) -> None:
    names = {it.place.id for it in near(site, Ref("place", "yen-tu"))}
    assert "khu-di-tich-nha-tran-dong-trieu" not in names and "chua-ngoa-van" in names


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_answer_names_them_with_their_distance(site, ask, lang: str) -> None:
    text = ask("nearby", lang, "chua-vinh-nghiem").text
    for it in near(site, Ref("place", "chua-vinh-nghiem"))[:6]:
        assert short_name(site, it.place.ref, wording_for(lang)) in text and distance(it.km, lang) in text


def test_neighbours_in_the_complex_come_first(site, ask) -> None:
    text = ask("nearby", "en", "chua-dong").text
    neighbours = [place for place in site.children("yen-tu") if place.name["en"] in text]
    assert neighbours and text.index(neighbours[0].name["en"]) < text.index("by road")


def test_only_the_kind_that_was_named_is_told(site, ask) -> None:
    found = near(site, Ref("place", "con-son"), "pagoda")
    assert {it.place.kind for it in found} == {"pagoda"}
    text = ask("nearby", "en", "con-son", place_kind="pagoda").text
    assert "Kiếp Bạc" not in text and "Thanh Mai Pagoda" in text


def test_a_kind_that_is_not_there_is_said_to_be_missing(ask) -> None:
    assert not ask("nearby", "en", "co-to", place_kind="cave").known


def test_an_estimated_distance_is_called_rough(site, ask) -> None:
    text = ask("nearby", "en", "chua-vinh-nghiem").text
    for it in near(site, Ref("place", "chua-vinh-nghiem"))[:6]:
        row = next(line for line in text.splitlines() if short_name(site, it.place.ref, wording_for("en")) in line)
        assert ("roughly" in row) == it.approximate


def test_an_airport_has_places_near_it(ask) -> None:
    assert "Hải Phòng" in ask("nearby", "vi", "gateway/san-bay-cat-bi").text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_with_a_start_the_places_on_the_way_are_told(site, ask, lang: str) -> None:
    start, end, roads = Ref("place", "ha-noi"), Ref("place", "yen-tu"), roads_of(site)
    found = on_the_way(site, start, end)
    whole = roads.trip(start, end).minutes
    for minutes, place in found:
        assert roads.trip(start, place.ref).minutes + roads.trip(place.ref, end).minutes - whole <= DETOUR_MINUTES
        assert minutes >= 0 and not areas_of(site, place.ref) & areas_of(site, end)
    assert "con-son" in {place.id for _, place in found[:6]}
    text = ask("nearby", lang, "yen-tu", origin=start).text
    assert all(short_name(site, place.ref, wording_for(lang)) in text for _, place in found[:6])
