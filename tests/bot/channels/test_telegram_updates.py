"""Telegram's updates, documented and odd ones: what the visitor did."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.messengers.incoming import Incoming, Kind
from bot.channels.telegram.updates import Bot, read_update

ME = Bot(12345, "truc_bot")
PERSON = {"id": 1111111, "is_bot": False, "first_name": "Anna", "language_code": "de"}
PRIVATE = {"id": 1111111, "type": "private"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Trip"}


def message(chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    return {"message_id": 365, "from": PERSON, "chat": chat, "date": 1760000000, **more}


def command(text: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    mark = {"offset": 0, "length": len(text.split()[0]), "type": "bot_command"}
    return message(chat, text=text, entities=[mark])


def read(**update: Any) -> Incoming | None:
    return read_update({"update_id": 7, **update}, ME)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param(message(text="giá vé?"), {"kind": Kind.SAID, "text": "giá vé?", "lang": "en"}, id="text"),
        pytest.param(
            command("/start chua-dong"), {"kind": Kind.ASKED, "intent": "greet", "place": "chua-dong"}, id="deep-link"
        ),
        pytest.param(
            command("/start place_chua-dong"), {"intent": "greet", "place": "chua-dong"}, id="deep-link-prefixed"
        ),
        pytest.param(command("/start"), {"intent": "greet", "place": None}, id="start"),
        pytest.param(command("/start " + "a" * 65), {"intent": "greet", "place": None}, id="deep-link-too-long"),
        pytest.param(command('/start x{"place":"y"}'), {"intent": "greet", "place": None}, id="deep-link-with-json"),
        pytest.param(command("/start@truc_bot chua-dong"), {"intent": "greet", "place": "chua-dong"}, id="start-to-us"),
        pytest.param(command("/help"), {"kind": Kind.ASKED, "intent": "help"}, id="help"),
        pytest.param(
            command("/plan 2 ngày từ Hà Nội"), {"kind": Kind.SAID, "text": "2 ngày từ Hà Nội"}, id="plan-with-words"
        ),
        pytest.param(command("/restart"), {"kind": Kind.SAID, "text": "/restart"}, id="unknown-command-is-text"),
        pytest.param(command("/forget"), {"kind": Kind.NOTED, "what": "withdrew"}, id="forget"),
        pytest.param(
            message(location={"latitude": 21.1, "longitude": 106.7, "horizontal_accuracy": 20.5}),
            {"kind": Kind.LOCATED, "position": {"lat": 21.1, "lon": 106.7}},
            id="location",
        ),
        pytest.param(
            message(venue={"location": {"latitude": 21.1, "longitude": 106.7}, "title": "x", "address": "y"}),
            {"kind": Kind.LOCATED, "position": {"lat": 21.1, "lon": 106.7}},
            id="venue",
        ),
        pytest.param(
            message(photo=[{"file_id": "A"}], caption="đây là gì?"),
            {"kind": Kind.SAID, "text": "đây là gì?"},
            id="caption",
        ),
        pytest.param(message(photo=[{"file_id": "A"}]), {"kind": Kind.UNREADABLE, "what": "photo"}, id="photo"),
        pytest.param(message(voice={}), {"kind": Kind.UNREADABLE, "what": "voice"}, id="voice"),
        pytest.param(message(sticker={}), {"kind": Kind.UNREADABLE, "what": "sticker"}, id="sticker"),
        pytest.param(
            message(contact={"phone_number": "849"}), {"kind": Kind.UNREADABLE, "what": "contact"}, id="contact"
        ),
    ],
)
def test_messages(sent: dict[str, Any], expected: dict[str, Any]) -> None:
    seen = read(message=sent)
    assert seen is not None and seen.chat == seen.person == "1111111" and seen.message_id == "7"
    assert {name: getattr(seen, name) for name in expected} == expected


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"channel_post": message(text="x")}, id="channel-post"),
        pytest.param({"inline_query": {"id": "1", "from": PERSON, "query": "x"}}, id="inline-query"),
        pytest.param({"message": message(text="x") | {"from": {"id": 5, "is_bot": True}}}, id="from-a-bot"),
        pytest.param({"message": command("/help@other_bot")}, id="command-for-another"),
        pytest.param({"message": message(new_chat_members=[PERSON])}, id="service-message"),
        pytest.param(
            {"edited_message": message(location={"latitude": 1.0, "longitude": 2.0})}, id="live-position-moves"
        ),
        pytest.param({"my_chat_member": message(GROUP, new_chat_member={"status": "kicked"})}, id="out-of-a-group"),
        pytest.param({"message": message(GROUP, text="hello all")}, id="group-talk-of-others"),
        pytest.param({"message": message({"id": 1, "type": "channel"}, text="x")}, id="channel"),
        pytest.param({"message": {"text": "x"}}, id="from-nobody"),
        pytest.param({"message": "x"}, id="no-message"),
        pytest.param({}, id="nothing"),
    ],
)
def test_what_needs_no_answer(update: dict[str, Any]) -> None:
    assert read(**update) is None


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        pytest.param(
            message(GROUP, text="😀 @Truc_Bot giá vé?", entities=[{"offset": 3, "length": 9, "type": "mention"}]),
            "😀 giá vé?",
            id="our-name-after-an-emoji",
        ),
        pytest.param(
            message(GROUP, text="còn giờ?", reply_to_message={"from": {"id": 12345}}), "còn giờ?", id="reply-to-us"
        ),
        pytest.param(command("/weather Yên Tử", GROUP), "Yên Tử", id="command"),
    ],
)
def test_in_a_group_when_spoken_to(sent: dict[str, Any], text: str) -> None:
    seen = read(message=sent)
    assert seen and (seen.text, seen.person, seen.chat) == (text, "-100123:1111111", "-100123")


def test_a_pressed_button_tells_what_stood_on_it() -> None:
    rows = [[{"text": "Giá vé", "callback_data": "ask:price:place/yen-tu"}]]
    pressed = {
        "id": "q1",
        "from": PERSON,
        "data": "ask:price:place/yen-tu",
        "message": message(reply_markup={"inline_keyboard": rows}),
    }
    seen = read(callback_query=pressed)
    assert seen and (seen.kind, seen.text, seen.payload) == (Kind.PRESSED, "Giá vé", "ask:price:place/yen-tu")
    assert seen.extra == {"message": 365, "query": "q1"}


def test_a_button_of_a_message_that_is_gone_still_counts() -> None:
    seen = read(callback_query={"id": "q1", "from": PERSON, "data": "ask:price"})
    assert seen and (seen.kind, seen.chat, seen.payload) == (Kind.PRESSED, "1111111", "ask:price")


def test_blocking_and_coming_back() -> None:
    changes = [
        read(my_chat_member=message(new_chat_member={"status": status})) for status in ("kicked", "member", "left")
    ]
    assert [change and change.what for change in changes] == ["blocked", "unblocked", None]


def test_an_album_is_one_message() -> None:
    parts = [read_update({"update_id": n, "message": message(photo=[{}], media_group_id="77")}, ME) for n in (1, 2)]
    assert parts[0] and parts[1] and parts[0].message_id == parts[1].message_id != "1"


def test_an_event_survives_being_kept() -> None:
    seen = read(callback_query={"id": "q1", "from": PERSON, "data": "ask:price"})
    assert seen and Incoming.from_json(seen.to_json()) == seen
