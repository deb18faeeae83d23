"""A server to be killed: Telegram's channel over an agent that never ends a turn. Prints its address."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from bot.channels.telegram.channel import TelegramInput
from tests.bot.channels.kit import FakeAgent, Running


async def never(message: Any) -> list[dict[str, Any]]:
    """Say that the turn has begun, and do not end it."""
    print("turn", flush=True)
    await asyncio.sleep(600)
    return []


if __name__ == "__main__":
    server = Running([TelegramInput.from_credentials(json.loads(sys.argv[1]))], FakeAgent(never))
    server.start()
    print(f"address {server.url}", flush=True)
    server._thread.join()
