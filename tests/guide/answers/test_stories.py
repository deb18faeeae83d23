"""What a place is and what is told about it: its own facts first, then its container's or its parts', by name."""

import pytest

from guide.answers import formats
from guide.answers.gather import PROPERTY
from guide.refs import Ref

TELLING = ["history", "legend", "architecture", "nature"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_place_is_introduced_by_its_summary_and_time(site, ask, lang: str) -> None:
    for place in site.all("place"):
        text = ask("overview", lang, place.id).text
        assert place.summary.in_(lang) in text, place.id
        assert not place.minutes or formats.duration(place.minutes, lang) in text, place.id


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("topic", TELLING)
def test_facts_of_the_place_itself_come_first(site, ask, topic: str, lang: str) -> None:
    told = 0
    for place in site.all("place"):
        own = [fact.words.in_(lang) for fact in site.facts(place.ref, topic)]
        if own:
            told += 1
            bullets = [line for line in ask(topic, lang, place.id).text.splitlines() if line.startswith("•")]
            assert bullets[0][2:].rstrip(".") == own[0].rstrip("."), place.id
    assert told >= 10


@pytest.mark.parametrize("topic", TELLING)
def test_facts_of_a_container_are_never_passed_off_as_the_place_s_own(site, ask, topic: str) -> None:
    lent = 0
    for place in site.all("place"):
        around = [outer for outer in site.ancestors(place.id) if outer.ref != PROPERTY and site.facts(outer.ref, topic)]
        if around and not site.facts(place.ref, topic):
            lent += 1
            reply = ask(topic, "vi", place.id)
            assert "mình chưa có ghi chép" in reply.text, place.id
            assert reply.quick_replies[0].payload == f"ask:overview:place/{around[0].id}"
    assert lent or topic == "nature"


@pytest.mark.parametrize("topic", TELLING)
def test_nothing_known_is_said_and_recorded(site, ask, topic: str) -> None:
    reply = ask(topic, "vi", "bac-ninh-city")
    known = [fact for fact in site.facts(Ref("place", "bac-ninh-city")) if fact.topic == topic]
    assert reply.known is bool(known)


def test_the_fact_asked_for_comes_first(site, ask) -> None:
    text = ask("architecture", "vi", "chua-dong", text="ai thiết kế chùa Đồng").text
    assert "kiến trúc sư" in next(line for line in text.splitlines() if line.startswith("•"))


def test_an_overview_adds_the_fact_asked_for(ask) -> None:
    assert "kiến trúc sư" in ask("overview", "vi", "chua-dong", text="ai thiết kế chùa Đồng").text
    assert "kiến trúc sư" not in ask("overview", "vi", "chua-dong", text="chùa Đồng").text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_tell_me_more_tells_every_fact_once(site, ask, lang: str) -> None:
    long_stories = 0
    for place in site.all("place"):
        own = [fact.words.in_(lang) for fact in site.facts(place.ref, "history")]
        if len(own) > 4:
            long_stories += 1
            text = "\n".join(ask("history", lang, place.id, page=page).text for page in range(len(own)))
            assert all(text.count(f"• {fact}") == 1 for fact in own), place.id
    assert long_stories


def test_tell_me_more_never_repeats_a_fact(site, ask) -> None:
    place = max(site.all("place"), key=lambda one: len(site.facts(one.ref, "architecture")))
    pages = [ask("architecture", "vi", place.id, page=page).text for page in range(3)]
    bullets = [line for text in pages for line in text.splitlines() if line.startswith("•")]
    assert len(bullets) > 4 and len(set(bullets)) == len(bullets)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_person_is_told_with_role_and_years(site, ask, lang: str) -> None:
    for person in site.all("person"):
        text = ask("person", lang, str(person.ref)).text
        assert person.name.in_(lang) in text and person.role.in_(lang)[1:] in text, person.id
        for day in filter(None, (person.born, person.died)):
            assert formats.partial_date(day, lang) in text, person.id


def test_history_of_a_person_is_the_person(site, ask) -> None:
    person = site.get(Ref("person", "tran-nhan-tong"))
    assert ask("history", "vi", str(person.ref)).text.startswith(person.name.in_("vi"))


def test_people_of_a_place_are_those_who_lived_there(site, ask) -> None:
    reply = ask("person", "vi", "con-son")
    assert "Nguyễn Trãi" in reply.text and "person/nguyen-trai" in reply.quick_replies[0].payload


def test_people_of_the_container_are_called_so(site, ask) -> None:
    assert not any("chua-dong" in one.places for one in site.all("person"))
    assert "Yên Tử, nơi có chùa Đồng" in ask("person", "vi", "chua-dong").text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_property_lists_its_components_by_province(site, ask, lang: str) -> None:
    components = site.places(heritage=True)
    reply = ask("heritage", lang)
    assert len(components) == 12 and "12/7/2025" in ask("heritage", "vi").text
    for province in {place.province_now for place in components}:
        line = next(line for line in reply.text.splitlines() if line.startswith(f"• {province}:"))
        assert line.count(",") + line.count(" và ") + line.count(" and ") + 1 >= sum(
            place.province_now == province for place in components
        )
    assert len(reply.map.points) == 12


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_component_is_called_one_and_nothing_else_is(site, ask, lang: str) -> None:
    words = {"vi": "là một trong các điểm thành phần", "en": "is one of the component sites"}[lang]
    components = {place.id for place in site.places(heritage=True)}
    for place in site.all("place"):
        if place.ref != PROPERTY:
            assert (words in ask("heritage", lang, place.id).text) is (place.id in components), place.id


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("12 điểm thành phần là những điểm nào", "Thái Miếu", id="components"),
        pytest.param("vì sao đổi tên hồ sơ", "đổi tên hồ sơ", id="change-of-name"),
        pytest.param("hồ sơ trình UNESCO ngày nào", "26/1/2024", id="dossier"),
        pytest.param("vùng lõi và vùng đệm rộng bao nhiêu", "525,75 ha", id="zones"),
    ],
)
def test_questions_about_the_inscription(ask, text: str, expected: str) -> None:
    assert expected in ask("heritage", "vi", text=text).text


def test_other_kinds_are_introduced_by_what_they_are(site, ask) -> None:
    for kind in ("gateway", "boat", "bridge", "train", "cable_car", "dish", "route", "lodging", "help"):
        thing = site.all(kind)[0]
        assert thing.name.in_("vi").split(":")[0] in ask("overview", "vi", str(thing.ref)).text, kind


def test_without_a_subject_the_heritage_as_a_whole(site, ask) -> None:
    assert site.get(PROPERTY).summary.in_("en") in ask("overview", "en").text
