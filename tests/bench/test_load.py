"""The load test asks what visitors ask, and counts a message's time from the moment at which it was due."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bench.load.command import _best
from bench.load.loops import closed, opened
from bench.load.questions import real_questions

SLOW = 0.05  # seconds of an answer


def test_questions_are_many_and_bear_no_marks_of_the_training_format() -> None:
    questions = real_questions()
    assert len(questions) > 1000
    assert not [text for text in questions if "{" in text or "](" in text]


@pytest.fixture
def senders() -> Iterator[set[str]]:
    yield set()


async def _served(senders: set[str], work: object) -> object:
    """Run ``work(url)`` against a bot that answers one message at a time, each in SLOW seconds."""
    one_at_a_time = asyncio.Lock()

    async def answer(request: web.Request) -> web.Response:
        senders.add((await request.json())["sender"])
        async with one_at_a_time:
            await asyncio.sleep(SLOW)
        return web.json_response([{"text": "hi"}])

    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", answer)
    async with TestServer(app) as server:
        return await work(str(server.make_url("")).rstrip("/"))  # type: ignore[operator]


def test_in_the_closed_loop_everybody_waits_for_the_answer(senders: set[str]) -> None:
    load = asyncio.run(_served(senders, lambda url: closed("rest", url, ["hello"], 4, 60, 3)))
    assert len(senders) == 4 and len(load.times) == 12 and not load.unanswered
    assert load.rate == pytest.approx(1 / SLOW, rel=0.3)


def test_in_the_open_loop_a_bot_that_falls_behind_cannot_hide_it(senders: set[str]) -> None:
    load = asyncio.run(_served(senders, lambda url: opened("rest", url, ["hello"], 60, 1.0)))
    assert max(load.times) > 10 * SLOW, "waiting in the queue counts"
    assert len(load.times) == pytest.approx(60, abs=25)


def test_the_best_is_the_highest_rate_that_is_still_quick_enough() -> None:
    loads = {"rest, 8 at once": (90.0, 100.0), "rest, 32 at once": (95.0, 400.0), "open, 10 a second": (10.0, 50.0)}
    found = {}
    for label, (rate, p95) in loads.items():
        found |= {f"{label}: messages a second": rate, f"{label}: p95, ms": p95}
    assert list(_best(found).values()) == [90.0]
