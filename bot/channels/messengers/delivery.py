"""Making the calls of an answer, one after another, each at most once.

A call that certainly was not carried out (no connection, 429, a 5xx answer) is made again with growing pauses. A call
of which nobody knows (the connection ended before the answer came, the process died in between) is not made again
unless that does no harm, or the platform can tell that it did not arrive: nobody should be told twice. What finally
fails is kept for staff.
"""

from __future__ import annotations

import logging
import time
from typing import Any, Awaitable, Callable, Optional, Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_delay, wait_exponential_jitter

from bot.channels.messengers import metrics
from bot.channels.messengers.alerts import Alerts
from bot.channels.messengers.calls import Call, Fate, Outcome
from bot.channels.messengers.rates import LeftAlone, Pace, Trouble
from bot.channels.messengers.stores import Job
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.messengers.transport import MaybeSent, NotSent

logger = logging.getLogger(__name__)

GIVE_UP_SECONDS = 600.0
MADE_SURE = 3
GONE_SECONDS = 90 * 86_400
MEMORY_SECONDS = 30 * 86_400
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


class Caller(Protocol):
    """What delivery needs of a platform."""

    name: str

    async def perform(self, call: Call) -> Outcome:
        """Make one call. May raise NotSent, MaybeSent."""

    async def settle(self, call: Call, conversation: str, since: float) -> Optional[bool]:
        """Whether a call of which nobody knows has arrived; None when the platform can't tell."""

    def learnt(self, call: Call, result: Any) -> dict[str, Any]:
        """What to remember of a call that was made."""


Mark = Callable[[bool], Awaitable[None]]


class _Marker:
    """Notes in the store whether the call of a step is being made, when that changes."""

    def __init__(self, shelf: Shelf, job: Job, step: int) -> None:
        self._shelf, self._job, self._step = shelf, job, step
        self._trying: Optional[bool] = job.trying if job.step == step else None

    async def __call__(self, trying: bool) -> None:
        if trying != self._trying:
            await self._shelf(self._shelf.store.progress, self._job, self._step, trying)
            self._trying = trying


