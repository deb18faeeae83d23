"""The linked routes: stops in order, the way by the road graph, and those that fit what a visitor has in mind."""

import pytest

from guide.answers.formats import distance, duration, money
from guide.answers.itineraries import Wish, fitting, legs_of, months_of, nearest_in_days, stops_of
from guide.answers.journeys import rounded
from guide.answers.places import short_names
from guide.answers.wording import wording_for
from guide.refs import Ref


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_route_tells_its_stops_in_order(site, ask, lang: str) -> None:
    for route in site.all("route"):
        names = short_names(site, stops_of(site, route), wording_for(lang))
        assert " → ".join(names) in ask("route", lang, str(route.ref)).text, route.id


def test_every_stop_of_every_route_is_known(site) -> None:
    for route in site.all("route"):
        assert len(stops_of(site, route)) == len(route.stops)


def test_its_length_is_that_of_the_trips_between_its_stops(site, ask) -> None:
    for route in site.all("route"):
        trips = [trip for trip in legs_of(site, stops_of(site, route)) if trip]
        text = ask("route", "vi", str(route.ref)).text
        assert distance(sum(trip.km for trip in trips), "vi") in text, route.id
        assert duration(rounded(sum(trip.minutes for trip in trips)), "vi") in text, route.id


def test_its_bridges_are_named(site, ask) -> None:
    for id_, bridge in (("theo-dau-chan-ba-tinh", "cau-dong-viet"), ("bach-dang", "cau-ben-rung")):
        assert site.name(Ref("bridge", bridge), "en") in ask("route", "en", f"route/{id_}").text


def test_a_price_is_that_of_the_row(site, ask, now) -> None:
    ref = Ref("route", "nam-diem-di-san")
    price = site.prices(ref, now.date()).current[0]
    assert money(price.adult, "vi") in ask("route", "vi", str(ref)).text


def test_only_routes_that_last_the_days_asked_fit(site) -> None:
    for days in (1, 2, 3, 5):
        found = fitting(site, Wish(days=days))
        assert found == [it for it in site.all("route") if it.days_min <= days <= it.days_max]


def test_a_theme_is_met_before_all_else(site) -> None:
    found = fitting(site, Wish(days=2, themes=("sea",)))
    assert found and {route.theme for route in found} == {"sea"}


def test_a_theme_that_no_route_of_those_days_has_is_let_go(site) -> None:
    assert fitting(site, Wish(days=6, themes=("food",)))


@pytest.mark.parametrize(
    "id_, months",
    [
        pytest.param("food-tour-hai-phong", (10, 11, 12), id="a-range"),
        pytest.param("dong-tay-yen-tu", (1, 2, 3, 4, 9, 10, 11, 12), id="over-the-turn-of-the-year"),
        pytest.param("mua-vai-thanh-ha", (5, 6), id="dates"),
        pytest.param("dao-bai-tu-long", (4, 5, 6, 7), id="words-between"),
        pytest.param("ve-nguon-dong-bac", (2, 3, 4, 9, 10, 11), id="seasons"),
        pytest.param("theo-dau-chan-ba-tinh", (2, 3, 4, 9, 10, 11), id="lunar-months"),
        pytest.param("bach-dang", tuple(range(1, 13)), id="all-year"),
    ],
)
def test_the_months_of_a_route(site, id_: str, months: tuple[int, ...]) -> None:
    assert months_of(site.get(Ref("route", id_))) == frozenset(months)


def test_a_season_leaves_only_what_is_in_season_the_most_particular_first(site) -> None:
    found = fitting(site, Wish(months=(6,)))
    assert found[0].id == "mua-vai-thanh-ha"
    assert all(6 in months_of(route) for route in found)


def test_a_season_is_read_from_the_visitors_words(ask) -> None:
    assert ask("route", "vi", text="mùa thu đi tuyến nào").quick_replies[0].payload != (
        ask("route", "vi", text="mùa hè đi tuyến nào").quick_replies[0].payload
    )


def test_a_place_on_the_way_or_within_a_stop_counts(site) -> None:
    for id_ in ("con-son", "chua-con-son"):
        assert "nam-diem-di-san" in {it.id for it in fitting(site, Wish(places=(Ref("place", id_),)))}


def test_a_start_comes_first(site) -> None:
    found = fitting(site, Wish(start=Ref("place", "ha-noi")))
    assert found[0].stops[0] == "ha-noi"


@pytest.mark.parametrize("province", ["Bắc Ninh", "Bắc Giang"])
def test_a_province_counts_by_its_new_and_its_former_name(site, province: str) -> None:
    for route in fitting(site, Wish(province=province)):
        places = [site.get(ref) for ref in stops_of(site, route)]
        assert any(province in (it.province_now, it.province_before) for it in places)


def test_too_many_days_come_to_the_longest_routes(site) -> None:
    found = nearest_in_days(site, Wish(days=10))
    assert found[0].days_max == max(route.days_max for route in site.all("route"))


@pytest.mark.parametrize(
    "lang, text, days",
    [
        pytest.param("vi", "tuyến 2 ngày về biển", 2, id="vi"),
        pytest.param("en", "a weekend at the sea", 2, id="en"),
    ],
)
def test_days_and_theme_are_read_from_the_visitors_words(site, ask, lang: str, text: str, days: int) -> None:
    reply = ask("route", lang, text=text)
    asked = [option.payload for option in reply.quick_replies if option.payload.startswith("ask:route:")]
    assert asked == [f"ask:route:{route.ref}" for route in fitting(site, Wish(days=days, themes=("sea",)))[:3]]


def test_what_fits_nothing_is_said_and_the_nearest_are_offered(ask) -> None:
    reply = ask("route", "en", province="Bắc Ninh", text="6 days")
    assert reply.text.startswith("I have no route") and len(reply.quick_replies) >= 3


def test_a_programmes_routes_are_listed(site, ask) -> None:
    programme = site.get(Ref("programme", "qn-bg-yen-tu"))
    asked = {option.payload for option in ask("route", "vi", str(programme.ref)).quick_replies}
    assert {f"ask:route:route/{id_}" for id_ in programme.routes} <= asked


def test_more_goes_on_where_the_list_stopped(ask) -> None:
    first, second = (ask("route", "vi", page=page).text for page in (0, 1))
    rows = [{line for line in text.splitlines() if line.startswith("•")} for text in (first, second)]
    assert rows[0] and rows[1] and not rows[0] & rows[1]


def test_the_map_follows_the_stops(site, ask) -> None:
    reply = ask("route", "vi", "route/bach-dang")
    spots = [site.location(ref) for ref in stops_of(site, site.get(Ref("route", "bach-dang")))]
    assert reply.map.path == tuple((spot.lat, spot.lon) for spot in spots)
