"""Lists are complete and counted: by kind, province old and new, town, complex, and the components of the property."""

import pytest

from guide.answers.places import SERVICES, is_property, short_name
from guide.answers.topics.list import SHOWN
from guide.answers.wording import wording_for
from guide.refs import Ref


def rows(text: str) -> list[str]:
    return [line[2:].rstrip(".") for line in text.splitlines() if line.startswith("• ")]


def everything(ask, lang: str, *subjects: str, **values) -> list[str]:
    """All rows of a list, page after page."""
    found: list[str] = []
    for page in range(20):
        more = rows(ask("list", lang, *subjects, page=page, **values).text)
        if set(more) <= set(found):
            return found
        found += more
    raise AssertionError("the list never ends")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", ["pagoda", "temple", "museum", "beach", "island", "village", "cave"])
def test_every_place_of_a_kind_is_listed_once(site, ask, kind: str, lang: str) -> None:
    told = everything(ask, lang, place_kind=kind)
    names = [short_name(site, place.ref, wording_for(lang)) for place in site.places(kind=kind)]
    assert len(told) == len(names)
    assert sorted(row.split(" (")[0] for row in told) == sorted(names)


@pytest.mark.parametrize("province", ["Quảng Ninh", "Hải Phòng", "Bắc Ninh", "Hải Dương", "Bắc Giang"])
def test_a_province_is_listed_whole_by_its_new_or_former_name(site, ask, province: str) -> None:
    places = [it for it in site.places(province=province) if it.kind not in SERVICES and not is_property(it)]
    assert len(everything(ask, "vi", province=province)) == len(places)
    assert str(len(places)) in ask("list", "vi", province=province).text


def test_the_pagodas_of_a_former_town(site, ask) -> None:
    """ "chùa nào ở Đông Triều?" """
    expected = {short_name(site, it.ref, wording_for("vi")) for it in site.places(kind="pagoda", within="dong-trieu")}
    assert len(expected) >= 3
    assert set(rows(ask("list", "vi", "dong-trieu", place_kind="pagoda").text)) == expected


@pytest.mark.parametrize("lang, text", [("vi", "12 thành phần của di sản"), ("en", "the twelve component sites")])
def test_the_components_of_the_property_are_twelve(site, ask, lang: str, text: str) -> None:
    by_words, by_name = ask("list", lang, text=text), ask("list", lang, "unesco-1732")
    assert by_words.text == by_name.text
    assert len(rows(by_words.text)) == len(site.places(heritage=True)) == 12


def test_the_components_of_one_province(site, ask) -> None:
    told = rows(ask("list", "vi", province="Hải Phòng", text="thành phần di sản").text)
    assert len(told) == len(site.places(heritage=True, province="Hải Phòng"))


def test_components_come_before_other_pagodas(site, ask) -> None:
    components = [it for it in site.places(kind="pagoda") if it.heritage_component]
    first = {row.split(" (")[0] for row in rows(ask("list", "vi", place_kind="pagoda").text)}
    assert all(short_name(site, it.ref, wording_for("vi")) in first for it in components)


def test_a_page_holds_a_dozen_and_says_how_many_are_left(site, ask) -> None:
    reply = ask("list", "vi", place_kind="pagoda")
    assert len(rows(reply.text)) == SHOWN
    assert wording_for("vi").say("list.more", count=len(site.places(kind="pagoda")) - SHOWN) in reply.text
    assert any(option.payload.startswith("ask:more") for option in reply.quick_replies)


def test_airports_are_gateways_and_listed_all_the_same(site, ask) -> None:
    airports = [it for it in site.all("gateway") if it.kind == "airport"]
    assert len(rows(ask("list", "en", place_kind="airport").text)) == len(airports)


def test_a_town_without_any_is_told_what_is_near(ask) -> None:
    text = ask("list", "en", "chi-linh", place_kind="pagoda").text
    assert "Côn Sơn Pagoda" in text or "Thanh Mai Pagoda" in text


def test_a_kind_that_is_not_there_is_said_to_be_missing(ask) -> None:
    reply = ask("list", "vi", place_kind="beach", province="Bắc Ninh")
    assert not reply.known and "Bắc Ninh" in reply.text


@pytest.mark.parametrize("lang, text", [("vi", "điểm nào miễn phí vé"), ("en", "places with free entrance")])
def test_free_places_have_a_price_of_nothing_in_force(site, ask, now, lang: str, text: str) -> None:
    told = everything(ask, lang, text=text)
    free = [it for it in site.all("place")
            if any(p.adult == 0 and "ô tô" not in p.item["vi"] for p in site.prices(it.ref, now.date()).current)
            and it.kind not in SERVICES]  # fmt: skip
    assert free and len(told) == len(free)
    assert any(row.startswith("Yên Tử") for row in told)


def test_what_is_free_follows_the_clock(site, ask, now) -> None:
    later = now.replace(year=2029)
    assert not any(row.startswith("Yên Tử") for row in rows(ask("list", "vi", text="chỗ nào miễn phí", at=later).text))


def test_easy_places_are_those_of_little_effort(site, ask) -> None:
    told = everything(ask, "en", text="places without climbing", province="Bắc Ninh")
    easy = [it for it in site.places(province="Bắc Ninh") if it.effort == "easy" and it.kind not in SERVICES]
    assert len(told) == len(easy)


def test_a_person_has_the_places_of_their_life(site, ask) -> None:
    told = rows(ask("list", "vi", "person/tran-hung-dao", place_kind="temple").text)
    places = [site.get(Ref("place", id_)) for id_ in site.get(Ref("person", "tran-hung-dao")).places]
    assert len(told) == len([it for it in places if it.kind == "temple"]) > 0
