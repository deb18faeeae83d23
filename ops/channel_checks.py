"""What ``./run channel check`` looks at: the settings, the account at the platform, and what the bot has met."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.channels.credentials import CHANNELS, COMMON, missing, settings_of
from bot.channels.findings import Finding
from ops.errors import OpsError

ADDRESS = "TRUC_CHANNELS_URL"
"""How the platforms reach the bot, such as https://chat.yentu.example"""
TELEGRAM_PORTS = (None, 443, 80, 88, 8443)


def webhook(name: str) -> str:
    """The webhook's public address, "" while nobody has said how the bot is reached."""
    base = os.environ.get(ADDRESS, "").rstrip("/")
    return f"{base}/webhooks/{name}/webhook" if base else ""


def settings_findings(name: str) -> Iterator[Finding]:
    """What can be seen without asking anybody."""
    from rasa.shared.utils.common import class_from_module_path

    from bot.channels.messengers.settings import BadCredentials

    lacking = missing(name, os.environ)
    if lacking:
        yield Finding(False, f"not set: {', '.join(lacking)}")
        return
    try:
        class_from_module_path(CHANNELS[name].path).from_credentials(settings_of(name, os.environ))
        yield Finding(True, "the settings are complete")
    except BadCredentials as bad:
        yield Finding(False, str(bad))
    yield from _address_findings(name)
    for setting in COMMON:
        if setting.name == "public_url" and not os.environ.get(setting.variable):
            yield Finding(True, f"{setting.variable} is not set: pictures and files of our pages are not sent along")


def _address_findings(name: str) -> Iterator[Finding]:
    if settings_of(name, os.environ).get("polling"):
        return
    base = os.environ.get(ADDRESS, "")
    if not base:
        yield Finding(True, f"{ADDRESS} is not set: the registered address can't be compared")
        return
    parts = urlsplit(base)
    if parts.scheme != "https" or not parts.hostname:
        yield Finding(False, f"{ADDRESS} must be an https address, not {base}")
    elif name == "telegram" and parts.port not in TELEGRAM_PORTS:
        yield Finding(False, f"Telegram delivers to the ports 443, 80, 88 and 8443 only, not to {parts.port}")
    elif name == "zalo_oa" and parts.port is not None:
        yield Finding(False, "Zalo wants a domain without a port")


def asked(name: str, what: str) -> list[Finding]:
    """Ask the platform. Raises OpsError when it can't be reached."""
    from bot.channels.messengers.transport import MaybeSent, NotSent

    try:
        return asyncio.run(_ASK[name, what](settings_of(name, os.environ)))
    except (NotSent, MaybeSent) as silent:
        raise OpsError(f"{name} can't be reached from here; try again, or look at the network") from silent


async def _telegram(given: dict[str, str], what: str) -> list[Finding]:
    from bot.channels.messengers.transport import Transport
    from bot.channels.telegram import setup
    from bot.channels.telegram.api import BASE, TelegramApi

    api = TelegramApi(Transport(given.get("api") or BASE), given["token"])
    if what == "register":
        return await setup.register(api, webhook("telegram"), given["secret"])
    return await setup.inspect(api, webhook("telegram"))


async def _zalo_bot(given: dict[str, str], what: str) -> list[Finding]:
    from bot.channels.messengers.transport import Transport
    from bot.channels.zalo_bot import setup
    from bot.channels.zalo_bot.api import BASE, ZaloBotApi

    api = ZaloBotApi(Transport(given.get("api") or BASE), given["token"])
    if what == "register":
        return await setup.register(api, webhook("zalo_bot"), given.get("secret", ""))
    return await setup.inspect(api, webhook("zalo_bot"), bool(given.get("polling")))


async def _zalo_oa(given: dict[str, str]) -> list[Finding]:
    from bot.channels.messengers.transport import Transport
    from bot.channels.zalo_oa import setup
    from bot.channels.zalo_oa.api import BASE, ZaloOaApi

    tokens = tokens_of(given)
    proof = given["app_secret"] if given.get("proof") else ""
    return await setup.inspect(ZaloOaApi(Transport(given.get("api") or BASE), tokens, proof), tokens)


_ASK: dict[tuple[str, str], Callable[[dict[str, str]], Coroutine[Any, Any, list[Finding]]]] = {
    ("telegram", "inspect"): lambda given: _telegram(given, "inspect"),
    ("telegram", "register"): lambda given: _telegram(given, "register"),
    ("zalo_bot", "inspect"): lambda given: _zalo_bot(given, "inspect"),
    ("zalo_bot", "register"): lambda given: _zalo_bot(given, "register"),
    ("zalo_oa", "inspect"): _zalo_oa,
}


def tokens_of(given: dict[str, str]) -> Any:
    """The kept tokens of the OA."""
    from bot.channels.messengers.settings import Common
    from bot.channels.messengers.stores import open_store
    from bot.channels.messengers.stores.threaded import Shelf
    from bot.channels.zalo_oa.channel import make_tokens

    async def nobody(reason: str) -> None:
        return None

    tokens = make_tokens(given, given["app_id"], given["app_secret"])
    tokens.attach(Shelf(open_store(Common.read(None).store)), nobody)
    return tokens


def alerts(name: str) -> list[Finding]:
    """What the running bot has met, and what waits."""
    from bot.channels.messengers.settings import Common
    from bot.channels.messengers.stores import open_store

    now = datetime.now().timestamp()
    store = open_store(Common.read(None).store)
    keys = [f"alert:{name}:{reason}" for reason in ALERTS]
    waiting, kept = len(store.waiting(name)), store.get(keys, now)
    met = [Finding(False, f"the bot met a fault: {key.rsplit(':', 1)[-1]}") for key in kept]
    lost = f"{waiting} conversations wait for an answer, {len(store.buried())} messages are undelivered"
    return [*met, Finding(True, lost)]


ALERTS = ("token", "authorise-again", "refresh-token-lapses-soon", "erasure-failed", "token-server")
