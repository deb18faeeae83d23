"""Visitors who talk to a bot at the same time, over REST, on this machine only; bounded in number and time."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

LIMIT = 120.0
"""The longest that one load may take, in seconds; visitors who are not done by then stop."""


@dataclass
class Load:
    """What so many visitors at once met with. Times in seconds."""

    visitors: int
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    unanswered: int = 0

    def percentile(self, rank: int) -> float:
        """The time within which so many percent of the answers came."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[rank - 1]

    @property
    def rate(self) -> float:
        """Answers a second, all visitors together."""
        return len(self.times) / self.seconds

    def summary(self) -> dict[str, float | int]:
        """The figures, with times in milliseconds."""
        return {
            "visitors": self.visitors,
            "messages": len(self.times),
            "unanswered": self.unanswered,
            "p50_ms": round(1000 * self.percentile(50), 1),
            "p95_ms": round(1000 * self.percentile(95), 1),
            "p99_ms": round(1000 * self.percentile(99), 1),
            "messages_per_second": round(self.rate, 1),
        }


def visit(url: str, questions: Sequence[str], visitors: int, messages: int) -> Load:
    """Let so many visitors at once send so many messages each, each waiting for the answer before the next."""
    return asyncio.run(_visit(url, questions, visitors, messages))


async def _visit(url: str, questions: Sequence[str], visitors: int, messages: int) -> Load:
    load = Load(visitors)
    began = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        everybody = (_one(session, url, questions, start, messages, load) for start in range(visitors))
        await asyncio.gather(*everybody)
    load.seconds = time.perf_counter() - began
    return load


async def _one(
    session: aiohttp.ClientSession, url: str, questions: Sequence[str], start: int, messages: int, load: Load
) -> None:
    """One visitor, who begins at another question than the others."""
    sender, until = f"bench-{uuid.uuid4().hex}", time.perf_counter() + LIMIT
    for number in range(messages):
        began = time.perf_counter()
        if began > until:
            return
        body = {"sender": sender, "message": questions[(start + number) % len(questions)]}
        async with session.post(f"{url}/webhooks/rest/webhook", json=body) as response:
            answered = response.status == 200 and bool(await response.json())
        load.times.append(time.perf_counter() - began)
        load.unanswered += not answered
