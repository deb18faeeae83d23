"""The way there: every figure from the road graph, every name from a row, and the start said when it was assumed."""

import pytest

from guide.answers.formats import distance, duration
from guide.answers.journeys import rounded
from guide.answers.places import short_name
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads import roads_of, standing_place
from guide.text import fold

WAYS = [
    pytest.param("place/ha-noi", "place/yen-tu", id="the-usual-way"),
    pytest.param("gateway/san-bay-cat-bi", "place/chua-dong", id="from-an-airport-to-a-part-of-a-complex"),
    pytest.param("place/kiep-bac", "place/chua-vinh-nghiem", id="over-a-bridge"),
    pytest.param("place/hai-phong", "place/chua-thanh-mai", id="between-provinces"),
    pytest.param("place/ha-noi", "place/suoi-mo", id="off-the-graph"),
]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("start, end", WAYS)
def test_length_and_time_are_those_of_the_road_graph(site, ask, start: str, end: str, lang: str) -> None:
    trip = roads_of(site).trip(Ref.parse(start), Ref.parse(end))
    text = ask("directions", lang, end, origin=Ref.parse(start)).text
    assert distance(trip.km, lang) in text and duration(rounded(trip.minutes), lang) in text


@pytest.mark.parametrize("start, end", WAYS)
def test_every_place_on_the_way_and_every_bridge_is_named(site, ask, start: str, end: str) -> None:
    trip = roads_of(site).trip(Ref.parse(start), Ref.parse(end))
    text = fold(ask("directions", "vi", end, origin=Ref.parse(start)).text)
    passed = [short_name(site, leg.end, wording_for("vi")) for leg in trip.legs if leg.mode != "approach"]
    bridges = [site.name(Ref("bridge", id_), "vi") for leg in trip.legs for id_ in leg.bridges]
    assert [name for name in passed + bridges if fold(name) not in text] == []


@pytest.mark.parametrize("lang, code", [("vi", "quốc lộ 18"), ("en", "National Road 18")])
def test_roads_are_called_as_people_call_them(ask, lang: str, code: str) -> None:
    text = ask("directions", lang, "con-son").text
    assert code in text and "QL18" not in text


@pytest.mark.parametrize("lang, name", [("vi", "Hà Nội"), ("en", "Hà Nội")])
def test_an_assumed_start_is_said_and_a_named_one_is_not(ask, lang: str, name: str) -> None:
    assumed = ask("directions", lang, "yen-tu")
    said = wording_for(lang).say("travel.assumed", start=name)
    assert said in assumed.text
    assert said not in ask("directions", lang, "yen-tu", origin=Ref("place", "ha-noi")).text
    assert any("san-bay-noi-bai" in option.payload for option in assumed.quick_replies)


def test_of_two_places_the_first_is_the_start(site, ask) -> None:
    named = ask("directions", "vi", "con-son", "yen-tu").text
    assert named == ask("directions", "vi", "yen-tu", origin=Ref("place", "con-son")).text


def test_a_part_and_its_complex_named_together_are_one_destination(ask) -> None:
    assert ask("directions", "vi", "chua-dong", "yen-tu").text == ask("directions", "vi", "chua-dong").text


def test_a_toll_is_mentioned_where_a_link_has_one(site, ask) -> None:
    roads, toll = roads_of(site), wording_for("en").say("travel.toll")
    for start, end in (("ha-noi", "hai-phong"), ("con-son", "kiep-bac")):
        trip = roads.trip(Ref("place", start), Ref("place", end))
        text = ask("directions", "en", end, origin=Ref("place", start)).text
        assert (toll in text) == any(leg.toll for leg in trip.legs)


def test_an_estimated_stretch_is_said_to_be_one(site, ask) -> None:
    for id_ in ("suoi-mo", "yen-tu"):
        trip = roads_of(site).trip(Ref("place", "ha-noi"), Ref("place", id_))
        said = wording_for("en").say("travel.approximate", which="end")
        assert (said in ask("directions", "en", id_).text) == trip.approximate


