"""Where things are: the address now, the former one in brackets, the nearest town, an honest point on the map."""

import pytest

from guide.answers.formats import distance
from guide.refs import Ref
from guide.roads import roads_of


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", ["yen-tu", "chua-vinh-nghiem", "dong-kinh-chu", "bai-coc-yen-giang", "co-to"])
def test_the_new_address_comes_with_the_former_one(site, ask, id_: str, lang: str) -> None:
    place = site.get(Ref("place", id_))
    text = ask("location", lang, id_).text
    assert place.address[lang] in text and place.address_before in text
    assert text.index(place.address[lang]) < text.index(place.address_before)


def test_the_nearest_town_is_the_nearest(site, ask) -> None:
    text = ask("location", "vi", "con-son").text
    roads = roads_of(site)
    towns = sorted(site.places(kind="city"), key=lambda town: roads.crow_km(town.ref, Ref("place", "con-son")))
    assert distance(roads.trip(towns[0].ref, Ref("place", "con-son")).km, "vi") in text


def test_a_point_that_is_only_rough_is_said_to_be(site, ask) -> None:
    for id_ in ("yen-tu", "chua-nham-duong"):
        spot = site.location(Ref("place", id_))
        reply = ask("location", "en", id_)
        assert reply.map.points[0].accuracy_m == spot.accuracy_m
        assert ("approximate" in reply.text) == (spot.accuracy_m >= 1000)


@pytest.mark.parametrize(
    "subject, expected",
    [
        pytest.param("festival/hoi-xuan-yen-tu", "Yên Tử", id="a-festival-by-its-places"),
        pytest.param("bridge/cau-trieu", "Kinh Môn", id="a-bridge-by-what-it-joins"),
        pytest.param("gateway/san-bay-noi-bai", "Hà Nội", id="a-gateway-by-its-province"),
        pytest.param("person/tran-nhan-tong", "Ngọa Vân", id="a-person-by-the-places-of-their-life"),
        pytest.param("route/mua-vai-thanh-ha", "Hải Phòng", id="a-route-by-its-stops"),
    ],
)
def test_other_kinds_are_found_by_what_belongs_to_them(ask, subject: str, expected: str) -> None:
    assert expected in ask("location", "vi", subject).text


def test_a_dish_is_where_its_row_says(site, ask) -> None:
    assert site.get(Ref("dish", "cha-muc-ha-long")).where["en"] in ask("location", "en", "dish/cha-muc-ha-long").text


@pytest.mark.parametrize("asked, into", [("hai-duong", "Hải Phòng"), ("bac-giang", "Bắc Ninh")])
def test_a_former_province_is_placed_in_the_new_one(ask, asked: str, into: str) -> None:
    assert into in ask("location", "vi", province=asked).text


def test_a_province_tells_what_it_was_made_of_and_how_much_there_is(site, ask) -> None:
    text = ask("location", "vi", province="Hải Phòng").text
    visited = [place for place in site.places(province="Hải Phòng") if place.kind not in ("station", "lodging")]
    assert "Hải Dương" in text and str(len(visited)) in text


def test_a_lodging_is_not_near_itself(site, ask) -> None:
    text = ask("location", "vi", "lodging/lodging-legacy-yen-tu").text
    assert text.count(site.name(Ref("lodging", "lodging-legacy-yen-tu"), "vi")) == 1


def test_nothing_named_means_the_world_heritage_property(site, ask) -> None:
    assert site.get(Ref("place", "unesco-1732")).address["vi"] in ask("location", "vi").text


@pytest.mark.parametrize(
    "subject, asked, lang, said",
    [
        pytest.param("yen-tu", "Quảng Ninh", "vi", "Đúng rồi, Yên Tử ở Quảng Ninh.", id="true"),
        pytest.param(
            "con-son", "Hải Dương", "vi", "Côn Sơn trước khi sáp nhập thuộc Hải Dương, nay là Hải Phòng.", id="old"
        ),
        pytest.param("yen-tu", "Bắc Giang", "vi", "Yên Tử không ở Bắc Giang, mà ở Quảng Ninh bạn nhé.", id="false"),
        pytest.param(
            "con-son",
            "Hải Dương",
            "en",
            "was in Hải Dương before the merger of provinces and is now in Hải Phòng",
            id="old-en",
        ),
        pytest.param("yen-tu", "Hải Phòng", "en", "Yên Tử is not in Hải Phòng but in Quảng Ninh.", id="false-en"),
    ],
)
def test_the_province_that_a_question_supposes_is_confirmed_or_put_right(
    ask, subject: str, asked: str, lang: str, said: str
) -> None:
    text = ask("location", lang, subject, province=asked).text
    assert said in text.split("\n")[0] and "📍" in text
