"""The page that says what is kept of a visitor. Each language has an address of its own that its readers can say."""

from __future__ import annotations

from typing import Any, Callable

from web.pages.words import LANGUAGES

SLUGS = {"vi": "rieng-tu", "en": "privacy"}
SECTIONS = ("before", "device", "server", "staff", "position", "trips", "messengers", "erase", "rights")


def path(lang: str) -> str:
    """The page's path; a language without a word of its own uses the English one."""
    return f"/{lang}/{SLUGS.get(lang, SLUGS['en'])}"


def context(absolute: Callable[[str], str]) -> dict[str, Any]:
    """``absolute`` makes a path of this server a full address."""
    return {"versions": [(code, absolute(path(code))) for code in LANGUAGES], "sections": SECTIONS}
