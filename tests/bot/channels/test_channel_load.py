"""A busy hour in seconds: 1,000 messages of 100 visitors, while the platform repeats, reorders, fails and hangs."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterator, Optional

import pytest
import requests

from bot.channels.messengers import delivery
from tests.bot.channels.conftest import _messenger
from tests.bot.channels.kit import serving
from tests.bot.channels.platforms import OA_ID, Messenger
from tests.bot.channels.standins.base import Fault, cut, slow, status

VISITORS, EACH = 100, 10
READ_SECONDS = 1.0  # for which an answer of the platform is waited for


def misbehaving(seed: int, messenger: Messenger) -> Any:
    """One call in eight fails, in every way there is. Zalo OA also loses calls: its echo tells which."""
    dice, lock, standin = random.Random(seed), threading.Lock(), messenger.standin

    def chance(method: str, params: dict[str, Any]) -> Optional[Fault]:
        if method == "token":
            return None
        with lock:
            drawn = dice.random()
        if drawn < 0.04:
            return status(429, {**standin.error_body(429), "parameters": {"retry_after": 0.1}})
        if drawn < 0.08:
            return status((500, 502, 503)[int(drawn * 1_000) % 3])
        if drawn < 0.10:
            return cut(after=True)
        if drawn < 0.105:
            return slow(READ_SECONDS * 1.5)
        if drawn < 0.110 and messenger.name == "zalo_oa":
            return cut(after=False)
        return slow(0.1) if drawn < 0.125 else None

    return chance


def deliveries(seed: int) -> Iterator[list[tuple[int, int]]]:
    """For each visitor (who, which) in the order in which the platform delivers: neighbours swapped, some repeated."""
    dice = random.Random(seed)
    for who in range(1, VISITORS + 1):
        numbers = list(range(1, EACH + 1))
        for at in range(0, EACH - 1, 2):
            if dice.random() < 0.3:
                numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
        late = [(who, number) for number in numbers if dice.random() < 0.05]  # once more, when all others are there
        yield [(who, number) for number in numbers for _ in range(2 if dice.random() < 0.1 else 1)] + late


def echoing(messenger: Messenger, address: str, posting: ThreadPoolExecutor) -> None:
    """Zalo tells the webhook of every message that the OA has sent."""

    def sent(body: dict[str, Any]) -> None:
        event = {
            "app_id": messenger.settings["app_id"], "event_name": "oa_send_text", "sender": {"id": OA_ID},
            "recipient": {"id": body["recipient"]["user_id"]}, "timestamp": str(int(time.time() * 1000)),
            "message": {"text": body["message"]["text"], "msg_id": f"e{time.monotonic_ns()}"},
        }  # fmt: skip
        posting.submit(messenger.deliver, address, event)

    messenger.standin.on_sent = sent


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries are a hundredth of the usual ones."""
    monkeypatch.setattr(delivery, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(delivery, "_LONGEST_PAUSE", 0.3)


@pytest.fixture
def messenger(request: pytest.FixtureRequest) -> Iterator[Messenger]:
    """The platform that the test names."""
    yield from _messenger(request.param)


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
@pytest.mark.parametrize("messenger", ["telegram", "zalo_oa", "zalo_bot"], indirect=True)
def test_everybody_is_answered_once_and_in_order(
    messenger: Messenger, kind: str, store: str, request: pytest.FixtureRequest, impatient: None
) -> None:
    if kind == "redis":
        store = request.getfixturevalue("redis_url")
    channel = messenger.make(store, settle=0.5)
    channel.platform._transport._timeout = (1.0, READ_SECONDS)
    channel.platform.echo_seconds = 12.0  # on a busy machine an echo may queue behind a thousand messages
    local = threading.local()

    def deliver(some: list[tuple[int, int]]) -> None:
        session = local.__dict__.setdefault("session", requests.Session())
        for who, number in some:
            raw = messenger.encode(messenger.body(f"{who}-{number}", messenger.person(who), who * 1_000 + number))
            answer = session.post(messenger.webhook(server.url), data=raw, headers=messenger.headers(raw))
            assert answer.status_code == 200

    with serving(channel) as server, ThreadPoolExecutor(4) as echoes, ThreadPoolExecutor(8) as posting:
        if messenger.name == "zalo_oa":
            echoing(messenger, server.url, echoes)
        messenger.standin.chance = misbehaving(7, messenger)
        list(posting.map(deliver, deliveries(7)))
        messenger.standin.wait_for(lambda: len(messenger.standin.seen(messenger.sending)) >= VISITORS * EACH, 60)
        messenger.standin.wait_for(lambda: not channel._shelf.store.waiting(messenger.name), 45)
    told = {who: messenger.told(who) for who in range(1, VISITORS + 1)}
    assert {who: texts for who, texts in told.items() if texts != expected(who)} == {}


def expected(who: int) -> list[str]:
    return [f"re: {who}-{number}" for number in range(1, EACH + 1)]
