"""The OA's tokens: a refresh token is used once, the new pair is never lost, and a person is called in time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any, Awaitable, Callable, Iterator

import pytest

from bot.channels.messengers.alerts import Alerts, alerts_of
from bot.channels.messengers.stores import open_store
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.messengers.transport import Transport
from bot.channels.zalo_oa import oauth
from bot.channels.zalo_oa.lifetime import KEY
from bot.channels.zalo_oa.tokens import LOCK, NoToken, Tokens
from tests.bot.channels.kit import serving
from tests.bot.channels.platforms import Messenger
from tests.bot.channels.standins.base import cut, status
from tests.bot.channels.standins.zalo_oa import ZaloOa


@pytest.fixture
def zalo() -> Iterator[ZaloOa]:
    with ZaloOa() as standin:
        yield standin
        assert standin.problems == []


@pytest.fixture
def worker(zalo: ZaloOa, tmp_path: Path) -> Callable[..., Tokens]:
    """Makes workers that share a store, each as a process of its own would."""

    def make(seed: str = "first-refresh") -> Tokens:
        tokens = Tokens(Transport(zalo.url, (1, 3)), zalo.app_id, zalo.app_secret, seed)
        shelf = Shelf(open_store(f"sqlite:///{tmp_path / 'channels.db'}"))
        tokens.attach(shelf, Alerts("zalo_oa", shelf))
        return tokens

    return make


def run(*coroutines: Awaitable[Any]) -> list[Any]:
    async def together() -> list[Any]:
        return await asyncio.gather(*coroutines, return_exceptions=True)

    return asyncio.run(together())


def test_the_first_token_comes_from_the_seed_and_is_then_shared(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    assert run(worker().access()) == ["access-1"]
    assert run(worker().access()) == ["access-1"] and zalo.exchanges == 1


def test_two_workers_use_a_refresh_token_once(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    zalo.exchange_seconds = 0.5
    assert run(*(worker().access() for _ in range(4))) == ["access-1"] * 4
    assert run(worker().renew("access-1"), worker().renew("access-1")) == ["access-2"] * 2
    assert zalo.spent == ["first-refresh", "refresh-1"]


def test_a_cancelled_wait_does_not_lose_the_new_pair(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    zalo.exchange_seconds = 0.5

    async def cancelled() -> None:
        asking = asyncio.create_task(worker().access())
        await asyncio.sleep(0.2)
        asking.cancel()
        await asyncio.sleep(0.6)

    asyncio.run(cancelled())
    assert run(worker().access()) == ["access-1"] and zalo.exchanges == 1


def test_an_answer_that_is_no_pair_overwrites_nothing(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    run(worker().access())
    refusal = {"error_name": "x", "error_reason": "x", "error_description": "x", "error": -14003}
    zalo.fail_next("token", status(200, refusal))
    (raised,) = run(worker().renew("access-1"))
    assert isinstance(raised, NoToken) and not raised.passing
    assert run(worker().pair())[0]["refresh"] == "refresh-1"
    (again,) = run(worker().renew("access-1"))
    assert isinstance(again, NoToken) and zalo.exchanges == 1, "a refused token is not tried again and again"


@pytest.mark.parametrize("fault", [status(503), cut(after=False)], ids=["server-down", "connection-cut"])
def test_a_passing_fault_keeps_the_pair_and_the_next_try_works(
    worker: Callable[..., Tokens], zalo: ZaloOa, fault: Any
) -> None:
    run(worker().access())
    zalo.fail_next("token", fault)
    (raised,) = run(worker().renew("access-1"))
    assert isinstance(raised, NoToken) and raised.passing
    assert run(worker().renew("access-1")) == ["access-2"]


def test_a_crash_that_left_the_lock_holds_nobody_up_for_long(worker: Callable[..., Tokens]) -> None:
    tokens = worker()
    tokens._shelf.store.put({LOCK: ("", 1.0)}, time.time())
    begun = time.monotonic()
    assert run(tokens.access()) == ["access-1"] and 0.5 < time.monotonic() - begun < 5


def test_a_pair_is_renewed_ahead(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    tokens = worker()
    run(tokens.look_after())
    pair = run(tokens.pair())[0]
    tokens._shelf.store.put({KEY: ({**pair, "expires": time.time() + 3_600}, 10_000)}, time.time())
    run(tokens.look_after())
    run(tokens.look_after())
    assert zalo.exchanges == 2


def test_a_person_is_called_before_and_when_it_lapses_until_it_is_mended(
    worker: Callable[..., Tokens], zalo: ZaloOa, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = worker()
    store = tokens._shelf.store
    run(tokens.look_after())
    assert alerts_of(store, "zalo_oa", time.time()) == {}
    pair = run(tokens.pair())[0]
    store.put({KEY: ({**pair, "refreshed": time.time() - 85 * 86_400}, 10_000)}, time.time())
    run(tokens.look_after())
    run(tokens.look_after())
    assert list(alerts_of(store, "zalo_oa", time.time())) == ["refresh-token-lapses-soon"]
    assert caplog.text.count("refresh-token-lapses-soon") == 1, "the log says it once a day"
    zalo.refresh = "somebody-else-has-it"
    store.put({KEY: ({**pair, "expires": 0}, 10_000)}, time.time())
    run(tokens.look_after())
    assert list(alerts_of(store, "zalo_oa", time.time())) == ["authorise-again"], "the pair was young again"
    zalo.refresh = "given-by-hand"
    run(worker("given-by-hand").look_after())
    assert alerts_of(store, "zalo_oa", time.time()) == {}


def test_a_newly_given_refresh_token_wins(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    run(worker().look_after())
    zalo.refresh = "given-by-hand"
    run(worker("given-by-hand").look_after())
    run(worker("given-by-hand").look_after())
    assert zalo.spent == ["first-refresh", "given-by-hand"] and run(worker("given-by-hand").access()) == ["access-2"]


def test_authorising(worker: Callable[..., Tokens], zalo: ZaloOa) -> None:
    zalo.refresh = "a-code"
    tokens = worker("")
    tokens.save_now(oauth.exchange_code(Transport(zalo.url), zalo.app_id, zalo.app_secret, "a-code", "v"))
    assert run(tokens.access()) == ["access-1"]
    with pytest.raises(oauth.NotAuthorised):
        oauth.exchange_code(Transport(zalo.url), zalo.app_id, zalo.app_secret, "wrong", "v")


def test_a_token_that_ended_early_is_replaced_and_the_answer_arrives_once(zalo_oa: Messenger, store: str) -> None:
    with serving(zalo_oa.make(store)) as server:
        zalo_oa.say(server.url, "một")
        zalo_oa.standin.wait_for(zalo_oa.told)
        zalo_oa.standin.access = "nobody-knows-this"
        zalo_oa.say(server.url, "hai")
        zalo_oa.standin.wait_for(lambda: len(zalo_oa.told()) == 2)
    assert zalo_oa.told() == ["re: một", "re: hai"] and zalo_oa.standin.exchanges == 2


def test_when_no_token_works_a_person_is_called_and_the_answer_is_kept(zalo_oa: Messenger, store: str) -> None:
    zalo_oa.standin.refresh = "somebody-else-has-it"
    channel = zalo_oa.make(store)
    with serving(channel) as server:
        zalo_oa.say(server.url, "giá vé?")
        (kept,) = zalo_oa.standin.wait_for(lambda: channel._shelf.store.buried())
        assert list(alerts_of(channel._shelf.store, "zalo_oa", time.time())) == ["authorise-again"]
    assert kept.reason == "locked: authorise-again" and zalo_oa.told() == []
