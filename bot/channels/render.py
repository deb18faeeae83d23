"""Reply → the message shape of the REST channel: text, custom and buttons together."""

from __future__ import annotations

from typing import Any


def as_message(message: dict[str, Any]) -> dict[str, Any]:
    """One message from what Rasa hands to ``send_response``.

    A Reply comes as ``custom`` with its text inside; Rasa's own responses come as ``text`` and ``buttons``.
    """
    reply = message.get("custom") or {}
    shown: dict[str, Any] = {"text": reply.get("text") or message.get("text") or ""}
    buttons = reply.get("quick_replies") or message.get("buttons") or message.get("quick_replies") or []
    if buttons:
        shown["buttons"] = [{"title": b["title"], "payload": b.get("payload", b["title"])} for b in buttons]
    if reply:
        shown["custom"] = reply
    return shown
