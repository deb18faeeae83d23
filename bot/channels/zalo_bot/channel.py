"""The Zalo Bot channel: ``bot.channels.zalo_bot.channel.ZaloBotInput`` in credentials.yml. Set-up: docs/channels.md"""

from __future__ import annotations

import asyncio
import hmac
from typing import Any, Mapping, Optional, Sequence

from bot.channels.messengers.calls import Call, Outcome
from bot.channels.messengers.collector import Collector
from bot.channels.messengers.incoming import Incoming
from bot.channels.messengers.messenger import Messenger
from bot.channels.messengers.platform import Forged, Platform, Rendered, Scene
from bot.channels.messengers.rates import Rates
from bot.channels.messengers.settings import BadCredentials, Common, number, required, switch
from bot.channels.messengers.shown import Shown
from bot.channels.messengers.transport import Transport
from bot.channels.zalo_bot.api import BASE, ZaloBotApi
from bot.channels.zalo_bot.events import read_event
from bot.channels.zalo_bot.polling import poll
from bot.channels.zalo_bot.render import render

NAME = "zalo_bot"
SECRET_HEADER = "x-bot-api-secret-token"
CALLS_A_SECOND = 20  # no limit is published


class ZaloBotPlatform(Platform):
    """What is Zalo Bot's own."""

    name = NAME

    def __init__(
        self,
        api: ZaloBotApi,
        transport: Transport,
        secret: str,
        rates: Rates,
        public_url: str = "",
        polling: bool = False,
    ) -> None:
        self.api, self._transport, self._secret = api, transport, secret.encode()
        self.rates, self.public_url, self._polling = rates, public_url, polling
        self._poller: Optional[asyncio.Task[None]] = None

    def admit(self, headers: Mapping[str, str]) -> None:
        """Zalo proves itself by the secret that it was given with the webhook; who polls has none and no webhook."""
        given = headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret) or not self._secret:
            raise Forged

    def verify(self, headers: Mapping[str, str], body: bytes, parsed: Any) -> None:
        """The header says it all."""

    def read(self, parsed: Any) -> Optional[Incoming]:
        """See ``events``."""
        return read_event(parsed)

    def render(self, replies: Sequence[Shown], scene: Scene) -> Rendered:
        """See ``render``."""
        return render(replies, scene)

    def typing(self, incoming: Incoming) -> Optional[Call]:
        """Shown for a few seconds."""
        params = {"chat_id": incoming.chat, "action": "typing"}
        return Call("sendChatAction", incoming.chat, params, optional=True, safe=True)

    async def perform(self, call: Call) -> Outcome:
        """See ``api``."""
        return await self.api.perform(call)

    async def start(self) -> None:
        """Begin to poll, where there is no webhook."""
        if self._polling:
            self._poller = asyncio.create_task(poll(self.api, self.shelf, self.take_in))

    async def stop(self) -> None:
        """Finish what was begun."""
        if self._poller:
            self._poller.cancel()
        self._transport.close()


class ZaloBotOutput(Collector):
    """Named like the channel, so that responses can be written for it."""

    @classmethod
    def name(cls) -> str:
        return NAME


class ZaloBotInput(Messenger):
    """Serves /webhooks/zalo_bot/webhook, or polls."""

    output = ZaloBotOutput

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> ZaloBotInput:
        """Settings: token and secret, or token and polling; api (its base address), calls_a_second, and those of
        ``settings.Common``."""
        given = credentials or {}
        polling = switch(given, "polling")
        (token,) = required(given, NAME, "token")
        secret = str(given.get("secret") or "")
        if not polling and not 8 <= len(secret) <= 256:
            raise BadCredentials("zalo_bot: give a secret of 8 to 256 characters, or set polling; see docs/channels.md")
        common, transport = Common.read(given), Transport(str(given.get("api") or BASE))
        rates = Rates(number(given, "calls_a_second", CALLS_A_SECOND), number(given, "calls_in_a_chat", 3))
        platform = ZaloBotPlatform(ZaloBotApi(transport, token), transport, secret, rates, common.public_url, polling)
        return cls(platform, common)
