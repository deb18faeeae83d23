"""The first sentence to a visitor says that an automatic assistant answers, as Vietnam's law on artificial intelligence
(134/2025/QH15) asks of whoever lets people talk with one."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.channels.messengers.platform import phrase
from bot.channels.messengers.shown import Shown


def introduced(replies: Sequence[Shown], lang: str) -> list[Shown]:
    """The answer, with that sentence before it unless it says so itself, as the greeting does."""
    if not replies:
        return [Shown(phrase("automatic", lang), lang)]
    first = replies[0]
    if phrase("automatic_named", first.lang).casefold() in first.text.partition("\n")[0].casefold():
        return list(replies)
    said = phrase("automatic", first.lang)
    if first.pictures:  # they are sent before their text
        return [Shown(said, first.lang), *replies]
    return [replace(first, text=f"{said}\n\n{first.text}"), *replies[1:]]
