"""Zalo Bot's side of the set-up: the webhook, and looking whether all is well."""

from __future__ import annotations

from bot.channels.findings import Finding, webhook_findings
from bot.channels.messengers.calls import Fate
from bot.channels.zalo_bot.api import ZaloBotApi


async def register(api: ZaloBotApi, url: str, secret: str) -> list[Finding]:
    """Tell Zalo where to deliver. Raises NotSent, MaybeSent."""
    outcome = await api.ask("setWebhook", {"url": url, "secret_token": secret})
    verified = outcome.result.get("verification") if isinstance(outcome.result, dict) else None
    fine = outcome.fate is Fate.DONE and not (isinstance(verified, dict) and verified.get("ok") is False)
    return [Finding(fine, "setWebhook" if fine else "setWebhook: Zalo could not reach the address or refused it")]


async def unregister(api: ZaloBotApi) -> list[Finding]:
    """Have Zalo deliver no more, so that the bot can poll. Raises NotSent, MaybeSent."""
    return [Finding((await api.ask("deleteWebhook", {})).fate is Fate.DONE, "deleteWebhook")]


async def inspect(api: ZaloBotApi, url: str, polling: bool) -> list[Finding]:
    """Is the token good, does the webhook (or none, for polling) stand? Raises NotSent, MaybeSent."""
    me = await api.ask("getMe", {})
    if me.fate is not Fate.DONE or not isinstance(me.result, dict):
        return [Finding(False, "Zalo does not accept the token: take the one that Zalo Bot Manager sent")]
    name = Finding(True, f"the bot is {me.result.get('account_name')}")
    info = (await api.ask("getWebhookInfo", {})).result
    if not polling:
        return [name, *webhook_findings(info, url)]
    taken = bool(info.get("url")) if isinstance(info, dict) else False
    text = "a webhook is registered, so that polling gets nothing: ./run channel unregister" if taken else "polling"
    return [name, Finding(not taken, text)]
