"""How far: km and minutes of the road graph, "about" where a part was estimated, the crow's way as the last resort."""

import pytest

from guide.answers.formats import distance, duration
from guide.answers.journeys import rounded
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads import roads_of


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "start, end",
    [
        pytest.param("con-son", "yen-tu", id="two-sites"),
        pytest.param("ha-noi", "binh-lieu", id="far"),
        pytest.param("yen-tu", "tay-yen-tu", id="near-by-air-far-by-road"),
    ],
)
def test_two_places_named_are_measured_from_one_to_the_other(site, ask, start: str, end: str, lang: str) -> None:
    trip = roads_of(site).trip(Ref("place", start), Ref("place", end))
    text = ask("distance", lang, start, end).text
    assert distance(trip.km, lang) in text and duration(rounded(trip.minutes), lang) in text


def test_there_and_back_are_equally_far(site, ask) -> None:
    trip = roads_of(site).trip(Ref("place", "con-son"), Ref("place", "yen-tu"))
    for pair in (("con-son", "yen-tu"), ("yen-tu", "con-son")):
        assert distance(trip.km, "vi") in ask("distance", "vi", *pair).text


def test_an_island_is_told_by_boat_and_by_ferry(site, ask) -> None:
    start, end = Ref("place", "bai-chay"), Ref("place", "cat-ba")
    quick, driven = (roads_of(site).trip(start, end, boats=boats) for boats in (True, False))
    text = ask("distance", "en", "bai-chay", "cat-ba").text
    assert text.index(distance(quick.km, "en")) < text.index(distance(driven.km, "en"))


def test_three_places_make_two_stretches(site, ask) -> None:
    roads = roads_of(site)
    text = ask("distance", "vi", "con-son", "kiep-bac", "chua-vinh-nghiem").text
    for pair in (("con-son", "kiep-bac"), ("kiep-bac", "chua-vinh-nghiem")):
        assert distance(roads.trip(*(Ref("place", id_) for id_ in pair)).km, "vi") in text


def test_within_a_complex_no_road_is_made_up(ask) -> None:
    text = ask("distance", "en", "chua-dong", "chua-hoa-yen").text
    assert "by car" not in text and "Yên Tử" in text


def test_within_a_complex_a_figure_needs_locations_that_are_exact_enough(site, ask) -> None:
    """The pagodas' points are off by more than they lie apart, so no figure is told."""
    pair = [site.location(Ref("place", id_)) for id_ in ("chua-mot-mai", "chua-hoa-yen")]
    apart = roads_of(site).crow_km(Ref("place", "chua-mot-mai"), Ref("place", "chua-hoa-yen"))
    assert apart * 1000 < sum(spot.accuracy_m for spot in pair)
    body = ask("distance", "en", "chua-mot-mai", "chua-hoa-yen").text
    assert distance(apart, "en") not in body


def test_a_subject_that_is_nowhere_is_unknown_not_guessed(ask) -> None:
    reply = ask("distance", "en", "programme/hp-hd", origin=Ref("place", "ha-noi"))
    assert not reply.known


def test_the_start_itself_is_asked_back(ask) -> None:
    assert ask("distance", "en", "ha-noi").text == wording_for("en").say("distance.ask")
