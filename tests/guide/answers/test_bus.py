"""Coaches and trains: where to get on and off, timetables and fares as rows have them, and what is not known."""

import pytest

from guide.answers.formats import clock, distance, duration, money
from guide.answers.transit import NEAR_KM, USEFUL_SHARE, rides, train_rides
from guide.answers.wording import wording_for
from guide.refs import Ref
from guide.roads import roads_of

HA_NOI = Ref("place", "ha-noi")


@pytest.mark.parametrize("end", ["yen-tu", "con-son", "bai-chay", "hai-phong", "chua-bo-da"])
def test_a_ride_calls_near_the_start_and_sets_down_near_the_end(site, end: str) -> None:
    roads, whole = roads_of(site), roads_of(site).trip(HA_NOI, Ref("place", end))
    found = rides(site, HA_NOI, Ref("place", end))
    assert found
    for ride in found:
        assert all(roads.crow_km(HA_NOI, stop) <= NEAR_KM for stop in ride.board)
        assert ride.km_left <= USEFUL_SHARE * whole.km
        assert ride.alight not in ride.board


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_best_ride_is_told_with_its_frequency_and_what_is_left(site, ask, lang: str) -> None:
    best = rides(site, HA_NOI, Ref("place", "yen-tu"))[0]
    text = ask("bus", lang, "yen-tu").text
    assert site.name(best.line.ref, lang) in text
    assert str(best.line.frequency_min) in text and distance(best.km_left, lang) in text


def test_a_line_made_for_the_place_comes_before_one_that_passes_by(site) -> None:
    assert rides(site, HA_NOI, Ref("place", "con-son"))[0].line.id == "xe-ha-noi-chi-linh"


def test_how_to_go_on_to_another_site_is_not_told(ask) -> None:
    assert "Yên Tử" not in ask("bus", "vi", "con-son").text


def test_a_fare_without_a_date_is_called_indicative(site, ask, now) -> None:
    line = Ref("bus_line", "xe-ha-noi-chi-linh")
    price = site.prices(line, now.date()).current[0]
    assert price.valid_from is None
    said = wording_for("vi").say("bus.fare", low=price.adult, high=price.adult_max, note=price.note["vi"], since=None,
                                 stale=True)  # fmt: skip
    assert said in ask("bus", "vi", "con-son").text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_departure_of_the_timetable_is_told(site, ask, lang: str) -> None:
    text = ask("bus", lang, "hai-phong").text
    for ride in train_rides(site, HA_NOI, Ref("place", "hai-phong")):
        assert [train for train in ride.trains if clock(train.departs, lang) not in text] == []


def test_a_running_time_is_told_only_to_who_gets_on_where_the_line_begins(site, ask) -> None:
    line = site.get(Ref("bus_line", "xe-ha-noi-cat-ba"))
    whole = f"roughly {duration(line.duration_min, 'en')}"
    assert whole in ask("bus", "en", "cat-ba").text
    assert whole not in ask("bus", "en", "cat-ba", origin=Ref("place", "hai-phong")).text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_, boat", [("co-to", "tau-van-don-co-to"), ("quan-lan", "tau-van-don-quan-lan")])
def test_an_island_is_told_its_boat(site, ask, id_: str, boat: str, lang: str) -> None:
    boat = site.get(Ref("boat", boat))
    for topic in ("bus", "directions"):
        text = ask(topic, lang, id_).text
        assert boat.name[lang] in text and duration(boat.minutes, lang) in text


def test_train_fares_are_the_cheapest_and_the_dearest_of_the_line(site, ask, now) -> None:
    fares = [price.adult for price in site.prices(Ref("rail_line", "ha-noi-hai-phong"), now.date()).current]
    text = ask("bus", "en", "hai-phong").text
    assert money(min(fares), "en") in text and money(max(fares), "en") in text


def test_a_place_that_no_line_reaches_says_so_with_what_serves_it(site, ask) -> None:
    assert rides(site, HA_NOI, Ref("place", "tay-yen-tu")) == []
    local = site.bus_lines_serving("tay-yen-tu")[0]
    text = ask("bus", "vi", "tay-yen-tu").text
    assert wording_for("vi").say("bus.none", start="Hà Nội", end="Tây Yên Tử") in text
    assert local.name["vi"] in text and wording_for("vi").say("bus.no_timetable") in text


def test_a_place_without_any_line_is_not_known(ask) -> None:
    assert not ask("bus", "en", "dao-co-chi-lang-nam", origin=Ref("place", "binh-lieu")).known


def test_a_line_that_was_named_is_told_by_itself(site, ask) -> None:
    line = site.get(Ref("bus_line", "bus-202"))
    text = ask("bus", "en", "bus_line/bus-202").text
    assert clock(line.first, "en") in text and clock(line.last, "en") in text


def test_nothing_named_lists_every_line(site, ask) -> None:
    text = ask("bus", "vi").text
    assert [line.id for line in site.all("bus_line") if line.name["vi"] not in text] == []
