"""Telegram's side of the set-up: webhook, command menus and descriptions, and looking whether all is well."""

from __future__ import annotations

from typing import Any

from bot.channels.findings import Finding, webhook_findings
from bot.channels.messengers.calls import Fate
from bot.channels.messengers.platform import phrase
from bot.channels.messengers.texts import shorten
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.commands import MENU

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
CONNECTIONS = 20
LANGUAGES = (("en", None), ("vi", "vi"), ("en", "en"))
"""The wording and for whom: everybody first, then by the language of the visitor's app."""
MAX_DESCRIPTION, MAX_SHORT = 512, 120


async def register(api: TelegramApi, url: str, secret: str) -> list[Finding]:
    """Tell Telegram where to deliver and what to show. Raises NotSent, MaybeSent."""
    webhook = {"url": url, "secret_token": secret, "allowed_updates": UPDATES, "max_connections": CONNECTIONS}
    calls: list[tuple[str, dict[str, Any]]] = [("setWebhook", webhook)]
    for lang, code in LANGUAGES:
        of = {"language_code": code} if code else {}
        commands = [{"command": name, "description": phrase(f"command_{name}", lang)} for name in MENU]
        description = shorten(phrase("description", lang), MAX_DESCRIPTION)
        short = shorten(phrase("short_description", lang), MAX_SHORT)
        calls += [
            ("setMyCommands", {"commands": commands, "scope": {"type": "all_private_chats"}, **of}),
            ("setMyDescription", {"description": description, **of}),
            ("setMyShortDescription", {"short_description": short, **of}),
        ]
    calls.append(("setChatMenuButton", {"menu_button": {"type": "commands"}}))
    return [Finding((await api.ask(method, params)).fate is Fate.DONE, method) for method, params in calls]


async def unregister(api: TelegramApi) -> list[Finding]:
    """Have Telegram deliver no more; what waits there stays. Raises NotSent, MaybeSent."""
    return [Finding((await api.ask("deleteWebhook", {})).fate is Fate.DONE, "deleteWebhook")]


async def inspect(api: TelegramApi, url: str) -> list[Finding]:
    """Is the token good, the webhook registered, are messages delivered? Raises NotSent, MaybeSent."""
    me = await api.ask("getMe", {})
    if me.fate is not Fate.DONE or not isinstance(me.result, dict):
        return [Finding(False, "Telegram does not accept the token: take the one that @BotFather shows")]
    name = Finding(True, f"the bot is @{me.result.get('username')}")
    return [name, *webhook_findings((await api.ask("getWebhookInfo", {})).result, url)]
