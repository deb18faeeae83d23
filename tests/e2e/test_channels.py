"""Whole conversations over the real bot through each messenger's webhook, the platforms played by their stand-ins."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.channels.platforms import STANDINS, Messenger, bot_body, oa_body
from tests.e2e.messengers import MessengerBot, arrives, numbers, sends, shares_position, visitors

TROUBLE = ("trục trặc", "not working on my side")


@pytest.fixture(params=sorted(STANDINS))
def visitor(request: pytest.FixtureRequest, messengers: MessengerBot) -> Callable[[Any], str]:
    """Does something as a visitor of one platform (says a text, or posts a body) and returns what comes back."""
    url, every = messengers.url, messengers.every
    messenger = every[request.param]
    who = next(visitors)

    def act(said: Any) -> str:
        before = len(messenger.told(who))
        body = said(messenger, messenger.person(who), next(numbers)) if callable(said) else None
        answer = messenger.deliver(url, body) if body else messenger.say(url, said, who, next(numbers))
        assert answer.status_code == 200
        messenger.standin.wait_for(lambda: len(messenger.told(who)) > before, 20)
        time.sleep(0.3)  # an answer may have parts
        return "\n".join(messenger.told(who)[before:])

    return act


def presses_the_first_button(messenger: Messenger, person: Any, number: int) -> dict[str, Any]:
    """Presses the first choice of the last message that has any; on Zalo Bot types its number."""
    if messenger.name == "zalo_bot":
        return bot_body("1", person, number)
    if messenger.name == "zalo_oa":
        sent = [one["message"] for one in messenger.standin.seen("cs") if one["recipient"].get("user_id") == person]
        buttons = [b for m in sent[-1:] for b in m["attachment"]["payload"]["buttons"] if b["type"] == "oa.query.hide"]
        return oa_body(buttons[0]["payload"], person, number)
    sent = [one for one in messenger.standin.seen("sendMessage", "sendVenue") if one["chat_id"] == person]
    rows = sent[-1]["reply_markup"]["inline_keyboard"]
    button = next(b for row in rows for b in row if "callback_data" in b)
    shown = {
        "message_id": sent[-1]["_message_id"],
        "chat": {"id": person, "type": "private"},
        "reply_markup": {"inline_keyboard": rows},
    }
    query = {
        "id": f"q{number}",
        "from": {"id": person, "is_bot": False},
        "message": shown,
        "data": button["callback_data"],
    }
    return {"update_id": number, "callback_query": query}


def test_a_whole_conversation(visitor: Callable[[Any], str]) -> None:
    said = [visitor(arrives), visitor("chùa Đồng ở đâu?"), visitor(presses_the_first_button), visitor(shares_position)]
    assert "Trúc" in said[0] and "Chùa Đồng" in said[1] + said[1].title()
    assert len(set(said)) == 4, "every step has its own answer"
    assert "km" in said[3] or "gần" in said[3].lower()
    english = [visitor("English please"), visitor("How do I get there?"), visitor("Where is the Eiffel tower sold?")]
    assert "English" in english[0] and "km" in english[1]
    assert "handoff" not in visitor("tôi muốn gặp người thật") and visitor(sends("sticker"))
    assert not [text for text in said + english for trouble in TROUBLE if trouble in text]


@pytest.mark.parametrize("what", ["sticker", "voice", "file", "photo"])
def test_what_can_not_be_read_is_answered_politely(visitor: Callable[[Any], str], what: str) -> None:
    said = visitor(sends(what))
    assert "chữ" in said and not [trouble for trouble in TROUBLE if trouble in said]
    assert "Kiếp Bạc" in visitor("đền Kiếp Bạc ở đâu?"), "the conversation goes on"


@pytest.mark.parametrize("visitor", ["telegram", "zalo_oa"], indirect=True)
def test_a_shared_position_is_where_the_visitor_is_from_then_on(visitor: Callable[[Any], str]) -> None:
    assert "Bạn đang ở" in visitor(shares_position)
    typed = visitor("gần đây có gì?")
    assert "km" in typed or "Yên Tử" in typed
    assert not [trouble for trouble in TROUBLE if trouble in typed]


def test_a_human_is_asked_for(visitor: Callable[[Any], str]) -> None:
    said = visitor("cho mình gặp nhân viên")
    assert "điện thoại" in said or "https://" in said, "whom to ask, as far as it is known"


def test_five_quick_messages_are_answered_quickly_and_in_order(messengers: MessengerBot) -> None:
    """Rasa's own lock would take four seconds for the waiting alone."""
    url, every = messengers.url, messengers.every
    messenger, who, begun = every["telegram"], next(visitors), time.monotonic()
    for question in (
        "giá vé Côn Sơn?",
        "đền Kiếp Bạc ở đâu?",
        "hội Yên Tử ngày nào?",
        "Trần Nhân Tông là ai?",
        "cảm ơn",
    ):
        messenger.say(url, question, who, next(numbers))
    messenger.standin.wait_for(lambda: len(messenger.told(who)) >= 5, 15)
    told = messenger.told(who)
    assert time.monotonic() - begun < 8
    assert "Côn Sơn" in told[0] and "Kiếp Bạc" in told[1] and "Yên Tử" in told[2] and "Nhân Tông" in told[3]
