"""Handing kept messages over: those of one conversation one after another, those of several side by side.

A conversation is handled by the process that holds its claim. Claims lapse when their process does not renew them, and
are freed at once when that process is known to be dead, so that another (or the same, started again) goes on.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import socket
import time
from contextlib import suppress
from typing import Awaitable, Callable

import psutil

from bot.channels.messengers import metrics
from bot.channels.messengers.stores import Job, StoreFault
from bot.channels.messengers.stores.threaded import Shelf

logger = logging.getLogger(__name__)

CLAIM_SECONDS, RENEW_SECONDS = 15.0, 4.0  # a conversation of a machine that died waits so long for another
LOOK_SECONDS = 5.0
CLAIMED_PAUSE = 0.2
KEEP_BURIED_SECONDS = 30 * 86_400
_instances = itertools.count(1)  # several workers in one process are several owners
Handle = Callable[[Job], Awaitable[None]]


def owner_of_this_process() -> str:
    """A name for this process that no later one has: host, process id and when it was started."""
    return f"{socket.gethostname()}/{os.getpid()}/{psutil.Process().create_time():.2f}"


def is_dead(owner: str) -> bool:
    """Whether the process of this name ran on this host and runs no more."""
    host, pid, started = owner.split(":", 1)[-1].rsplit("/", 2)
    if host != socket.gethostname():
        return False
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) > 1
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:
        return False


class Workers:
    """The workers of one channel.

    ``settle``: every message waits so many seconds, so that those which arrive at the same moment are put into order.
    """

    def __init__(self, channel: str, shelf: Shelf, handle: Handle, settle: float) -> None:
        self._channel, self._shelf, self._handle, self._settle = channel, shelf, handle, settle
        self._owner = f"{next(_instances)}:{owner_of_this_process()}"
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._keeping: list[asyncio.Task[None]] = []
        self._ending = False

    async def start(self) -> None:
        """Free the claims of dead processes, take up what is left, and keep looking."""
        store = self._shelf.store
        for conversation, owner in (await self._shelf(store.owners)).items():
            if conversation.startswith(f"{self._channel}:") and is_dead(owner):
                await self._shelf(store.release, conversation, owner)
        self._keeping = [asyncio.create_task(self._look_around()), asyncio.create_task(self._renew())]

    def wake(self, conversation: str) -> None:
        """There is something to do for this conversation."""
        if self._ending:
            return
        if conversation in self._tasks:
            self._again.add(conversation)
        else:
            self._tasks[conversation] = asyncio.create_task(self._work(conversation))

    async def stop(self, patience: float) -> None:
        """Begin nothing new, give what is going on so many seconds to end, then leave it for the next start."""
        self._ending = True
        for task in self._keeping:
            task.cancel()
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._keeping, return_exceptions=True)
        with suppress(StoreFault):
            for conversation in list(self._tasks):
                await self._shelf(self._shelf.store.release, conversation, self._owner)

    async def _work(self, conversation: str) -> None:
        try:
            await self._drain(conversation)
        except StoreFault:
            logger.exception("%s: the store failed; it is tried again in a few seconds", self._channel)
        finally:
            if not self._ending:
                del self._tasks[conversation]
        if conversation in self._again:
            self._again.discard(conversation)
            self.wake(conversation)

    async def _drain(self, conversation: str) -> None:
        store = self._shelf.store
        while not await self._claimed(conversation):
            await asyncio.sleep(CLAIMED_PAUSE)
            if not await self._shelf(store.first, conversation):
                return
        try:
            while not self._ending and (job := await self._shelf(store.first, conversation)):
                self._again.discard(conversation)
                if not job.answered and (left := self._settle - (time.time() - job.received)) > 0:
                    await asyncio.sleep(min(left, self._settle))  # one that belongs before it may be on its way
                    continue
                await self._one(job)
        finally:
            if not self._ending:
                await self._shelf(store.release, conversation, self._owner)

    async def _claimed(self, conversation: str) -> bool:
        now = time.time()
        return await self._shelf(self._shelf.store.claim, conversation, self._owner, now + CLAIM_SECONDS, now)

    async def _one(self, job: Job) -> None:
        try:
            await self._handle(job)
        except StoreFault:
            raise
        except Exception:  # one message must not hold up all that follow it
            logger.exception("%s: a message could not be handled", self._channel)
            now = time.time()
            await self._shelf(self._shelf.store.bury, job.conversation, [], "fault", now)
            await self._shelf(self._shelf.store.done, job, {}, now)

    async def _look_around(self) -> None:
        """Take up what nobody works on: left by a dead process, or by a fault of the store."""
        store = self._shelf.store
        while True:
            with suppress(StoreFault):
                waiting = await self._shelf(store.waiting, self._channel)
                metrics.WAITING.labels(self._channel).set(len(waiting))
                for conversation in waiting:
                    self.wake(conversation)
                await self._shelf(store.sweep, time.time(), KEEP_BURIED_SECONDS)
            await asyncio.sleep(LOOK_SECONDS)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            with suppress(StoreFault):
                for conversation in list(self._tasks):
                    if await self._claimed(conversation) and conversation not in self._tasks:
                        await self._shelf(self._shelf.store.release, conversation, self._owner)
