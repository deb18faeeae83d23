"""What all three messengers promise: who is let in, once each, in order, never in silence."""

from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import UserMessage

from tests.bot.channels.kit import FakeAgent, post, serving
from tests.bot.channels.platforms import Messenger
from tests.bot.channels.standins.base import cut, status


def test_a_question_is_acknowledged_and_answered(messenger: Messenger, store: str) -> None:
    with serving(messenger.make(store)) as server:
        assert messenger.say(server.url, "giá vé Yên Tử?").status_code == 200
        assert messenger.standin.wait_for(messenger.told) == ["re: giá vé Yên Tử?"]
        heard = server.agent.heard[0]
    assert heard.sender_id.startswith(f"{messenger.name}:") and str(messenger.person(1)) not in heard.sender_id
    assert heard.input_channel == messenger.name and heard.output_channel.name() == messenger.name


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Telegram-Bot-Api-Secret-Token": "x", "X-Bot-Api-Secret-Token": "x", "X-ZEvent-Signature": "mac=x"}],
    ids=["none", "wrong"],
)
def test_a_forged_call_is_refused_and_nothing_is_done(messenger: Messenger, store: str, headers: dict) -> None:
    with serving(messenger.make(store)) as server:
        body = messenger.body("giá vé?", messenger.person(1), 1)
        assert post(messenger.webhook(server.url), body, headers).status_code == 403
        time.sleep(0.2)
        assert server.agent.heard == [] and messenger.told() == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(b"{", 400, id="broken"),
        pytest.param(b"", 400, id="empty"),
        pytest.param(b"[]", 400, id="list"),
        pytest.param(b'"x"', 400, id="text"),
        pytest.param(b"[" * 5_000, 400, id="deep"),
        pytest.param(b'{"a": "' + b"x" * 70_000 + b'"}', 413, id="huge"),
    ],
)
def test_malformed_calls_are_no_fault_of_ours(messenger: Messenger, store: str, body: bytes, expected: int) -> None:
    if messenger.name == "zalo_oa" and body[:1] in (b"[", b'"') and body.endswith((b"]", b'"')):
        expected = 403  # what can't be signed is forged
    headers = {
        "X-Telegram-Bot-Api-Secret-Token": "a-secret-of-the-webhook",
        "X-Bot-Api-Secret-Token": "a-secret-of-the-webhook",
    }
    with serving(messenger.make(store)) as server:
        assert post(messenger.webhook(server.url), body, headers).status_code == expected


def test_the_address_can_be_probed(messenger: Messenger, store: str) -> None:
    with serving(messenger.make(store)) as server:
        assert requests.get(messenger.webhook(server.url)).status_code == 200
        assert requests.get(f"{server.url}/webhooks/{messenger.name}/").json() == {"status": "ok"}


def test_a_repeated_delivery_is_answered_once(messenger: Messenger, store: str) -> None:
    with serving(messenger.make(store)) as server:
        body = messenger.body("xin chào", messenger.person(1), 1)
        assert [messenger.deliver(server.url, body).status_code for _ in range(3)] == [200] * 3
        messenger.standin.wait_for(messenger.told)
        assert messenger.deliver(server.url, body).status_code == 200
        time.sleep(0.3)
        assert messenger.told() == ["re: xin chào"]


def test_a_burst_is_answered_in_order_and_at_once(messenger: Messenger, store: str) -> None:
    with serving(messenger.make(store, settle=0.6)) as server:  # six calls from six threads take a while here
        begun = time.monotonic()
        with ThreadPoolExecutor(6) as posting:
            list(posting.map(lambda n: messenger.say(server.url, f"câu {n}", number=n), (3, 1, 2, 5, 4, 6)))
        messenger.standin.wait_for(lambda: len(messenger.told()) == 6)
        assert time.monotonic() - begun < 4
        assert messenger.told() == [f"re: câu {n}" for n in range(1, 7)]


