"""The climb: its facts first, how hard, what cable car helps, and one thing to mind in this month."""

import pytest

from guide.refs import Ref
from guide.text import fold


def facts(site, id_: str, lang: str) -> list[str]:
    return [fact.words[lang] for fact in site.facts(Ref("place", id_), "climbing")]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", ["yen-tu", "chua-dong", "den-cao-an-phu", "tay-yen-tu", "dong-kinh-chu"])
def test_the_facts_of_the_place_itself_are_told(site, ask, id_: str, lang: str) -> None:
    assert facts(site, id_, lang)[0] in ask("climbing", lang, id_).text


def test_where_the_place_has_none_those_of_its_complex_are_and_it_is_named(site, ask) -> None:
    assert not facts(site, "am-ngu-duoc", "vi")
    text = ask("climbing", "vi", "am-ngu-duoc").text
    assert facts(site, "yen-tu", "vi")[0] in text and "Đường trong khu Yên Tử" in text


def test_a_cable_car_is_offered_where_there_is_one_and_the_way_is_hard(site, ask) -> None:
    for id_, hard in (("chua-dong", True), ("den-cao-an-phu", False)):
        reply = ask("climbing", "vi", id_)
        lines = site.cable_cars_at(id_)
        assert bool(lines) == hard
        assert any(option.payload.startswith("ask:cable_car") for option in reply.quick_replies) == hard
        assert all(fold(line.name["vi"]) in fold(reply.text) for line in lines[:2])


def test_an_easy_place_says_that_there_is_no_climb(site, ask) -> None:
    assert site.get(Ref("place", "chua-vinh-nghiem")).effort == "easy"
    text = ask("climbing", "en", "chua-vinh-nghiem").text
    assert "no climb" in text and "💡" not in text


def test_what_to_mind_is_advice_for_this_mountain_in_this_month(site, ask, now) -> None:
    text = ask("climbing", "vi", "tay-yen-tu", at=now.replace(month=7)).text
    rows = [row for row in site.advice(topic="mountain", place="tay-yen-tu", month=7) if row.places]
    assert any(row.words["vi"].rstrip(".") in text for row in rows)


def test_what_was_asked_comes_first(site, ask) -> None:
    asked = ask("climbing", "vi", "yen-tu", text="leo Yên Tử nên mang giày gì").text
    assert "giày thể thao" in asked.split("•")[1]


def test_nothing_named_means_yen_tu_and_says_so(site, ask) -> None:
    text = ask("climbing", "vi").text
    assert facts(site, "yen-tu", "vi")[0] in text and text.startswith("Bạn chưa nói nơi nào")