def test_a_motorbike_is_warned_off_the_expressway(site, ask) -> None:
    rule = next(row for row in site.advice(topic="vehicle") if "cao tốc" in row.words["vi"])
    assert rule.words["vi"] in ask("directions", "vi", "hai-phong", text="đi xe máy từ Hà Nội").text
    assert rule.words["vi"] not in ask("directions", "vi", "hai-phong", text="lái ô tô").text
    assert rule.words["vi"] not in ask("directions", "vi", "con-son", "kiep-bac", text="đi xe máy").text


def test_whoever_asks_for_the_train_hears_of_it_before_the_road(site, ask) -> None:
    train = next(it for it in site.all("train") if (it.start, it.end) == ("ga-ha-noi", "ga-hai-phong"))
    text = ask("directions", "vi", "hai-phong", text="đi tàu hỏa").text
    assert text.index(train.ref.id.upper()) < text.index("quốc lộ")


def test_facts_that_set_out_from_ha_noi_are_for_those_who_do(ask) -> None:
    for start in ("hai-phong", "bac-giang-city"):
        bullets = [line for line in ask("directions", "vi", "yen-tu", origin=Ref("place", start)).text.splitlines()
                   if line.startswith("•")]  # fmt: skip
        assert bullets and not [line for line in bullets if "Hà Nội" in line]


def test_the_road_to_a_bay_ends_at_its_port(site, ask) -> None:
    port = site.name(Ref("gateway", "cang-tau-khach-ha-long"), "en").replace("International ", "")
    assert port in ask("directions", "en", "ha-long-bay").text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_whole_property_has_a_way_into_each_province(site, ask, lang: str) -> None:
    text = ask("directions", lang, "unesco-1732").text
    roads, wording = roads_of(site), wording_for(lang)
    for province in {it.province_now for it in site.places(heritage=True)}:
        components = [it for it in site.places(heritage=True) if it.province_now == province]
        trips = [roads.trip(Ref("place", "ha-noi"), it.ref) for it in components]
        nearest = min(trips, key=lambda trip: trip.minutes)
        assert short_name(site, nearest.end, wording) in text and distance(nearest.km, lang) in text


@pytest.mark.parametrize(
    "subject, place",
    [
        pytest.param("festival/hoi-xuan-yen-tu", "yen-tu", id="a-festival"),
        pytest.param("dish/banh-da-cua", "hai-phong", id="a-dish"),
        pytest.param("person/chu-van-an", "den-chu-van-an", id="a-person"),
    ],
)
def test_the_way_to_what_is_no_place_is_the_way_to_its_place(site, ask, subject: str, place: str) -> None:
    text = ask("directions", "vi", subject).text
    stands = standing_place(site, Ref.parse(subject))
    said = wording_for("vi").say("travel.stands", name=site.name(Ref.parse(subject), "vi"),
                                 place=short_name(site, stands, wording_for("vi")))  # fmt: skip
    assert stands == Ref("place", place) and text.startswith(said)
    assert text.split("\n\n", 1)[1].startswith(ask("directions", "vi", place).text.split("\n\n")[0])


def test_the_map_shows_both_ends_and_the_way(ask) -> None:
    reply = ask("directions", "vi", "chua-vinh-nghiem")
    assert len(reply.map.points) == 2
    ends = [(point.lat, point.lon) for point in reply.map.points]
    assert [reply.map.path[0], reply.map.path[-1]] == ends and len(reply.map.path) > 2


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_named_is_asked_back_with_ways_to_choose(ask, lang: str) -> None:
    reply = ask("directions", lang)
    assert len(reply.quick_replies) >= 3
    assert all(option.payload.startswith("ask:directions:place/ha-noi,place/") for option in reply.quick_replies)
