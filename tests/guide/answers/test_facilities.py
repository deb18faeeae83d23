"""Practical things: whatever the site database says about them, found by what it is about; unknown is said."""

import pytest

from guide.answers import Question, answer
from guide.answers.cues import groups
from guide.answers.wording import wording_for
from guide.refs import Ref


@pytest.mark.parametrize(
    "text, lang, row",
    [
        pytest.param("rút tiền ở đâu", "vi", "help-atm", id="cash"),
        pytest.param("co cay atm nao khong", "vi", "help-atm", id="cash-without-marks"),
        pytest.param("where can I buy a SIM card?", "en", "foreigner-sim", id="sim"),
        pytest.param("is there any signal on the mountain", "en", "foreigner-sim", id="signal"),
        pytest.param("uống nước máy được không", "vi", "foreigner-water", id="water"),
        pytest.param("đổ xăng ở đâu", "vi", "help-petrol", id="petrol"),
        pytest.param("sạc xe điện", "vi", "help-charging", id="charging"),
        pytest.param("tôi bị mất ví", "vi", "help-lost-property", id="lost"),
        pytest.param("do I need a visa", "en", "foreigner-e-visa", id="visa"),
        pytest.param("what plug do I need", "en", "foreigner-power", id="plugs"),
        pytest.param("có hiệu thuốc không", "vi", "help-pharmacy", id="pharmacy"),
        pytest.param("how much should I tip", "en", "foreigner-tipping", id="tipping"),
    ],
)
def test_the_advice_on_the_thing_is_told(site, ask, text: str, lang: str, row: str) -> None:
    words = next(advice for advice in site.advice() if advice.id == row).words[lang]
    assert words in ask("facilities", lang, text=text).text


def test_the_visa_rule_for_ones_own_country_comes_first(site, ask) -> None:
    text = ask("facilities", "vi", text="người Thụy Sĩ có cần visa không").text
    assert "Thụy Sĩ" in text.split("•")[1]


def test_a_rule_that_has_lapsed_is_not_told(site, ask, now) -> None:
    row = next(advice for advice in site.advice() if advice.id == "foreigner-visa-exempt-12")
    later = now.replace(year=row.valid_to.year + 1)
    assert row.words["en"] not in ask("facilities", "en", text="visa for Germans", at=later).text


def test_what_is_known_of_the_place_itself_comes_from_its_facts(site, ask) -> None:
    fact = next(it for it in site.facts(Ref("place", "yen-tu"), "climbing") if "gửi giày" in it.words["vi"])
    assert fact.words["vi"] in ask("facilities", "vi", "yen-tu", text="gửi đồ ở đâu").text


def test_general_advice_is_not_passed_off_as_the_places_own(ask) -> None:
    text = ask("facilities", "vi", "chua-bo-da", text="đổ xăng").text
    assert text.startswith("Riêng ở chùa Bổ Đà mình chưa có thông tin về chỗ đổ xăng")


def test_advice_for_another_place_is_not_told(site, ask) -> None:
    row = next(advice for advice in site.advice(topic="money") if "do-son" in advice.places)
    assert row.words["vi"] in ask("facilities", "vi", "do-son", text="atm").text
    assert row.words["vi"] not in ask("facilities", "vi", "yen-tu", text="atm").text


def test_unknown_is_said_with_whom_to_ask(ask) -> None:
    reply = ask("facilities", "en", "yen-tu", text="are there toilets")
    assert not reply.known and "toilets at Yên Tử" in reply.text and "yentutunglam.com.vn" in reply.text


def test_a_sentence_that_staff_add_is_found_at_once(fresh_site, now) -> None:
    ref = Ref("place", "yen-tu")
    words = {"vi": "Nhà vệ sinh có ở ga cáp treo.", "en": "There are toilets at the cable car station."}
    with fresh_site.acting("an-editor"):
        fresh_site.add_fact(ref, "accessibility", words)
    reply = answer(fresh_site, Question("facilities", "en", now, (ref,), text="are there toilets"))
    assert reply.known and words["en"] in reply.text


def test_wind_is_no_hour_and_then_is_no_loss(ask) -> None:
    """Folded, "rồi đổ" reads like a lost thing; facts are looked at as they are written."""
    assert "suối Giải Oan" not in ask("facilities", "vi", "yen-tu", text="mất đồ").text


@pytest.mark.parametrize("lang, text", [("vi", "có chỗ thuê máy ảnh không"), ("en", "do they have a chess board")])
def test_what_nobody_foresaw_is_not_known_rather_than_answered_with_something_else(ask, lang: str, text: str) -> None:
    reply = ask("facilities", lang, "yen-tu", text=text)
    assert not reply.known and "•" not in reply.text


def test_several_things_asked_at_once_are_all_answered(site, ask) -> None:
    text = ask("facilities", "vi", text="rút tiền và đổ xăng ở đâu").text
    rows = {advice.id: advice.words["vi"] for advice in site.advice()}
    assert rows["help-atm"] in text and rows["help-petrol"] in text


def test_nothing_particular_gives_the_essentials_and_what_can_be_asked(ask) -> None:
    assert wording_for("en").say("facilities.ask") in ask("facilities", "en").text


def test_every_thing_that_can_be_asked_has_a_name_and_words_in_the_facts() -> None:
    for cue in groups()["facility"]:
        assert cue in groups()["told"]
        assert all(f"facilities.{cue}" in wording_for(lang) for lang in ("vi", "en"))
