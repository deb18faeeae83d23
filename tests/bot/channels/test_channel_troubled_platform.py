"""A platform in trouble is left alone for a while, tried again carefully, and used as before when it is well."""

from __future__ import annotations

import asyncio
from typing import Any, Coroutine

import pytest

from bot.channels.messengers import delivery
from bot.channels.messengers.rates import LeftAlone, Pace, Rates, Trouble
from tests.bot.channels.kit import serving
from tests.bot.channels.platforms import Messenger
from tests.bot.channels.standins.base import status

SHORT = Rates(overall=1_000, in_a_chat=1_000, failures=3, rest=0.3)


async def fails(pace: Pace) -> None:
    with pytest.raises(Trouble):
        async with pace.watched():
            raise Trouble


async def works(pace: Pace) -> None:
    async with pace.watched():
        pass


async def is_left_alone(pace: Pace) -> None:
    with pytest.raises(LeftAlone):
        async with pace.watched():
            raise AssertionError("it was called")


async def opened() -> Pace:
    pace = Pace("telegram", SHORT)
    for _ in range(SHORT.failures):
        await fails(pace)
    await is_left_alone(pace)
    return pace


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def test_only_failures_in_a_row_count() -> None:
    async def story() -> None:
        pace = Pace("telegram", SHORT)
        for _ in range(3):
            await fails(pace)
            await fails(pace)
            await works(pace)

    run(story())


def test_after_its_rest_one_success_makes_it_well() -> None:
    async def story() -> None:
        pace = await opened()
        await asyncio.sleep(SHORT.rest + 0.05)
        await works(pace)
        await fails(pace)
        await works(pace)  # one more failure is not enough to leave it alone again

    run(story())


def test_after_its_rest_one_failure_leaves_it_alone_again() -> None:
    async def story() -> None:
        pace = await opened()
        await asyncio.sleep(SHORT.rest + 0.05)
        await fails(pace)
        await is_left_alone(pace)
        await asyncio.sleep(SHORT.rest + 0.05)
        await works(pace)

    run(story())


def test_one_platform_in_trouble_says_nothing_about_another() -> None:
    async def story() -> None:
        await opened()
        await works(Pace("zalo_oa", SHORT))

    run(story())


def test_answers_wait_for_a_platform_that_is_down_and_arrive_once_in_order(
    messenger: Messenger, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(delivery, "_LONGEST_PAUSE", 0.02)
    channel = messenger.make(store)
    channel.platform.rates = SHORT
    messenger.standin.fail_next(messenger.sending, *[status(503)] * (SHORT.failures + 1))
    with serving(channel) as server:
        for number in (1, 2, 3):
            assert messenger.say(server.url, f"câu {number}", number=number).status_code == 200
        messenger.standin.wait_for(lambda: len(messenger.told()) == 3, 10)
        assert channel._shelf.store.buried() == []
    assert messenger.told() == ["re: câu 1", "re: câu 2", "re: câu 3"]
    tried = [made.at for made in messenger.standin.made if made.method == messenger.sending]
    pauses = [later - earlier for earlier, later in zip(tried[:-1], tried[1:], strict=True)]
    assert len(tried) == SHORT.failures + 4 and len([pause for pause in pauses if pause >= SHORT.rest / 2]) >= 2
