"""Side by side: figures of the rows and the road graph, and a verdict only where the figures differ."""

from itertools import combinations

import pytest

from guide.answers.formats import distance, duration
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads import roads_of


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("pair", [("con-son", "yen-tu"), ("yen-tu", "tay-yen-tu"), ("chua-vinh-nghiem", "chua-bo-da")])
def test_each_side_has_its_time_and_its_distance(site, ask, pair: tuple[str, str], lang: str) -> None:
    text = ask("compare", lang, *pair).text
    for id_ in pair:
        place, trip = site.get(Ref("place", id_)), roads_of(site).trip(Ref("place", "ha-noi"), Ref("place", id_))
        assert duration(place.minutes, lang) in text and distance(trip.km, lang) in text
        assert place.summary[lang].split(". ")[0].rstrip(".") in text


def test_the_order_of_the_places_does_not_change_the_verdict(ask) -> None:
    one, other = (ask("compare", "vi", *pair).text for pair in (("con-son", "yen-tu"), ("yen-tu", "con-son")))
    points = [set(text.split("Chọn nhanh: ")[1].split(".")[0].split("; ")) for text in (one, other)]
    assert points[0] == points[1] and len(points[0]) == 2


def test_the_verdict_follows_the_rows(site, ask) -> None:
    con_son, yen_tu = (site.get(Ref("place", id_)) for id_ in ("con-son", "yen-tu"))
    assert con_son.minutes < yen_tu.minutes and (con_son.effort, yen_tu.effort) == ("moderate", "hard")
    verdict = ask("compare", "en", "con-son", "yen-tu").text.split("In short: ")[1]
    assert "Côn Sơn is easier on the legs" in verdict and "quicker to see" in verdict.split(";")[0]


def test_equals_are_not_ranked(site, ask) -> None:
    """Two sights are as easy and take as long: neither is called easier or quicker."""
    one, other = next(
        (a, b)
        for a, b in combinations(site.places(kind="pagoda"), 2)
        if (a.effort, a.minutes) == (b.effort, b.minutes) and a.effort and a.minutes
    )
    text = ask("compare", "en", one.id, other.id).text
    assert "easier on the legs" not in text and "quicker to see" not in text


def test_a_part_and_its_whole_are_told_to_be_so(ask) -> None:
    assert "Chùa Đồng nằm trong Yên Tử" in ask("compare", "vi", "chua-dong", "yen-tu").text


def test_from_another_start_the_distances_change(site, ask) -> None:
    trip = roads_of(site).trip(Ref("place", "hai-phong"), Ref("place", "con-son"))
    text = ask("compare", "en", "con-son", "yen-tu", origin=Ref("place", "hai-phong")).text
    assert distance(trip.km, "en") in text and "nearer to Hải Phòng" in text


def test_free_entry_is_said_only_where_a_price_says_so(site, ask, now) -> None:
    text = ask("compare", "en", "con-son", "yen-tu").text
    current = site.prices(Ref("place", "yen-tu"), now.date()).current
    assert current[0].adult == 0 and text.count("Entry is free") == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_place_is_set_against_a_main_site_and_none_means_the_main_sites(ask, lang: str) -> None:
    assert ask("compare", lang, "ha-long-bay").text.count("🔸") == 2
    assert ask("compare", lang).text.count("🔸") == 3


def test_two_dishes_are_told_as_dishes(site, ask) -> None:
    text = ask("compare", "vi", "dish/banh-da-cua", "dish/bun-ca-cay").text
    assert "🔸" not in text
    assert all(site.get(Ref("dish", id_)).what["vi"].rstrip(".") in text for id_ in ("banh-da-cua", "bun-ca-cay"))


def test_nothing_to_choose_by_is_said(site, ask) -> None:
    said = wording_for("en").say("compare.verdict", sides=[], start="Hanoi")
    assert "alike" in said


@pytest.mark.parametrize(
    "pair, said",
    [
        pytest.param(("person/phap-loa", "person/huyen-quang"), "role", id="people"),
        pytest.param(("festival/hoi-xuan-yen-tu", "festival/le-hoi-den-do"), "summary", id="festivals"),
    ],
)
def test_what_has_no_figures_is_told_in_its_own_words(site, ask, pair: tuple[str, str], said: str) -> None:
    text = ask("compare", "en", *pair).text
    assert all(getattr(site.get(Ref.parse(one)), said)["en"].rstrip(".") in text for one in pair)