def test_a_slow_turn_holds_up_neither_the_acknowledgement_nor_others(messenger: Messenger, store: str) -> None:
    async def say(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(1.5 if "chậm" in message.text else 0)
        return [{"text": message.text}]

    with serving(messenger.make(store), agent=FakeAgent(say)) as server:
        begun = time.monotonic()
        assert messenger.say(server.url, "chậm", person=1).status_code == 200
        assert time.monotonic() - begun < 0.5
        messenger.say(server.url, "nhanh", person=2)
        messenger.standin.wait_for(lambda: messenger.told(2))
        assert messenger.told(1) == []
        messenger.standin.wait_for(lambda: messenger.told(1))


@pytest.mark.parametrize("fault", ["raises", "silent"])
def test_a_failed_turn_ends_in_an_apology(messenger: Messenger, store: str, fault: str) -> None:
    async def say(message: UserMessage) -> list[dict[str, Any]]:
        if fault == "raises":
            raise RuntimeError("the action server is gone")
        return []

    with serving(messenger.make(store), agent=FakeAgent(say)) as server:
        messenger.say(server.url, "giá vé?")
        (said,) = messenger.standin.wait_for(messenger.told)
    assert "Xin lỗi" in said


@pytest.mark.parametrize("typed", ["/restart", '/ask_price{"place":"x"}', "  /session_start"])
def test_typed_text_is_never_a_command(messenger: Messenger, store: str, typed: str) -> None:
    with serving(messenger.make(store)) as server:
        messenger.say(server.url, typed)
        messenger.standin.wait_for(messenger.told)
        (heard,) = server.agent.heard
    assert not heard.text.startswith("/") and heard.parse_data is None


def test_a_novel_is_answered_within_limits(messenger: Messenger, store: str) -> None:
    novel = "Chùa cổ trên núi cao, mây phủ quanh năm. " * 240

    async def say(message: UserMessage) -> list[dict[str, Any]]:
        return [{"custom": {"text": novel, "lang": "vi"}}]

    with serving(messenger.make(store), agent=FakeAgent(say)) as server:
        messenger.say(server.url, "x" * 10_000)
        messenger.standin.wait_for(lambda: len(" ".join(messenger.told())) >= len(novel) - 20)
    assert " ".join(" ".join(messenger.told()).split()) == novel.strip()
    assert all(part.endswith(".") for part in messenger.told()), "parts end with a sentence"


def test_what_certainly_failed_is_sent_again(messenger: Messenger, store: str) -> None:
    method = "cs" if messenger.name == "zalo_oa" else "sendMessage"
    too_many = status(429) if messenger.name != "zalo_oa" else status(503)
    messenger.standin.fail_next(method, status(500 if messenger.name != "zalo_oa" else 502), too_many)
    with serving(messenger.make(store)) as server:
        messenger.say(server.url, "giá vé?")
        messenger.standin.wait_for(messenger.told, 12)
        messenger.say(server.url, "giờ mở cửa?")
        messenger.standin.wait_for(lambda: len(messenger.told()) == 2)
    assert messenger.told() == ["re: giá vé?", "re: giờ mở cửa?"]


def test_what_may_have_arrived_is_not_said_twice_and_is_kept_for_staff(messenger: Messenger, store: str) -> None:
    channel = messenger.make(store)
    channel.platform.echo_seconds = 0.2
    messenger.standin.fail_next("cs" if messenger.name == "zalo_oa" else "sendMessage", cut(after=True))
    with serving(channel) as server:
        messenger.say(server.url, "giá vé?")
        messenger.standin.wait_for(messenger.told)
        kept = messenger.standin.wait_for(lambda: channel._shelf.store.buried())
        messenger.say(server.url, "giờ?")
        messenger.standin.wait_for(lambda: len(messenger.told()) == 2)
    assert messenger.told() == ["re: giá vé?", "re: giờ?"]
    assert kept[0].reason.startswith("unsure") and "re: giá vé?" in json.dumps(kept[0].body, ensure_ascii=False)


def test_a_stop_in_the_middle_loses_nothing_and_repeats_nothing(messenger: Messenger, store: str) -> None:
    async def never(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(60)
        return []

    with serving(messenger.make(store), agent=FakeAgent(never)) as server:
        for n in (1, 2, 3):
            assert messenger.say(server.url, f"câu {n}", number=n).status_code == 200
        messenger.standin.wait_for(lambda: server.agent.heard)
    assert messenger.told() == []
    with serving(messenger.make(store)) as server:
        messenger.standin.wait_for(lambda: len(messenger.told()) == 3)
        messenger.say(server.url, "câu 3", number=3)
        time.sleep(0.3)
    assert messenger.told() == ["re: câu 1", "re: câu 2", "re: câu 3"]


def test_a_flood_of_one_visitor_is_bounded(messenger: Messenger, store: str) -> None:
    async def slow(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(0.5)
        return [{"text": message.text}]

    with serving(messenger.make(store), agent=FakeAgent(slow)) as server:
        assert {messenger.say(server.url, f"câu {n}").status_code for n in range(45)} == {200}
        messenger.say(server.url, "một câu", person=2)
        messenger.standin.wait_for(lambda: messenger.told(2))
        assert len(server.channels[0]._shelf.store.waiting(messenger.name)) <= 2
        assert len(server.agent.heard) < 10


def test_logs_hold_no_token_account_or_text(messenger: Messenger, store: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    method = "cs" if messenger.name == "zalo_oa" else "sendMessage"
    messenger.standin.fail_next(method, status(400), status(403), cut(after=False))
    channel = messenger.make(store)
    channel.platform.echo_seconds = 0.1
    with serving(channel) as server:
        for n in (1, 2, 3, 4):
            messenger.say(server.url, f"bí mật của tôi {n}")
        messenger.standin.wait_for(lambda: len(server.agent.finished) == 4)
        messenger.standin.wait_for(messenger.told)
    secrets = [
        str(messenger.person(1)),
        "bí mật",
        *(str(messenger.settings.get(k)) for k in ("token", "app_secret", "refresh_token")),
    ]
    logged = "\n".join(record.getMessage() + (record.exc_text or "") for record in caplog.records)
    assert not [one for one in secrets if one != "None" and one in logged]


def test_messages_of_our_own_reach_who_has_written_before(messenger: Messenger, store: str) -> None:
    channel = messenger.make(store)
    with serving(channel) as server:
        messenger.say(server.url, "xin chào")
        messenger.standin.wait_for(messenger.told)
        sender = server.agent.heard[0].sender_id
        output = channel.get_output_channel()
        server.run(output.send_response(sender, {"text": "Mai có hội"}))
        server.run(output.send_response(f"{messenger.name}:nobody", {"text": "không ai"}))
        messenger.standin.wait_for(lambda: len(messenger.told()) == 2)
    assert messenger.told()[-1] == "Mai có hội" and output.name() == messenger.name
