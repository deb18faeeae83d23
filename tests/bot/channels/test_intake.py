"""The trust boundary: what of a visitor's message may reach Rasa."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.intake import MAX_CHARACTERS, safe_metadata, take_in


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        pytest.param("/restart", "restart", id="built-in-command"),
        pytest.param('/ask_price{"place":"x"}', 'ask_price{"place":"x"}', id="intent-with-entities"),
        pytest.param("  / /restart", "restart", id="slashes-behind-spaces"),
        pytest.param("\u200b/restart", "\u200b/restart", id="a-zero-width-space-is-no-slash"),
        pytest.param("\x00/restart\x07", "restart", id="slash-behind-control-characters"),
        pytest.param("giá\n\nvé\tYên Tử", "giá vé Yên Tử", id="white-space-folds"),
        pytest.param("giá", "giá", id="nfd-becomes-nfc"),
        pytest.param("vé \ud800 chùa", "vé ? chùa", id="lone-surrogate"),
    ],
)
def test_typed_text_is_only_text(typed: str, seen: str) -> None:
    taken = take_in(typed)
    assert taken.text == seen
    assert taken.parse_data is None


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "😀😀", "!!!", "/", "\x00"])
def test_a_message_without_words_is_known_as_empty(typed: str) -> None:
    assert take_in(typed).parse_data["intent"]["name"] == "empty_message"


def test_a_novel_is_cut_and_answered() -> None:
    taken = take_in("chùa " * 2_000)
    assert taken.parse_data["intent"]["name"] == "too_long"
    assert len(taken.text) <= 200


def test_a_button_asks_about_known_things_only() -> None:
    taken = take_in("Giá vé", "ask:price:place/yen-tu")
    assert taken.parse_data["intent"] == {"name": "ask_price", "confidence": 1.0}
    assert [(e["entity"], e["value"]) for e in taken.parse_data["entities"]] == [("place", "yen-tu")]


@pytest.mark.parametrize(
    ("payload", "intent"),
    [
        ("plan:drop:place/chua-lan", "change_trip"),
        ("plan:tell:days=3", "tell_trip"),
        ("plan:route:bach-dang", "plan_trip"),
        ("plan:undo", "undo_trip"),
        ("plan:share", "share_trip"),
        ("plan:cancel", "cancel_trip"),
    ],
)
def test_a_button_of_a_trip_goes_to_the_trip_as_it_is(payload: str, intent: str) -> None:
    taken = take_in("…", payload)
    assert taken.parse_data["intent"]["name"] == intent
    assert [(e["entity"], f"plan:{e['value']}") for e in taken.parse_data["entities"]] == [("plan", payload)]


@pytest.mark.parametrize("payload", ["plan:restart", "plan:tell:days=99", "plan:drop:slot/x", "plan:undo:1", "plan:"])
def test_a_forged_button_of_a_trip_is_plain_text(payload: str) -> None:
    taken = take_in("Lịch trình", payload)
    assert taken.parse_data is None and taken.text == "Lịch trình"


@pytest.mark.parametrize(
    "payload", ["/restart", "ask:restart", "ask:price:slot/x", "ask:price:place/../x", 7, {"a": 1}, ""]
)
def test_a_forged_button_is_plain_text(payload: object) -> None:
    assert take_in("Giá vé", payload).parse_data is None


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        pytest.param(
            {"lang": "en", "place": "chua-dong", "x": 1}, {"lang": "en", "place": "chua-dong"}, id="known-keys-only"
        ),
        pytest.param({"lang": "xx", "place": "../etc"}, {}, id="bad-values"),
        pytest.param(["lang"], {}, id="not-an-object"),
        pytest.param(None, {}, id="none"),
    ],
)
def test_metadata_is_checked(given_: object, kept: dict) -> None:
    assert safe_metadata(given_) == kept


@given(
    st.text(max_size=3_000), st.none() | st.text() | st.integers(), st.none() | st.dictionaries(st.text(), st.text())
)
def test_nothing_a_visitor_sends_breaks_the_intake(text: str, payload: object, metadata: object) -> None:
    taken = take_in(text, payload, metadata)
    assert not taken.text.startswith("/")
    assert len(taken.text) <= MAX_CHARACTERS
    json.dumps([taken.parse_data, taken.metadata, taken.text]).encode("utf-8")
