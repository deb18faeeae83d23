"""Zalo Bot: both shapes of updates, numbers instead of buttons, long polling."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.messengers.incoming import Kind
from bot.channels.messengers.settings import BadCredentials
from bot.channels.messengers.transport import Transport
from bot.channels.zalo_bot.api import ZaloBotApi
from bot.channels.zalo_bot.channel import ZaloBotInput
from bot.channels.zalo_bot.events import read_event
from bot.channels.zalo_bot.setup import inspect, register
from tests.bot.channels.kit import FakeAgent, serving
from tests.bot.channels.platforms import Messenger, bot_body

CHAT = "6ede9afa66b88fe6d001"


def test_wrapped_and_flat_updates_are_the_same() -> None:
    flat = bot_body("Xin chào", CHAT, 1)
    assert read_event(flat) == read_event({"ok": True, "result": flat}) is not None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(bot_body("giá vé?", CHAT, 1), {"kind": Kind.SAID, "text": "giá vé?"}, id="text"),
        pytest.param(bot_body("/start", CHAT, 1), {"kind": Kind.ASKED, "intent": "greet"}, id="start"),
        pytest.param(
            bot_body("", CHAT, 1, event="message.image.received", photo_url="http://x", caption="đây là gì?"),
            {"kind": Kind.SAID, "text": "đây là gì?"},
            id="caption",
        ),
        pytest.param(bot_body("", CHAT, 1, event="message.image.received", photo="x"), {"what": "photo"}, id="photo"),
        pytest.param(bot_body("", CHAT, 1, event="message.sticker.received"), {"what": "sticker"}, id="sticker"),
        pytest.param(bot_body("", CHAT, 1, event="message.voice.received"), {"what": "voice"}, id="voice"),
        pytest.param(bot_body("", CHAT, 1, event="message.unsupported.received"), {"what": "other"}, id="unsupported"),
        pytest.param(bot_body("x", CHAT, 1, date=1750316131), {"at": 1750316131.0}, id="date-in-seconds"),
        pytest.param(
            bot_body("x", CHAT, 1, chat={"id": "zgr-1", "chat_type": "GROUP"}), {"person": f"zgr-1:{CHAT}"}, id="group"
        ),
    ],
)
def test_events(body: dict[str, Any], expected: dict[str, Any]) -> None:
    seen = read_event(body)
    assert seen is not None and {name: getattr(seen, name) for name in expected} == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(bot_body("x", CHAT, 1, **{"from": {"id": "b", "is_bot": True}}), id="bot"),
        pytest.param({"event_name": "message.text.received"}, id="no-message"),
        pytest.param({"ok": True, "result": []}, id="no-update"),
        pytest.param({"event_name": 5, "message": 5}, id="odd"),
    ],
)
def test_what_needs_no_answer(body: dict[str, Any]) -> None:
    assert read_event(body) is None


def test_choices_are_numbers_to_type(zalo_bot: Messenger, store: str) -> None:
    async def say(message: UserMessage) -> list[dict[str, Any]]:
        choices = [
            {"title": "Giá vé", "payload": "ask:price:place/yen-tu"},
            {"title": "Đường đi", "payload": "ask:directions"},
        ]
        return [{"custom": {"text": "Yên Tử.", "lang": "vi", "quick_replies": choices}}]

    agent = FakeAgent(say)
    with serving(zalo_bot.make(store), agent=agent) as server:
        zalo_bot.say(server.url, "Yên Tử")
        (said,) = zalo_bot.standin.wait_for(zalo_bot.told)
        for typed in ("2", "7", "1)"):
            zalo_bot.say(server.url, typed)
        zalo_bot.standin.wait_for(lambda: len(zalo_bot.told()) == 4)
    assert said.splitlines()[-2:] == ["1. Giá vé", "2. Đường đi"]
    meant = [heard.parse_data and heard.parse_data["intent"]["name"] for heard in agent.heard]
    assert meant == [None, "ask_directions", None, "ask_price"]


def test_polling_needs_no_webhook_and_answers_each_update_once(zalo_bot: Messenger, store: str) -> None:
    polling = ZaloBotInput.from_credentials(
        {"token": zalo_bot.standin.token, "polling": "1", "api": zalo_bot.standin.url, "store": store, "key": "k"}
    )
    zalo_bot.standin.pending += [
        bot_body("một", CHAT, 1),
        bot_body("hai", CHAT, 2),
        bot_body("hai", CHAT, 2),
        None,
        "x",
    ]
    with serving(polling) as server:
        zalo_bot.standin.wait_for(lambda: len(zalo_bot.told()) == 2)
        assert zalo_bot.say(server.url, "qua webhook").status_code == 403
        time.sleep(0.3)
    assert zalo_bot.told() == ["re: một", "re: hai"]


@pytest.mark.parametrize("given", [{"token": "x"}, {"token": "x", "secret": "short"}, {"secret": "12345678"}, None])
def test_settings_that_do_not_do_are_named(given: dict[str, str] | None) -> None:
    with pytest.raises(BadCredentials, match=r"secret|token"):
        ZaloBotInput.from_credentials(given)


def test_registering_and_checking(zalo_bot: Messenger) -> None:
    api, url = (
        ZaloBotApi(Transport(zalo_bot.standin.url), zalo_bot.standin.token),
        "https://chat.example.vn/webhooks/zalo_bot/webhook",
    )
    assert not all(finding.fine for finding in asyncio.run(inspect(api, url, polling=False)))
    assert asyncio.run(register(api, url, "a-secret"))[0].fine
    assert all(finding.fine for finding in asyncio.run(inspect(api, url, polling=False)))
    assert not asyncio.run(inspect(api, url, polling=True))[1].fine
