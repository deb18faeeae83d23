"""What to eat: dishes of the place before others, what is in season first, nothing with meat for vegetarians."""

import pytest

from guide.answers.formats import distance, money
from guide.answers.topics.food import in_season_first
from guide.answers.vicinity import by_distance
from guide.refs import Ref
from guide.text import fold


def bullets(text: str) -> list[str]:
    return [line[2:] for line in text.splitlines() if line.startswith("• ")]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", ["yen-tu", "hai-phong", "hai-duong-city", "thanh-ha-lychee"])
def test_the_dishes_of_a_place_are_told(site, ask, id_: str, lang: str) -> None:
    names = [dish.name[lang] for dish in site.dishes_at(id_)]
    told = [name for name in names if name in ask("food", lang, id_).text]
    assert len(told) >= min(3, len(names))


def test_dishes_of_the_place_come_before_those_around_it(site) -> None:
    near = by_distance(site, Ref("place", "con-son"), site.all("dish"), lambda dish: dish.places)
    ordered = in_season_first(near, (11,))
    assert [it.km > 0 for it in ordered] == sorted(it.km > 0 for it in ordered)


@pytest.mark.parametrize("month", [1, 6, 11])
def test_what_is_in_season_comes_first(site, month: int) -> None:
    near = by_distance(site, Ref("place", "dong-trieu"), site.all("dish"), lambda dish: dish.places)
    own = [it.record for it in in_season_first(near, (month,)) if it.km == 0]
    out = [bool(dish.months) and month not in dish.months for dish in own]
    assert out == sorted(out)


def test_the_season_follows_the_clock(ask, now) -> None:
    months = (now.replace(month=6), now.replace(month=11))
    june, november = (ask("food", "vi", "dish/vai-thieu-thanh-ha", at=month).text for month in months)
    assert "đang vào mùa" in june and "chưa phải mùa" in november


@pytest.mark.parametrize("text, lang", [("quán chay ở Yên Tử", "vi"), ("vegetarian food", "en")])
def test_vegetarians_are_told_nothing_with_meat(site, ask, text: str, lang: str) -> None:
    reply = ask("food", lang, "yen-tu", text=text)
    for dish in site.all("dish"):
        if not dish.vegetarian:
            assert dish.name[lang] not in reply.text
    gap = next(row for row in site.advice(topic="eating_gap", place="yen-tu") if row.places)
    assert gap.words[lang] in reply.text


def test_a_place_without_a_kitchen_is_told_the_nearest(site, ask) -> None:
    near = by_distance(site, Ref("place", "chua-vinh-nghiem"), site.all("eating"), lambda venue: (venue.near,))
    assert near[0].km > 0
    text = ask("food", "vi", "chua-vinh-nghiem").text
    assert near[0].record.name["vi"] in text and distance(near[0].km, "vi") in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_dish_is_told_with_what_where_and_when(site, ask, lang: str) -> None:
    dish = site.get(Ref("dish", "cha-ruoi-tu-ky"))
    text = ask("food", lang, "dish/cha-ruoi-tu-ky").text
    assert all(words[lang].rstrip(".") in text for words in (dish.what, dish.where, dish.season))


def test_a_price_is_that_of_the_row_and_not_told_twice(site, ask, now) -> None:
    price = site.prices(Ref("dish", "cha-muc-ha-long"), now.date()).current[0]
    text = ask("food", "vi", "dish/cha-muc-ha-long").text
    assert money(price.adult, "vi") in text and text.count("330.000") == 1


def test_places_that_serve_a_dish_are_named(site, ask) -> None:
    serving = [venue for venue in site.all("eating") if "banh-da-cua" in venue.dishes]
    text = fold(ask("food", "vi", "dish/banh-da-cua").text)
    assert all(fold(venue.name["vi"]) in text for venue in serving[:3])


def test_an_eating_place_with_an_old_source_says_to_ask_first(site, ask) -> None:
    for venue in site.all("eating"):
        text = ask("food", "en", str(venue.ref)).text
        assert ("My source is old" in text) == (venue.status == "check"), venue.id


def test_a_closed_eating_place_is_not_recommended(fresh_site, now) -> None:
    from guide.answers import Question, answer

    with fresh_site.acting("an-editor"):
        fresh_site.set(Ref("eating", "eat-com-que-lang-nuong"), "status", "closed")
    reply = answer(fresh_site, Question("food", "vi", now, (Ref("place", "yen-tu"),)))
    assert "Cơm Quê (làng Nương)" not in reply.text


def test_the_region_tells_what_is_in_season_this_month(site, ask, now) -> None:
    text = fold(ask("food", "vi", at=now.replace(month=6)).text)
    seasonal = [dish for dish in site.all("dish") if 6 in dish.months and len(dish.months) < 12]
    assert seasonal and all(fold(dish.name["vi"]) in text for dish in seasonal[:3])


def test_a_province_has_its_own_dishes(site, ask) -> None:
    text = fold(ask("food", "vi", province="Bắc Ninh").text)
    ids = {place.id for place in site.places(province="Bắc Ninh")}
    for dish in site.all("dish"):
        if not ids & set(dish.places):
            assert fold(dish.name["vi"]) not in text
