"""Whole conversations on every messenger, as recorded; and the bot killed in the middle of some.

    TRUC_RECORD=1 python -m pytest tests/e2e/test_channel_talks.py     # write down anew what is shown

A recording holds, for each turn, the calls with their first words and buttons; figures, hours of the day and everything
else that changes by itself are left out.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bot.channels.platforms import STANDINS
from tests.e2e.messengers import Guest, MessengerBot, arrives, numbers, recorded, sends, shares_position

RECORDINGS = Path(__file__).with_name("recorded")
TROUBLE = ("trục trặc", "not working on my side")
PLAN = "lịch trình 2 ngày từ Hà Nội đi Côn Sơn, Kiếp Bạc, đi ô tô"


@pytest.fixture(params=sorted(STANDINS))
def guest(request: pytest.FixtureRequest, messengers: MessengerBot) -> Guest:
    """A visitor whom the bot has not met."""
    return Guest(messengers, messengers.every[request.param])


def test_a_conversation_is_shown_as_recorded(guest: Guest) -> None:
    turns: list[dict[str, Any]] = []

    def turn(did: str, calls: list[Any]) -> str:
        turns.append({"did": did, "shown": [line for call in calls for line in recorded(call)]})
        assert calls and not [trouble for trouble in TROUBLE if trouble in guest.text], did
        return guest.text

    assert "tự động" in turn("arrives", guest.act(arrives))
    turn("asks where Chùa Đồng is", guest.act("chùa Đồng ở đâu?"))
    turn("presses the first button", guest.press(""))
    turn("is near", guest.act(shares_position))
    turn("sends a sticker", guest.act(sends("sticker")))
    turn("goes on in English", guest.act("English please"))
    turn("asks what is not ours", guest.act("Where is the Eiffel tower sold?"))
    turn("wants a person", guest.act("I want to talk to a person"))
    file = RECORDINGS / f"{guest.messenger.name}.yml"
    if os.environ.get("TRUC_RECORD"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(turns, allow_unicode=True, sort_keys=False, width=1_000), "utf-8")
    assert turns == yaml.safe_load(file.read_text("utf-8"))


def test_a_trip_is_planned_changed_and_shared(guest: Guest) -> None:
    guest.act(arrives)
    guest.act(PLAN)
    planned = guest.text
    assert "Côn Sơn" in planned and "Kiếp Bạc" in planned
    guest.act("bỏ Kiếp Bạc đi")
    changed = guest.text
    assert changed != planned
    calls = guest.press("Quay lại lịch trước")
    assert "Kiếp Bạc" in guest.text and guest.text != changed
    if guest.messenger.name == "telegram":
        edited = [call for call in calls if call.method == "editMessageReplyMarkup"]
        assert edited, "the buttons of the plan that is no more are taken away"
        rows = [row for call in edited for row in call.params["reply_markup"]["inline_keyboard"]]
        assert all("callback_data" not in button for row in rows for button in row)
    guest.press("Gửi cho tôi")
    assert "https://yentu.example/" in repr([call.params for call in guest.seen])
    assert not [trouble for trouble in TROUBLE if trouble in guest.text]


def test_a_killed_bot_loses_no_message_and_answers_none_twice(messengers: MessengerBot) -> None:
    """Every platform's visitors have written when it dies; the platforms repeat what they do not know to be taken."""
    guests = [Guest(messengers, messengers.every[name]) for name in sorted(STANDINS) for _ in range(3)]
    questions = ("chùa Đồng ở đâu?", "lịch sử chùa Vĩnh Nghiêm", "Trần Nhân Tông là ai?")
    for guest in guests:
        guest.act(arrives)
    told = {guest.number: len(guest.messenger.told(guest.number)) for guest in guests}
    sent = [(guest, text, next(numbers)) for text in questions for guest in guests]
    for guest, text, number in sent:
        assert guest.messenger.say(messengers.url, text, guest.number, number).status_code == 200
    os.killpg(messengers.keepers["bot"].pid, signal.SIGKILL)
    messengers.wait_until_ready()
    for guest, text, number in sent:
        assert guest.messenger.say(messengers.url, text, guest.number, number).status_code == 200
    for guest in guests:
        standin = guest.messenger.standin
        standin.wait_for(lambda guest=guest: not messengers.store.waiting(guest.messenger.name), 60)
    unsure = [one for one in messengers.store.buried() if one.reason.endswith("stopped")]
    for guest in guests:
        answers = guest.messenger.told(guest.number)[told[guest.number] :]
        assert len(answers) == len(set(answers)), "nothing is said twice"
        assert len(answers) + len(unsure) >= len(questions), "what may or may not have arrived is kept for staff"
    assert len(unsure) <= len(STANDINS), "only what was being sent at that moment"
