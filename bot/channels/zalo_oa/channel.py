"""The Zalo OA channel: ``bot.channels.zalo_oa.channel.ZaloOaInput`` in credentials.yml. Set-up: docs/channels.md"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Mapping, Optional, Sequence

from bot.channels.messengers.alerts import Alerts
from bot.channels.messengers.answering import ECHOES
from bot.channels.messengers.calls import Call, Fate, Outcome
from bot.channels.messengers.collector import Collector
from bot.channels.messengers.incoming import Incoming
from bot.channels.messengers.messenger import Messenger
from bot.channels.messengers.platform import Forged, Platform, Rendered, Scene, TakeIn
from bot.channels.messengers.rates import Rates
from bot.channels.messengers.settings import Common, number, required, switch
from bot.channels.messengers.shown import Shown
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.messengers.transport import Transport
from bot.channels.zalo_oa import signature
from bot.channels.zalo_oa.api import BASE, ZaloOaApi
from bot.channels.zalo_oa.events import is_probe, print_of, read_event
from bot.channels.zalo_oa.render import render
from bot.channels.zalo_oa.tokens import OAUTH_BASE, Tokens

NAME = "zalo_oa"
CALLS_A_SECOND = 60  # of the 4,000 a minute that an app may make
REFUSAL_SECONDS = 3_600
GREET_AGAIN_SECONDS = 60
FREE_SECONDS, PAID_SECONDS = 48 * 3_600, 7 * 86_400
ECHO_SECONDS, ECHO_LOOK_SECONDS, CLOCKS_APART_SECONDS = 8.0, 0.5, 60.0


class ZaloOaPlatform(Platform):
    """What is Zalo OA's own."""

    name = NAME

    def __init__(
        self,
        api: ZaloOaApi,
        tokens: Tokens,
        transport: Transport,
        app_id: str,
        secret: str,
        rates: Rates,
        public_url: str = "",
        lists: bool = False,
        paid: bool = False,
    ) -> None:
        self.api, self.tokens, self._transport = api, tokens, transport
        self._app_id, self._secret, self.rates, self.public_url = app_id, secret, rates, public_url
        self._lists, self._paid = lists, paid
        self._refused: dict[str, float] = {}
        self.echo_seconds = ECHO_SECONDS

    def attach(self, shelf: Shelf, alerts: Alerts, take_in: TakeIn) -> None:
        """The tokens are kept in the same store."""
        super().attach(shelf, alerts, take_in)
        self.tokens.attach(shelf, alerts)

    def verify(self, headers: Mapping[str, str], body: bytes, parsed: Any) -> None:
        """See ``signature``. Only the empty probe comes without one."""
        if is_probe(body):
            return
        if not isinstance(parsed, dict):
            raise Forged
        signature.check(headers, body, parsed, self._app_id, self._secret, time.time())

    def read(self, parsed: Any) -> Optional[Incoming]:
        """See ``events``."""
        return read_event(parsed)

    def wanted(self, scene: Scene) -> bool:
        """Whoever follows and opens the chat at once is greeted once."""
        greeted = time.time() - scene.memory.get("at", 0) < GREET_AGAIN_SECONDS
        return not (scene.incoming.what == "welcome" and greeted)

    def may_write_first(self, memory: Mapping[str, Any]) -> bool:
        """Within 48 hours of the visitor's last word messages are free; up to 7 days where paying is agreed to."""
        return time.time() - memory.get("at", 0) < (PAID_SECONDS if self._paid else FREE_SECONDS)

    def render(self, replies: Sequence[Shown], scene: Scene) -> Rendered:
        """See ``render``. A form that was refused is not tried again for an hour."""
        now = time.time()
        lists = self._lists and self._refused.get("list", 0) < now
        return render(replies, scene, lists, self._refused.get("buttons", 0) < now)

    async def perform(self, call: Call) -> Outcome:
        """See ``api``."""
        outcome = await self.api.perform(call)
        template = call.params["message"].get("attachment", {}).get("payload", {})
        if outcome.fate is Fate.REFUSED and ("buttons" in template or template.get("template_type") == "list"):
            self._refused["buttons" if "buttons" in template else "list"] = time.time() + REFUSAL_SECONDS
        return outcome

    async def settle(self, call: Call, conversation: str, since: float) -> Optional[bool]:
        """Zalo tells of every message of the OA (``oa_send_*``): one that it does not tell of did not arrive."""
        message, end = call.params["message"], time.monotonic() + self.echo_seconds
        key, kept = f"echo:{print_of(message.get('text', ''))}:{conversation}", {}
        while time.monotonic() < end:
            kept = await self.shelf(self.shelf.store.get, [key, ECHOES], time.time())
            if kept.get(key, 0) >= since - CLOCKS_APART_SECONDS:
                return True
            await asyncio.sleep(ECHO_LOOK_SECONDS)
        plain = "attachment" not in message and "user_id" in call.params["recipient"]
        return False if plain and ECHOES in kept else None

    async def start(self) -> None:
        """Keep the tokens fresh."""
        await self.tokens.start()

    async def stop(self) -> None:
        """Finish what was begun."""
        await self.tokens.stop()
        self._transport.close()


class ZaloOaOutput(Collector):
    """Named like the channel, so that responses can be written for it."""

    @classmethod
    def name(cls) -> str:
        return NAME


class ZaloOaInput(Messenger):
    """Serves /webhooks/zalo_oa/webhook."""

    output = ZaloOaOutput

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> ZaloOaInput:
        """Settings: app_id, app_secret, oa_secret; refresh_token (the first one), proof, lists, paid, api, oauth (base
        addresses), calls_a_second, and those of ``settings.Common``."""
        app_id, app_secret, oa_secret = required(credentials, NAME, "app_id", "app_secret", "oa_secret")
        given, common = credentials or {}, Common.read(credentials)
        transport = Transport(str(given.get("api") or BASE))
        tokens = make_tokens(given, app_id, app_secret)
        api = ZaloOaApi(transport, tokens, app_secret if switch(given, "proof") else "")
        rates = Rates(number(given, "calls_a_second", CALLS_A_SECOND), number(given, "calls_in_a_chat", 10))
        platform = ZaloOaPlatform(
            api, tokens, transport, app_id, oa_secret, rates, common.public_url,
            switch(given, "lists"), switch(given, "paid"),
        )  # fmt: skip
        return cls(platform, common)


def make_tokens(given: Mapping[str, Any], app_id: str, app_secret: str) -> Tokens:
    """The tokens of a channel's entry."""
    oauth = Transport(str(given.get("oauth") or OAUTH_BASE))
    return Tokens(oauth, app_id, app_secret, str(given.get("refresh_token") or ""))
