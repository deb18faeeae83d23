"""Whoever writes for the first time is told in the first sentence that no person answers, whatever they begin with."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest

from bot.channels.messengers.introduction import introduced
from bot.channels.messengers.platform import phrase
from bot.channels.messengers.shown import Picture, Shown
from guide.answers.talk import talk
from tests.bot.channels.kit import FakeAgent, serving
from tests.bot.channels.platforms import Messenger, telegram_body

SENTENCE = {lang: phrase("automatic", lang) for lang in ("vi", "en")}


def first_sentence(text: str) -> str:
    return text.split(". ")[0]


async def greets(message: Any) -> list[dict[str, Any]]:
    """What the bot says to a greeting."""
    return [{"custom": talk(None, "greet", "vi", datetime(2026, 11, 24, 9)).to_json()}]


def test_the_first_answer_begins_with_it_and_the_next_does_not(messenger: Messenger, store: str) -> None:
    with serving(messenger.make(store)) as server:
        for number, question in enumerate(("giá vé?", "ở đâu?"), 1):
            messenger.say(server.url, question, number=number)
        messenger.standin.wait_for(lambda: len(messenger.told()) == 2)
    assert messenger.told_whole() == [f"{SENTENCE['vi']}\n\nre: giá vé?", "re: ở đâu?"]


@pytest.mark.parametrize("event", ["follow", "user_click_chatnow"])
def test_who_follows_the_official_account_is_greeted_with_it(zalo_oa: Messenger, store: str, event: str) -> None:
    person = zalo_oa.person(1)
    who = {"follower": {"id": person}} if event == "follow" else {"user_id": person}
    body = {"app_id": "360846524940903967", "event_name": event, "oa_id": "1", **who}
    with serving(zalo_oa.make(store), agent=FakeAgent(greets)) as server:
        zalo_oa.deliver(server.url, {**body, "timestamp": str(int(time.time() * 1000))})
        (greeting,) = zalo_oa.standin.wait_for(zalo_oa.told_whole)
    assert "trợ lý tự động" in first_sentence(greeting) and SENTENCE["vi"] not in greeting


def test_start_on_telegram_is_greeted_with_it(telegram: Messenger, store: str) -> None:
    mark = {"type": "bot_command", "offset": 0, "length": 6}
    with serving(telegram.make(store), agent=FakeAgent(greets)) as server:
        telegram.deliver(server.url, telegram_body("/start", 70_001, 1, entities=[mark]))
        (greeting,) = telegram.standin.wait_for(telegram.told_whole)
    assert "trợ lý tự động" in first_sentence(greeting) and SENTENCE["vi"] not in greeting


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("act", ["greet", "bot_challenge"])
def test_what_names_itself_is_not_introduced_twice(act: str, lang: str) -> None:
    said = talk(None, act, lang, datetime(2026, 11, 24, 9)).text
    assert phrase("automatic_named", lang) in first_sentence(said)
    assert [one.text for one in introduced([Shown(said, lang)], lang)] == [said]


def test_a_picture_does_not_come_before_it() -> None:
    first, second = introduced([Shown("Chùa Đồng", "en", pictures=(Picture("https://x.vn/1.jpg"),))], "vi")
    assert first.text == SENTENCE["en"] and not first.pictures and second.pictures


def test_who_was_forgotten_is_a_stranger_again(telegram: Messenger, store: str) -> None:
    mark = {"type": "bot_command", "offset": 0, "length": 7}
    with serving(telegram.make(store)) as server:
        telegram.say(server.url, "giá vé?", number=1)
        telegram.standin.wait_for(telegram.told)
        telegram.deliver(server.url, telegram_body("/forget", 70_001, 2, entities=[mark]))
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
        telegram.say(server.url, "giá vé?", number=3)
        telegram.standin.wait_for(lambda: len(telegram.told()) == 3)
    assert [text.startswith(SENTENCE["vi"]) for text in telegram.told_whole()] == [True, False, True]
