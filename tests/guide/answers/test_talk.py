"""Talk that is no question."""

from datetime import datetime

import pytest

from guide.answers.payload import parse_payload
from guide.answers.talk import ACTS, UnknownAct, apology_text, talk
from guide.calendar.hours import TIME_ZONE

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=TIME_ZONE)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_said_without_a_database(act: str, lang: str) -> None:
    reply = talk(None, act, lang, NOON)
    assert reply.lang == lang and 20 < len(reply.text) <= 900
    assert "{" not in reply.text and "None" not in reply.text and "  " not in reply.text
    assert all(parse_payload(option.payload) for option in reply.quick_replies)
    assert len(reply.quick_replies) <= 4


@pytest.mark.parametrize(
    "hour, words",
    [
        pytest.param(7, ("buổi sáng", "Good morning"), id="morning"),
        pytest.param(12, ("buổi chiều", "Good afternoon"), id="noon"),
        pytest.param(21, ("buổi tối", "Good evening"), id="night"),
    ],
)
def test_the_greeting_knows_the_time(hour: int, words: tuple[str, str]) -> None:
    for lang, word in zip(("vi", "en"), words, strict=True):
        assert word in talk(None, "greet", lang, NOON.replace(hour=hour)).text


def test_the_greeting_knows_where_the_visitor_is(site) -> None:
    reply = talk(site, "greet", "vi", NOON, here="chua-dong")
    assert "chùa Đồng" in reply.text
    assert any("place/chua-dong" in option.payload for option in reply.quick_replies)


def test_a_place_that_does_not_exist_is_simply_left_out(site) -> None:
    assert talk(site, "greet", "en", NOON, here="atlantis").text == talk(site, "greet", "en", NOON).text


@pytest.mark.parametrize("here", ["ha-long-bay", "lang-diem"])
def test_handoff_gives_the_phone_of_the_site(site, here: str) -> None:
    place = next(place for place in site.all("place") if place.id == here)
    reply = talk(site, "handoff", "vi", NOON, here=here)
    assert place.phone in reply.text
    assert any(button.phone for card in reply.cards for button in card.buttons)


def test_handoff_without_a_phone_gives_the_website_and_says_so(site) -> None:
    home = next(place for place in site.all("place") if place.id == "yen-tu")
    reply = talk(site, "handoff", "vi", NOON)
    assert home.phone is None and home.website in reply.text


def test_help_can_be_asked_in_full() -> None:
    assert talk(None, "help", "vi", NOON).text.count("•") >= 4


def test_an_apology_needs_nothing() -> None:
    assert apology_text(None) == talk(None, "try_again", "vi", NOON).text
    assert apology_text("en") == talk(None, "try_again", "en", NOON).text


def test_an_unknown_act_is_an_error_that_names_the_acts() -> None:
    with pytest.raises(UnknownAct, match="greet"):
        talk(None, "dance", "vi", NOON)
