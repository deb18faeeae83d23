"""What a client's frames do: a message is kept, numbered and answered behind; a rating recorded; all forgotten."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any, Awaitable, Callable, Optional

from rasa.core.channels.channel import UserMessage

from bot.channels.intake import take_in, take_position
from bot.channels.masking import mask
from bot.channels.messengers import metrics
from bot.channels.messengers.collector import Collector
from bot.channels.messengers.platform import phrase
from bot.channels.messengers.stores import Job, Verdict
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.messengers.workers import Workers
from bot.channels.render import as_message
from bot.channels.turns import OnNewMessage, Turns
from bot.channels.web.frames import Feedback, Forget, Frame, Hello, Message
from bot.channels.web.history import History
from bot.channels.web.hub import Hub
from bot.channels.web.limits import Limits, TooMany
from bot.channels.web.ratings import Ratings
from bot.channels.web.tokens import SessionExpired
from bot.channels.wishes import asks_to_be_forgotten

logger = logging.getLogger(__name__)
NAME = "web"
ANSWER_WITHIN_SECONDS = 6 * 3_600  # an older question is not answered any more: whoever asked it has gone on


class Output(Collector):
    """Keeps what Rasa says in a turn until the turn is over."""

    @classmethod
    def name(cls) -> str:
        return NAME


def over(conversation: str) -> str:
    """The key under which it is kept that a conversation was deleted, so that its token opens nothing any more."""
    return f"over:{conversation}"


@dataclass
class Desk:
    """One for the channel. ``erase`` removes a conversation from Rasa's tracker store; ``token_life`` in seconds."""

    shelf: Shelf
    history: History
    hub: Hub
    limits: Limits
    ratings: Ratings
    handle: OnNewMessage
    erase: Callable[[str], Awaitable[None]]
    token_life: int

    def __post_init__(self) -> None:
        self._turns = Turns()
        self.workers = Workers(NAME, self.shelf, self.answer, settle=0)

    async def admit(self, conversation: str) -> None:
        """Raise SessionExpired where the conversation was deleted."""
        if await self.shelf(self.shelf.store.get, [over(conversation)], time.time()):
            raise SessionExpired

    async def take(self, conversation: str, frame: Message | Feedback | Forget | Hello) -> Frame:
        """Act on a frame; the frame that confirms or refuses it."""
        if isinstance(frame, Message):
            return await self._message(conversation, frame)
        if isinstance(frame, Feedback):
            await self.ratings.record(conversation, frame)
        elif isinstance(frame, Forget):
            await self._forget(conversation)
        return {"type": "ack", "id": getattr(frame, "id", "")}

    async def _message(self, conversation: str, frame: Message) -> Frame:
        seq = await self.shelf(self.history.number, conversation, frame.id)
        if seq is None:
            try:
                await self.shelf(self.limits.message, conversation)
            except TooMany as many:
                return {"type": "error", "code": "too_many", "id": frame.id, "retry_after": many.retry_after}
        frame, now = frame.copy(update={"text": mask(frame.text)}), time.time()
        said = {"type": "said", "id": frame.id, "text": frame.text}
        added = await self.shelf(self.history.add, conversation, frame.id, said, now)
        key = f"{conversation}/{frame.id}"
        verdict = await self.shelf(self.shelf.store.accept, conversation, key, 0, frame.dict(), now)
        metrics.RECEIVED.labels(NAME, verdict.value).inc()
        if verdict in (Verdict.FULL, Verdict.TOO_MANY):
            return {"type": "error", "code": "too_many", "id": frame.id, "retry_after": 5}
        self.workers.wake(conversation)
        await self.hub.stir(conversation)
        return {"type": "ack", "id": frame.id, "seq": added or seq}

    async def answer(self, job: Job) -> None:
        """Have a kept message answered, and put the answers into the history."""
        frame = Message(**job.body)
        done = await self.shelf(self.history.number, job.conversation, f"{frame.id}/0")
        if done is None and time.time() - job.received < ANSWER_WITHIN_SECONDS:
            lang = None if frame.payload else asks_to_be_forgotten(frame.text)
            if lang:
                await self._begin_anew(job.conversation, frame, lang)
            else:
                await self._show(job.conversation, frame, await self._replies(job.conversation, frame))
        await self.shelf(self.shelf.store.done, job, {}, time.time())
        await self.hub.stir(job.conversation)

    async def _show(self, conversation: str, frame: Message, replies: list[dict[str, Any]]) -> Optional[int]:
        """Put the answers to a message into the history; the number of the last."""
        number = None
        for place, reply in enumerate(replies):
            shown = {"type": "message", "answers": frame.id, "reply": reply}
            number = await self.shelf(self.history.add, conversation, f"{frame.id}/{place}", shown, time.time())
        return number

    async def _begin_anew(self, conversation: str, frame: Message, lang: str) -> None:
        """Delete all there is of a conversation, which goes on from nothing but the word that this was done."""
        logger.info("web: a visitor had their data erased")
        await self.shelf(self.shelf.store.forget, conversation)
        await self.erase(conversation)
        done = {"text": phrase("forgotten", lang), "lang": lang, "forgotten": True}
        number = await self._show(conversation, frame, [done])
        await self.shelf(self.history.forget, conversation, number)

    async def _replies(self, conversation: str, frame: Message) -> list[dict[str, Any]]:
        metadata, output = frame.metadata(), Output()
        if frame.location and not frame.payload and not frame.text.strip():
            taken = take_position(frame.location.dict(), frame.text, metadata)
        else:
            taken = take_in(frame.text, frame.payload, metadata)
        message = UserMessage(
            taken.text,
            output,
            conversation,
            parse_data=taken.parse_data,
            input_channel=NAME,
            message_id=frame.id,
            metadata=taken.metadata,
        )
        with metrics.TURNS.labels(NAME).time():
            apology = await self._turns.run(self.handle, message, sent=lambda: bool(output.messages))
        if apology is not None:
            return [{"text": apology, "lang": metadata.get("lang") or "vi"}]
        return [reply_of(said) for said in output.messages]

    async def _forget(self, conversation: str) -> None:
        """Delete all there is of a conversation; its token opens nothing from now on."""
        logger.info("web: a visitor had their data erased")
        keep = {over(conversation): (True, float(self.token_life))}
        await self.shelf(self.shelf.store.forget, conversation)
        await self.shelf(self.shelf.store.put, keep, time.time())
        await self.shelf(self.history.forget, conversation)
        await self.erase(conversation)


def reply_of(said: dict[str, Any]) -> dict[str, Any]:
    """A Reply as JSON, from what an action sent through Rasa."""
    message = as_message(said)
    custom = message.get("custom")
    return {**custom, "text": message.get("text", "")} if isinstance(custom, dict) else message
