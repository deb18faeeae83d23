"""Closed loop: so many visitors, each asking as soon as the last answer is there. Open loop: messages arrive when they
arrive (Poisson), whether or not the bot keeps up, and a time is counted from the moment at which its message was due,
so that a bot that falls behind does not hide it (no coordinated omission).
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

from bench.load.ways import WAYS, Rest, Web
from bench.visitors import Load

TURNS = 18  # messages of one visitor in the open loop; then another one comes


@asynccontextmanager
async def crowd(way: str, url: str, visitors: int) -> AsyncIterator[list[Rest | Web]]:
    """So many visitors, ready to ask."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        made = [WAYS[way](session, url) for _ in range(visitors)]
        await asyncio.gather(*(one.begin() for one in made))
        try:
            yield made
        finally:
            await asyncio.gather(*(one.end() for one in made))


async def _ask(one: Rest | Web, text: str, due: float, load: Load) -> None:
    try:
        answered = await one.ask(text)
    except (aiohttp.ClientError, asyncio.TimeoutError):
        answered = False
    load.times.append(time.perf_counter() - due)
    load.unanswered += not answered


async def closed(way: str, url: str, questions: Sequence[str], visitors: int, seconds: float, most: int) -> Load:
    """So many visitors at once for so many seconds, or until each has sent ``most`` messages."""
    load = Load(visitors)
    async with crowd(way, url, visitors) as everybody:
        began = time.perf_counter()

        async def talk(number: int, one: Rest | Web) -> None:
            for turn in range(most):
                if time.perf_counter() - began > seconds:
                    return
                await _ask(one, questions[(number * 41 + turn) % len(questions)], time.perf_counter(), load)

        await asyncio.gather(*(talk(number, one) for number, one in enumerate(everybody)))
        load.seconds = time.perf_counter() - began
    return load


async def opened(way: str, url: str, questions: Sequence[str], rate: float, seconds: float) -> Load:
    """``rate`` messages a second on average for so many seconds, from visitors who each send a few."""
    chance, load = random.Random(1), Load(0)
    dues = list(itertools.takewhile(lambda due: due < seconds, _arrivals(chance, rate)))
    async with crowd(way, url, max(1, -(-len(dues) // TURNS))) as everybody:
        began = time.perf_counter()

        async def arrive(number: int, due: float) -> None:
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            await _ask(everybody[number % len(everybody)], questions[number % len(questions)], began + due, load)

        await asyncio.gather(*(arrive(number, due) for number, due in enumerate(dues)))
        load.seconds = time.perf_counter() - began
    return load


def _arrivals(chance: random.Random, rate: float) -> itertools.accumulate[float]:
    return itertools.accumulate(chance.expovariate(rate) for _ in itertools.count())


async def long_talk(url: str, questions: Sequence[str], turns: int) -> list[float]:
    """The times of one visitor's messages, in seconds: the same few questions again and again."""
    load = Load(1)
    async with crowd("rest", url, 1) as (one,):
        for turn in range(turns):
            await _ask(one, questions[turn % 10], time.perf_counter(), load)
    return load.times
