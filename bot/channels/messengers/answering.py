"""From a kept message to its answer: what does it mean, ask Rasa, render, send."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any, Awaitable, Callable, Coroutine, Mapping, Optional

from rasa.core.channels.channel import UserMessage

from bot.channels.intake import Intake, take_in, take_intent, take_position, take_unreadable
from bot.channels.messengers import metrics
from bot.channels.messengers.alerts import ERASURE_FAILED
from bot.channels.messengers.calls import Call
from bot.channels.messengers.collector import Collector
from bot.channels.messengers.delivery import MEMORY_SECONDS, Delivery
from bot.channels.messengers.incoming import Incoming, Kind
from bot.channels.messengers.introduction import introduced
from bot.channels.messengers.platform import Platform, Rendered, Scene, label, phrase
from bot.channels.messengers.pressing import pressed
from bot.channels.messengers.shown import Shown, shown, together
from bot.channels.messengers.stores import Job
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.turns import OnNewMessage, Turns
from guide.answers.payload import parse_payload

logger = logging.getLogger(__name__)

ANSWER_WITHIN_SECONDS = 12 * 3_600
"""An older question is not answered any more: whoever asked it has gone on."""
PATIENCE_SECONDS = 20.0
"""After so long the visitor is told that the answer takes a while; it still comes."""
TURNS_AT_ONCE, SLOT_SECONDS = 2, 1.0
"""Understanding is done on the event loop: were more turns begun at once, acknowledgements would wait for them all."""
TYPING_AFTER_SECONDS, TYPING_EVERY_SECONDS = 0.3, 4.0
HELD_SECONDS = 2 * 3_600
"""For so long the bot keeps silent where a member of staff has answered by hand."""
Forget = Callable[[str], Awaitable[None]]


class Answering:
    """Answers the kept messages of one platform."""

    def __init__(
        self,
        platform: Platform,
        output: type[Collector],
        shelf: Shelf,
        delivery: Delivery,
        handle: OnNewMessage,
        forget: Forget,
    ) -> None:
        self._platform, self._output, self._shelf, self._delivery = platform, output, shelf, delivery
        self._handle, self._forget, self._turns = handle, forget, Turns()
        self._slots = asyncio.Semaphore(TURNS_AT_ONCE)

    async def __call__(self, job: Job) -> None:
        """Answer a message that waits, or go on sending an answer that was ready before."""
        if not job.answered:
            calls = await self._calls_for(job)
            if calls is None:
                await self._shelf(self._shelf.store.done, job, {}, time.time())
                return
            rendered, memory = calls
            keep = {**rendered.keep}
            if memory:
                keep[f"memory:{job.conversation}"] = (memory, MEMORY_SECONDS)
            kept = [call.to_json() for call in rendered.calls]
            job = await self._shelf(self._shelf.store.answered, job, kept, keep, time.time())
        await self._delivery.deliver(job)

    async def _calls_for(self, job: Job) -> Optional[tuple[Rendered, dict[str, Any]]]:
        incoming, conversation, now = Incoming.from_json(job.body), job.conversation, time.time()
        names = [f"{name}:{conversation}" for name in ("memory", "gone", "held")]
        memory, gone, held = map((await self._shelf(self._shelf.store.get, names, now)).get, names)
        if incoming.kind is Kind.NOTED and not await self.note(incoming, conversation):
            return None
        if gone:
            await self._shelf(self._shelf.store.drop, names[1:2])
        if held or now - job.received > ANSWER_WITHIN_SECONDS:
            return None
        scene = Scene(conversation, incoming, memory or {})
        if not self._platform.wanted(scene):
            return None
        rendered = await self._rendered(scene)
        if incoming.what == "withdrew":
            return Rendered(rendered.calls), {}  # nothing is remembered of who wants to be forgotten
        return rendered, {**scene.memory, "chat": incoming.chat, "at": now, "introduced": True, **rendered.memory}

    async def _rendered(self, scene: Scene) -> Rendered:
        lang = scene.memory.get("lang") or scene.incoming.lang or "vi"
        if scene.incoming.what == "withdrew":
            return self._platform.render([Shown(phrase("forgotten", lang), lang)], scene)
        direct = self._platform.direct(scene.incoming, lang)
        if direct is not None:
            before = () if scene.memory.get("introduced") else self._shown([], scene, lang).calls
            return Rendered((*before, *direct))
        taken = await self._meaning(scene)
        if taken is None:
            return self._shown([Shown(phrase("button_expired", lang), lang)], scene, lang)
        said = await self._turn(scene, taken, lang)
        replies = together(shown(message, self._platform.public_url) for message in said)
        rendered = self._shown(replies, scene, lang)
        said_in = replies[-1].lang if replies else lang
        return Rendered(rendered.calls, {"lang": said_in, **rendered.memory}, rendered.keep)

    def _shown(self, replies: list[Shown], scene: Scene, lang: str) -> Rendered:
        """An answer; the first one of a conversation begins with saying that no person writes."""
        return self._platform.render(replies if scene.memory.get("introduced") else introduced(replies, lang), scene)

    async def _meaning(self, scene: Scene) -> Optional[Intake]:
        """What Rasa is told; None for a button that means nothing (any more)."""
        incoming, hints = scene.incoming, scene.incoming.hints
        lang = scene.memory.get("lang") or incoming.lang
        if incoming.kind is Kind.ASKED:
            intent = incoming.intent or "help"
            return take_intent(intent, label(intent.removeprefix("ask_"), lang), hints, incoming.language)
        if incoming.kind is Kind.LOCATED:
            return take_position(incoming.position, label("nearby", lang), hints)
        if incoming.kind is Kind.UNREADABLE:
            return take_unreadable(incoming.what or "other", hints)
        choice = await pressed(incoming, scene, self._shelf)
        if incoming.kind is Kind.PRESSED and choice is None:
            return None
        if choice is None:
            return take_in(incoming.text, None, hints)
        title, payload = choice
        asked = parse_payload(payload)  # a button without words is told in the words of its topic
        return take_in(title or (label(asked.topic, lang) if asked else ""), payload, hints)

    async def _turn(self, scene: Scene, taken: Intake, lang: str) -> list[dict[str, Any]]:
        """What Rasa answers; an apology when it has nothing to say. Rasa is never cut off, only reported as slow."""
        output = self._output()
        message = UserMessage(
            taken.text,
            output,
            scene.conversation,
            parse_data=taken.parse_data,
            input_channel=self._platform.name,
            message_id=scene.incoming.message_id,
            metadata=taken.metadata,
        )
        typing = asyncio.ensure_future(self._typing(scene.incoming))
        turns = self._turns.run(self._handle, message, sent=lambda: bool(output.messages))
        try:
            with metrics.TURNS.labels(self._platform.name).time():
                apology = await self._patiently(turns, scene, lang)
        finally:
            typing.cancel()
        return output.messages if apology is None else [{"custom": {"text": apology, "lang": lang}}]

    async def _patiently(self, run: Coroutine[Any, Any, Optional[str]], scene: Scene, lang: str) -> Optional[str]:
        """Run a turn to its end. A slot is held for its first second, in which understanding keeps the loop busy."""
        async with self._slots:
            turn = asyncio.ensure_future(run)
            await _done_within(turn, min(SLOT_SECONDS, PATIENCE_SECONDS))
        try:
            if not await _done_within(turn, PATIENCE_SECONDS - SLOT_SECONDS):
                await self._say_one_moment(scene, lang)
            return await turn
        finally:
            turn.cancel()

    async def _typing(self, incoming: Incoming) -> None:
        call = self._platform.typing(incoming)
        await asyncio.sleep(TYPING_AFTER_SECONDS)
        while call:
            await self._delivery.make(call)
            await asyncio.sleep(TYPING_EVERY_SECONDS)

    async def _say_one_moment(self, scene: Scene, lang: str) -> None:
        for call in self._platform.render([Shown(phrase("one_moment", lang), lang)], scene).calls:
            with suppress(Exception):  # the answer itself is on its way
                await self._delivery.make(Call(call.method, call.to, call.params, optional=True))

    async def note(self, incoming: Incoming, conversation: str) -> bool:
        """Act on what needs no answer. Whether there is something to say all the same."""
        store, now = self._shelf.store, time.time()
        if incoming.what == "blocked":
            await self._shelf(store.put, {f"gone:{conversation}": ("blocked", MEMORY_SECONDS)}, now, False)
        elif incoming.what == "unblocked":
            await self._shelf(store.drop, [f"gone:{conversation}"])
        elif incoming.what == "staff":
            await self._shelf(store.put, {f"held:{conversation}": (True, HELD_SECONDS)}, now, False)
        elif incoming.what == "echo":
            key = f"echo:{incoming.extra.get('print', '')}:{conversation}"
            await self._shelf(store.put, {key: (incoming.at, 3_600), ECHOES: (now, 86_400)}, now, False)
        elif incoming.what == "withdrew":
            await self._erase(conversation)
            return bool(incoming.extra.get("confirm"))
        return False

    async def _erase(self, conversation: str) -> None:
        logger.info("%s: a visitor had their data erased", self._platform.name)
        try:
            await self._forget(conversation)
        except Exception:  # what we keep ourselves goes in any case
            logger.exception("%s: a conversation could not be erased from the tracker store", self._platform.name)
            await self._delivery.alerts.call(ERASURE_FAILED)
        await self._shelf(self._shelf.store.forget, conversation)

    async def send_unasked(self, conversation: str, message: Mapping[str, Any]) -> bool:
        """Keep a message that answers nothing for sending; whether there is somewhere to send it."""
        now, names = time.time(), [f"memory:{conversation}", f"gone:{conversation}"]
        known = await self._shelf(self._shelf.store.get, names, now)
        memory = known.get(names[0], {})
        if not memory.get("chat") or names[1] in known or not self._platform.may_write_first(memory):
            logger.info("%s: %s can't be written to first", self._platform.name, conversation)
            return False
        incoming = Incoming("", memory["chat"], "", Kind.NOTED, extra=memory.get("extra", {}))
        reply = shown(dict(message), self._platform.public_url)
        rendered = self._platform.render([reply], Scene(conversation, incoming, memory))
        await self._shelf(self._shelf.store.add, conversation, [call.to_json() for call in rendered.calls], now)
        await self._shelf(self._shelf.store.put, {names[0]: ({**memory, **rendered.memory}, MEMORY_SECONDS)}, now)
        return True


async def _done_within(turn: asyncio.Future[Any], seconds: float) -> bool:
    """Wait for a turn; whether it has ended. A wait that is cancelled ends the turn, too."""
    try:
        done, _ = await asyncio.wait({turn}, timeout=max(0.0, seconds))
    except asyncio.CancelledError:
        turn.cancel()
        raise
    return bool(done)


ECHOES = "echoes-come"
"""The key under which is kept that the platform tells us of our own messages."""