class Delivery:
    """Makes the calls of one platform."""

    def __init__(self, caller: Caller, shelf: Shelf, pace: Pace, give_up: float = GIVE_UP_SECONDS) -> None:
        self._caller, self._shelf, self._pace = caller, shelf, pace
        self.alerts = Alerts(caller.name, shelf)
        self._in_doubt = True  # whether the account works: an alert of before the start may be open
        pauses = wait_exponential_jitter(initial=_FIRST_PAUSE, max=_LONGEST_PAUSE)

        def pause(state: RetryCallState) -> float:
            told = state.outcome.result().wait if state.outcome else None
            return pauses(state) if told is None else told

        self._retrying = AsyncRetrying(
            retry=retry_if_result(lambda outcome: outcome.fate is Fate.LATER),
            wait=pause,
            stop=stop_after_delay(give_up),
            retry_error_callback=lambda state: state.outcome.result(),  # type: ignore[union-attr]
        )

    async def deliver(self, job: Job) -> None:
        """Make what is left of a job's calls and forget the job."""
        calls = [Call.from_json(kept) for kept in job.body]
        learnt: dict[str, Any] = {}
        step = job.step
        if job.trying and await self._settled(calls[step], job):
            step += 1
        while step < len(calls):
            outcome = await self._with_alternatives(calls[step], job.conversation, _Marker(self._shelf, job, step))
            if outcome.fate is Fate.GONE:
                break
            if outcome.fate is Fate.DONE:
                learnt |= self._caller.learnt(calls[step], outcome.result)
            step += 1
        await self._finish(job, learnt)

    async def _finish(self, job: Job, learnt: dict[str, Any]) -> None:
        keep, now = {}, time.time()
        if learnt:
            key = f"memory:{job.conversation}"
            known = await self._shelf(self._shelf.store.get, [key], now)
            if key in known:
                keep[key] = ({**known[key], **learnt}, MEMORY_SECONDS)
        await self._shelf(self._shelf.store.done, job, keep, now)

    async def _settled(self, call: Call, job: Job) -> bool:
        """After a stop in the middle of a call: whether to go on with the next one."""
        if call.safe:
            return False
        arrived = await self._caller.settle(call, job.conversation, job.received)
        if arrived is None and not call.optional:
            await self._bury(job.conversation, call, Outcome(Fate.UNSURE, "stopped"))
        return arrived is not False

    async def _with_alternatives(self, call: Call, conversation: str, mark: Mark) -> Outcome:
        """Make a call, or what stands in for it; what fails is buried. The last outcome."""
        outcome = await self._surely(call, conversation, mark)
        if outcome.fate is Fate.REFUSED and call.instead:
            for other in call.instead:
                outcome = await self._with_alternatives(other, conversation, mark)
            return outcome
        await self._note(call, conversation, outcome)
        return outcome

    async def _surely(self, call: Call, conversation: str, mark: Mark) -> Outcome:
        """Make a call; where nobody knows what became of it and the platform can tell, make sure."""
        begun = time.time()
        outcome = await self.make(call, mark)
        for _ in range(MADE_SURE):
            if outcome.fate is not Fate.UNSURE or call.optional:
                break
            arrived = await self._caller.settle(call, conversation, begun)
            if arrived is None:
                break
            outcome = Outcome(Fate.DONE) if arrived else await self.make(call, mark)
        return outcome

    async def make(self, call: Call, mark: Optional[Mark] = None) -> Outcome:
        """Make one call, again and again while it certainly was not carried out and there is hope.

        ``mark`` is told when it is being made, and when it certainly was not.
        """
        if call.optional:
            return await self._once(call, mark)
        return await self._retrying.copy()(self._once, call, mark)  # a copy: each keeps its own count

    async def _once(self, call: Call, mark: Optional[Mark]) -> Outcome:
        await self._pace.wait(None if call.optional else call.to)  # a sign of typing must not delay the answer
        if mark:
            await mark(True)
        outcome = await self._watched(call)
        if mark and outcome.fate is Fate.LATER:
            await mark(False)
        metrics.CALLS.labels(self._caller.name, call.method, outcome.fate.value).inc()
        return outcome

    async def _watched(self, call: Call) -> Outcome:
        try:
            async with self._pace.watched():
                outcome = await self._performed(call)
                if outcome.trouble:
                    raise Trouble
        except Trouble:
            pass
        except LeftAlone:
            return Outcome(Fate.LATER, "left-alone", wait=self._pace.rest / 2)
        return outcome

    async def _performed(self, call: Call) -> Outcome:
        try:
            return await self._caller.perform(call)
        except NotSent:
            return Outcome(Fate.LATER, "no-connection", trouble=True)
        except MaybeSent:
            return Outcome(Fate.LATER if call.safe else Fate.UNSURE, "no-answer", trouble=True)

    async def _note(self, call: Call, conversation: str, outcome: Outcome) -> None:
        if outcome.fate is Fate.DONE and self._in_doubt:
            await self.alerts.account_works()
            self._in_doubt = False
        if outcome.fate is Fate.DONE or call.optional:
            return
        if outcome.fate is Fate.GONE:
            logger.info("%s: %s can't be written to any more (%s)", self._caller.name, conversation, outcome.reason)
            keep = {f"gone:{conversation}": (outcome.reason, GONE_SECONDS)}
            await self._shelf(self._shelf.store.put, keep, time.time())
            return
        if outcome.fate is Fate.LOCKED:
            self._in_doubt = True
            await self.alerts.call(outcome.reason)
        await self._bury(conversation, call, outcome)

    async def _bury(self, conversation: str, call: Call, outcome: Outcome) -> None:
        reason = f"{outcome.fate.value}: {outcome.reason}"
        logger.warning("%s: %s to %s was not delivered (%s)", self._caller.name, call.method, conversation, reason)
        await self._shelf(self._shelf.store.bury, conversation, [call.to_json()], reason, time.time())
