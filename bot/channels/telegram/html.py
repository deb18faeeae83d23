"""Plain text → Telegram's HTML that can't break: everything is escaped, and the titles of sources become links."""

from __future__ import annotations

from html import escape
from typing import Iterable


def linked(text: str, sources: Iterable[tuple[str, str]]) -> str:
    """The text with each source's title, where it stands in the text, leading to its page."""
    spans: list[tuple[int, int, str]] = []
    for title, url in sources:
        start = text.rfind(title) if title else -1
        free = all(start >= end or start + len(title) <= begin for begin, end, _ in spans)
        if start >= 0 and free:
            spans.append((start, start + len(title), url))
    pieces, at = [], 0
    for start, end, url in sorted(spans):
        pieces += [escape(text[at:start], quote=False), _anchor(url, text[start:end])]
        at = end
    return "".join([*pieces, escape(text[at:], quote=False)])


def bold(text: str) -> str:
    """The text in bold."""
    return f"<b>{escape(text, quote=False)}</b>" if text else ""


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text, quote=False)}</a>'
