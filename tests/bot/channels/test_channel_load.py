"""A busy hour in seconds: 1,000 messages of 100 visitors, while the platform repeats, reorders, fails and cuts."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterator, Optional

import pytest
import requests

from tests.bot.channels.conftest import _messenger
from tests.bot.channels.kit import serving
from tests.bot.channels.platforms import Messenger
from tests.bot.channels.standins.base import Fault, cut, slow, status

EACH = 10


def misbehaving(seed: int, standin: Any) -> Any:
    """One call in eight fails, in every way there is."""
    dice, lock = random.Random(seed), threading.Lock()

    def chance(method: str, params: dict[str, Any]) -> Optional[Fault]:
        with lock:
            drawn = dice.random()
        if drawn < 0.04:
            return status(429, {**standin.error_body(429), "parameters": {"retry_after": 0.2}})
        if drawn < 0.08:
            return status(502)
        if drawn < 0.10:
            return cut(after=True)
        return slow(0.2) if drawn < 0.125 else None

    return chance


def deliveries(visitors: int, seed: int) -> Iterator[list[tuple[int, int]]]:
    """For each visitor (who, which) in the order in which the platform delivers: neighbours swapped, some repeated."""
    dice = random.Random(seed)
    for who in range(1, visitors + 1):
        numbers = list(range(1, EACH + 1))
        for at in range(0, EACH - 1, 2):
            if dice.random() < 0.3:
                numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
        yield [(who, number) for number in numbers for _ in range(2 if dice.random() < 0.1 else 1)]


@pytest.fixture
def messenger(request: pytest.FixtureRequest) -> Iterator[Messenger]:
    """The platform that the test names."""
    yield from _messenger(request.param)


@pytest.mark.parametrize(
    ("messenger", "kind", "visitors"),
    [
        pytest.param("telegram", "sqlite", 100, id="telegram"),
        pytest.param("zalo_oa", "sqlite", 20, id="zalo_oa"),
        pytest.param("zalo_bot", "sqlite", 20, id="zalo_bot"),
        pytest.param("telegram", "redis", 20, id="telegram-with-redis"),
    ],
    indirect=["messenger"],
)
def test_everybody_is_answered_once_and_in_order(
    messenger: Messenger, kind: str, visitors: int, store: str, request: pytest.FixtureRequest
) -> None:
    if kind == "redis":
        store = request.getfixturevalue("redis_url")
    messenger.standin.chance = misbehaving(7, messenger.standin)
    channel = messenger.make(store, settle=0.6)
    channel.platform.echo_seconds = 0.1
    local = threading.local()

    def deliver(some: list[tuple[int, int]]) -> None:
        session = local.__dict__.setdefault("session", requests.Session())
        for who, number in some:
            body = messenger.body(f"{who}-{number}", messenger.person(who), who * 1_000 + number)
            raw = messenger.encode(body)
            assert (
                session.post(messenger.webhook(server.url), data=raw, headers=messenger.headers(raw)).status_code == 200
            )

    with serving(channel) as server:
        with ThreadPoolExecutor(8) as posting:
            list(posting.map(deliver, deliveries(visitors, 7)))
        messenger.standin.wait_for(lambda: len(messenger.standin.seen(messenger.sending)) >= visitors * EACH, 30)
        messenger.standin.wait_for(lambda: not channel._shelf.store.waiting(messenger.name), 10)
    wrong = {who: messenger.told(who) for who in range(1, visitors + 1) if messenger.told(who) != expected(who)}
    assert not wrong


def expected(who: int) -> list[str]:
    return [f"re: {who}-{number}" for number in range(1, EACH + 1)]
