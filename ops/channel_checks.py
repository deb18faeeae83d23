"""What ``./run channel check`` looks at: the settings, the account at the platform, and what the bot has met."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.channels.credentials import CHANNELS, COMMON, missing, settings_of
from bot.channels.findings import Finding
from bot.channels.messengers.stores import Store
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
        yield Finding(False, f"not set: {', '.join(lacking)} (docs/channels.md says where they come from)")
        return
    try:
        class_from_module_path(CHANNELS[name].path).from_credentials(settings_of(name, os.environ))
        yield Finding(True, "the settings are complete")
    except BadCredentials as bad:
        yield Finding(False, _with_variable(name, str(bad)))
    yield from _address_findings(name)
    for setting in COMMON:
        if setting.name == "public_url" and not os.environ.get(setting.variable):
            yield Finding(True, f"{setting.variable} is not set: pictures and files of our pages are not sent along")


def _with_variable(name: str, fault: str) -> str:
    """A fault of a setting with the variable that holds it: operators set variables."""
    variables = [one.variable for one in CHANNELS[name].settings if fault.startswith(f"{one.name} ")]
    return f"{variables[0]}: {fault}" if variables else fault


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
    """Ask the platform."""
    from bot.channels.messengers.transport import MaybeSent, NotSent

    try:
        return asyncio.run(_ASK[name](settings_of(name, os.environ), what))
    except (NotSent, MaybeSent):
        return [Finding(False, f"{name} can't be reached from here: is there a way out to the network?")]


async def _telegram(given: dict[str, str], what: str) -> list[Finding]:
    from bot.channels.messengers.transport import Transport
    from bot.channels.telegram import setup
    from bot.channels.telegram.api import BASE, TelegramApi

    api = TelegramApi(Transport(given.get("api") or BASE), given["token"])
    if what == "register":
        return await setup.register(api, webhook("telegram"), given["secret"])
    if what == "unregister":
        return await setup.unregister(api)
    return await setup.inspect(api, webhook("telegram"))


async def _zalo_bot(given: dict[str, str], what: str) -> list[Finding]:
    from bot.channels.messengers.transport import Transport
    from bot.channels.zalo_bot import setup
    from bot.channels.zalo_bot.api import BASE, ZaloBotApi

    api = ZaloBotApi(Transport(given.get("api") or BASE), given["token"])
    if what == "register":
        return await setup.register(api, webhook("zalo_bot"), given.get("secret", ""))
    if what == "unregister":
        return await setup.unregister(api)
    return await setup.inspect(api, webhook("zalo_bot"), bool(given.get("polling")))


async def _zalo_oa(given: dict[str, str], what: str) -> list[Finding]:
    from bot.channels.messengers.transport import Transport
    from bot.channels.zalo_oa import setup
    from bot.channels.zalo_oa.api import BASE, ZaloOaApi

    tokens = tokens_of(given)
    proof = given["app_secret"] if given.get("proof") else ""
    return await setup.inspect(ZaloOaApi(Transport(given.get("api") or BASE), tokens, proof), tokens)


_ASK: dict[str, Callable[[dict[str, str], str], Coroutine[Any, Any, list[Finding]]]] = {
    "telegram": _telegram,
    "zalo_bot": _zalo_bot,
    "zalo_oa": _zalo_oa,
}


def store() -> Store:
    """The messengers' store. Raises OpsError."""
    from bot.channels.messengers.stores import StoreFault, open_store, store_address

    try:
        return open_store(store_address(os.environ))
    except StoreFault as fault:
        raise OpsError(f"{fault}: where messages wait (TRUC_CHANNELS_STORE) can't be used") from fault


def tokens_of(given: dict[str, str]) -> Any:
    """The kept tokens of the OA."""
    from bot.channels.messengers.alerts import Alerts
    from bot.channels.messengers.stores.threaded import Shelf
    from bot.channels.zalo_oa.channel import make_tokens

    tokens = make_tokens(given, given["app_id"], given["app_secret"])
    shelf = Shelf(store())
    tokens.attach(shelf, Alerts("zalo_oa", shelf))
    return tokens


def alerts(name: str) -> list[Finding]:
    """What the running bot has met, and what waits."""
    from bot.channels.messengers.state import kept_store, states
    from bot.channels.messengers.stores import StoreFault

    try:
        kept = kept_store()
        state = next((one for one in states(kept, time.time()) if one.channel == name), None) if kept else None
    except StoreFault as fault:
        return [Finding(False, f"{fault}: where messages wait (TRUC_CHANNELS_STORE) can't be used")]
    if state is None:
        return [Finding(True, "nothing waits for an answer, nothing is undelivered")]
    met = [Finding(False, f"{_when(at)}: {MEANT.get(reason, reason)}") for reason, at in state.alerts.items()]
    if state.undelivered:
        met.append(Finding(False, f"{state.undelivered} messages could not be delivered: ./run channel failed"))
    return [*met, Finding(True, f"{state.waiting} conversations wait for an answer")]


def _when(at: float) -> str:
    return f"{datetime.fromtimestamp(at):%d/%m %H:%M}"


MEANT = {
    "token": "the platform does not accept the token any more; take a new one and set it",
    "authorise-again": "Zalo does not accept the refresh token; an administrator of the OA must agree again: "
    "./run channel authorise",
    "refresh-token-lapses-soon": "Zalo's refresh token lapses within ten days: look at why it is not renewed, "
    "or ./run channel authorise",
    "token-server": "Zalo's token server does not answer",
    "erasure-failed": "a visitor's data could not be erased: look at the bot's log and erase by hand",
}
"""What an alert asks for; codes of a platform stand in docs/channels.md."""
