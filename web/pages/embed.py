"""How another site adds the widget: what to copy, what can be chosen, what its security policy must allow."""

from __future__ import annotations

from typing import Any, Callable

from django.conf import settings

from web.pages.widget_files import FILE, integrity, version

ATTRIBUTES = ("bot-url", "lang", "place", "theme", "open", "launcher", "position", "storage", "privacy", "tiles")
STYLES = ("--truc-accent", "--truc-on-accent", "--truc-bg", "--truc-fg", "--truc-font", "--truc-radius", "--truc-z")
METHODS = ("open()", "close()", "toggle()", "send(text)", "prefill(text)", "setLanguage(code)", "clear()", "destroy()")
EVENTS = ("truc-ready", "truc-open", "truc-close", "truc-message", "truc-unread", "truc-error", "truc-link")


def context(absolute: Callable[[str], str]) -> dict[str, Any]:
    """``absolute`` makes a path of this server a full address."""
    bot, server = settings.BOT_URL, absolute("")
    element = f'<truc-chat bot-url="{bot}" lang="auto"></truc-chat>'
    fixed = f'integrity="{integrity()}" crossorigin="anonymous"'
    latest, this = f"{server}/{FILE}", f"{server}/widget/{version()}/{FILE}"
    return {
        "snippet": f'<script type="module" src="{latest}"></script>\n{element}',
        "pinned": f'<script type="module" src="{this}"\n        {fixed}></script>\n{element}',
        "policy": f"script-src {server}; connect-src {bot} {bot.replace('http', 'ws', 1)}; img-src {bot}",
        "attributes": ATTRIBUTES,
        "styles": STYLES,
        "methods": METHODS,
        "events": EVENTS,
        "version": version(),
    }
