"""Acknowledgements go before turns, but no flood of arrivals holds a turn up for long."""

from __future__ import annotations

import asyncio
import time

from bot.channels.messengers.arrivals import LONGEST_SECONDS, Arrivals


def test_a_turn_waits_for_those_who_arrive_and_no_longer() -> None:
    async def story() -> list[str]:
        arrivals, happened = Arrivals(), []

        async def acknowledge() -> None:
            with arrivals.one():
                await asyncio.sleep(0.02)
                happened.append("acknowledged")

        asyncio.create_task(acknowledge())
        await arrivals.let_through()
        return [*happened, "turn"]

    assert asyncio.run(story()) == ["acknowledged", "turn"]


def test_a_flood_holds_no_turn_up_for_long() -> None:
    async def story() -> float:
        arrivals, begun = Arrivals(), time.monotonic()
        with arrivals.one():
            await arrivals.let_through()
        return time.monotonic() - begun

    assert LONGEST_SECONDS <= asyncio.run(story()) < LONGEST_SECONDS * 5
