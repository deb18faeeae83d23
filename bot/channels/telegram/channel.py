"""The Telegram channel: ``bot.channels.telegram.channel.TelegramInput`` in credentials.yml. Set-up: docs/channels.md"""

from __future__ import annotations

import asyncio
import hmac
import os
import time
from typing import Any, Mapping, Optional, Sequence

from bot.channels.messengers.calls import Call, Fate, Outcome
from bot.channels.messengers.collector import Collector
from bot.channels.messengers.files import Files
from bot.channels.messengers.incoming import Incoming
from bot.channels.messengers.messenger import Messenger
from bot.channels.messengers.platform import Forged, Platform, Rendered, Scene, phrase
from bot.channels.messengers.rates import Rates
from bot.channels.messengers.settings import BadCredentials, Common, number, required
from bot.channels.messengers.shown import Shown
from bot.channels.messengers.transport import MaybeSent, NotSent, Transport
from bot.channels.telegram.api import BASE, TelegramApi
from bot.channels.telegram.keyboards import language_keyboard, position_keyboard
from bot.channels.telegram.render import keyboard_of, render
from bot.channels.telegram.updates import Bot, read_update

NAME = "telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
CALLS_A_SECOND = 25
EDIT_SECONDS = 120
ASK_AGAIN_SECONDS = 60


class TelegramPlatform(Platform):
    """What is Telegram's own."""

    name = NAME

    def __init__(self, api: TelegramApi, transport: Transport, secret: str, rates: Rates, public_url: str = "") -> None:
        self.api, self._transport, self._secret = api, transport, secret.encode()
        self.rates, self.public_url, self.bot = rates, public_url, Bot()
        self._asking: Optional[asyncio.Task[None]] = None

    def admit(self, headers: Mapping[str, str]) -> None:
        """Telegram proves itself by the secret that it was given with the webhook."""
        if not hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), self._secret):
            raise Forged

    def verify(self, headers: Mapping[str, str], body: bytes, parsed: Any) -> None:
        """The header says it all."""

    def read(self, parsed: Any) -> Optional[Incoming]:
        """See ``updates``."""
        return read_update(parsed, self.bot)

    def wanted(self, scene: Scene) -> bool:
        """An edited message counts while it is the visitor's last one and young."""
        if not scene.incoming.extra.get("edited"):
            return True
        last = scene.memory.get("last") == scene.incoming.extra.get("message")
        return last and time.time() - scene.memory.get("at", 0) < EDIT_SECONDS

    def render(self, replies: Sequence[Shown], scene: Scene) -> Rendered:
        """See ``render``."""
        return render(replies, scene, self.public_url)

    def direct(self, incoming: Incoming, lang: str) -> Optional[tuple[Call, ...]]:
        """Asking for the position and for the language are Telegram's own keyboards."""
        chat = incoming.chat
        if incoming.what == "/near" and not incoming.extra.get("group"):
            markup, text = position_keyboard(lang), phrase("ask_position", lang)
        elif incoming.what == "/language":
            markup, text = language_keyboard(lang), phrase("which_language", lang)
        else:
            return None
        return (Call("sendMessage", chat, {"chat_id": chat, "text": text, "reply_markup": markup}),)

    def typing(self, incoming: Incoming) -> Optional[Call]:
        """Shown for five seconds."""
        params: dict[str, Any] = {"chat_id": incoming.chat, "action": "typing"}
        if incoming.extra.get("thread"):
            params["message_thread_id"] = incoming.extra["thread"]
        return Call("sendChatAction", incoming.chat, params, optional=True, safe=True)

    def at_once(self, incoming: Incoming) -> Optional[Call]:
        """Stop the pressed button from spinning."""
        query = incoming.extra.get("query")
        params = {"callback_query_id": query}
        return Call("answerCallbackQuery", incoming.chat, params, optional=True, safe=True) if query else None

    async def perform(self, call: Call) -> Outcome:
        """See ``api``."""
        return await self.api.perform(call)

    def learnt(self, call: Call, result: Any) -> dict[str, Any]:
        """Which message offers choices now."""
        keyboard = keyboard_of(call, result)
        return {"keyboard": keyboard} if keyboard else {}

    async def start(self) -> None:
        """Find out who we are, without waiting for it."""
        self._asking = asyncio.create_task(self._who_are_we())

    async def _who_are_we(self) -> None:
        while not self.bot.id:
            try:
                outcome = await self.api.ask("getMe", {})
            except (NotSent, MaybeSent):
                outcome = Outcome(Fate.LATER)
            if outcome.fate is Fate.LOCKED:
                await self.alerts.call("token")
            if isinstance(outcome.result, dict):
                self.bot.username = str(outcome.result.get("username") or "")
                self.bot.id = int(outcome.result.get("id") or 0)
                await self.alerts.over("token")
            else:
                await asyncio.sleep(ASK_AGAIN_SECONDS)

    async def stop(self) -> None:
        """Finish what was begun."""
        if self._asking:
            self._asking.cancel()
        self._transport.close()


class TelegramOutput(Collector):
    """Named like the channel, so that responses can be written for it."""

    @classmethod
    def name(cls) -> str:
        return NAME


class TelegramInput(Messenger):
    """Serves /webhooks/telegram/webhook."""

    output = TelegramOutput

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> TelegramInput:
        """Settings: token, secret; api (its base address), calls_a_second, and those of ``settings.Common``."""
        token, secret = required(credentials, NAME, "token", "secret")
        if len(secret) > 256 or not set(secret) <= SECRET_LETTERS:
            raise BadCredentials("telegram: the secret may have 1 to 256 of A-Z a-z 0-9 _ and -")
        common, transport = Common.read(credentials), Transport(str((credentials or {}).get("api") or BASE))
        files = Files(common.public_url, os.environ.get("TRUC_WEB_URL") or _web_here())
        rates = Rates(number(credentials, "calls_a_second", CALLS_A_SECOND), number(credentials, "calls_in_a_chat", 3))
        api = TelegramApi(transport, token, files)
        return cls(TelegramPlatform(api, transport, secret, rates, common.public_url), common)


def _web_here() -> str:
    return f"http://127.0.0.1:{os.environ.get('TRUC_WEB_PORT') or 8000}"
