"""What to take home: gifts of the place itself, what can be bought now, and shops that are really near."""

import pytest

from guide.answers.topics.souvenir import SHOP_KM, gifts
from guide.answers.vicinity import road_km
from guide.refs import Ref
from guide.text import fold


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", ["yen-tu", "hai-duong-city", "luc-ngan"])
def test_the_gifts_of_a_place_are_told(site, ask, id_: str, lang: str) -> None:
    own = [dish for dish in gifts(site) if id_ in dish.places]
    text = ask("souvenir", lang, id_).text
    assert own and all(dish.name[lang] in text for dish in own[:3])


def test_no_dish_that_does_not_travel_is_called_a_gift(site, ask) -> None:
    text = ask("souvenir", "vi", "hai-phong").text
    assert [dish.id for dish in site.all("dish") if not dish.good_gift and dish.name["vi"] in text] == []


def test_what_is_out_of_season_is_said_to_be(ask, now) -> None:
    june, november = (ask("souvenir", "en", "thanh-ha-lychee", at=now.replace(month=month)).text for month in (6, 11))
    assert "Thanh Hà lychee" in june and "Thanh Hà lychee: " in november
    line = next(row for row in november.splitlines() if row.startswith("• Thanh Hà lychee"))
    assert "not in season" in line


def test_the_facts_of_the_place_are_told(site, ask) -> None:
    fact = site.facts(Ref("place", "yen-tu"), "souvenir")[0]
    assert fact.words["en"] in ask("souvenir", "en", "yen-tu").text


def test_shops_are_near(site, ask) -> None:
    for id_ in ("yen-tu", "hon-gai", "lang-diem"):
        text = fold(ask("souvenir", "vi", id_).text)
        _, mark, shops = text.partition("🛍")
        for venue in site.all("eating"):
            if mark and fold(venue.name["vi"]) in shops:
                assert road_km(site, Ref("place", id_), Ref("place", venue.near)) <= SHOP_KM


def test_the_region_tells_only_what_is_sold_at_this_time_of_year(site, ask, now) -> None:
    text = fold(ask("souvenir", "vi", at=now.replace(month=3)).text)
    out = [dish for dish in gifts(site) if dish.months and 3 not in dish.months]
    assert out and not [dish.id for dish in out if fold(dish.name["vi"]) in text]
