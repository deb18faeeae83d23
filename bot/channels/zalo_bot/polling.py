"""Long polling, where there is no public address: asks for one update after another. For one process at a time."""

from __future__ import annotations

import asyncio
import logging
import random
import time

from bot.channels.messengers.platform import Malformed, TakeIn
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.messengers.transport import MaybeSent, NotSent
from bot.channels.messengers.workers import owner_of_this_process
from bot.channels.zalo_bot.api import NOTHING_NEW, POLL_SECONDS, ZaloBotApi
from bot.channels.zalo_bot.events import read_event

logger = logging.getLogger(__name__)

CLAIM, CLAIM_SECONDS = "zalo_bot:polling", POLL_SECONDS * 3.0
NOT_OURS_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


async def poll(api: ZaloBotApi, shelf: Shelf, take_in: TakeIn) -> None:
    """Bring in updates until cancelled. Faults lead to growing pauses, never to an end."""
    pause, owner = FIRST_PAUSE, owner_of_this_process()
    while True:
        try:
            now = time.time()
            if not await shelf(shelf.store.claim, CLAIM, owner, now + CLAIM_SECONDS, now):
                await asyncio.sleep(NOT_OURS_SECONDS)
                continue
            if await _one(api, take_in):
                pause = FIRST_PAUSE
                continue
        except Exception as fault:  # polling goes on whatever happens; the fault's text may hold the token
            logger.warning("zalo_bot: polling failed (%s)", type(fault).__name__)
        await asyncio.sleep(pause + random.uniform(0, pause / 2))
        pause = min(LONGEST_PAUSE, pause * 2)


async def _one(api: ZaloBotApi, take_in: TakeIn) -> bool:
    """Ask once; whether Zalo answered as it should."""
    try:
        answer = await api.poll()
    except (NotSent, MaybeSent):
        return False
    body = answer.object()
    if body.get("ok") is not True:
        return NOTHING_NEW in (body.get("error_code"), answer.status)
    updates = body.get("result")
    for update in updates if isinstance(updates, list) else [updates]:  # documented is one, not a list
        await _keep(update, take_in)
    return True


async def _keep(update: object, take_in: TakeIn) -> None:
    try:
        incoming = read_event(update)
    except Malformed:
        return
    while incoming:  # an update that was given out is not given out again: it must be kept
        status, _ = await take_in(incoming)
        if status == 200:
            return
        await asyncio.sleep(FIRST_PAUSE)
