"""What a hidden query button sends: it comes back as the visitor's own text, ``#Giá vé #ask:price:place/yen-tu``.

Anybody can type that; it may therefore ask about known things and change a trip (``bot.channels.intake``), and does
nothing else.
"""

from __future__ import annotations

from typing import Optional

from bot.channels.intake import is_known
from bot.channels.messengers.pressing import TOKEN
from bot.channels.messengers.shown import Choice
from bot.channels.messengers.texts import shorten

MAX_PAYLOAD, MAX_TITLE = 1_000, 100
_MARK = "#"


def to_text(choice: Choice) -> Optional[str]:
    """The text of a button's payload; None when only a kept token can carry it."""
    text = f"{_MARK}{shorten(choice.title, MAX_TITLE)} {_MARK}{choice.payload}"
    return text if is_known(choice.payload) and len(text) <= MAX_PAYLOAD else None


def from_text(text: str) -> Optional[Choice]:
    """The choice that a text carries; None when it is only a text."""
    title, mark, payload = text.rpartition(_MARK)
    if not mark or not text.startswith(_MARK) or len(text) > MAX_PAYLOAD:
        return None
    known = is_known(payload) or payload.startswith(TOKEN)
    return Choice(title.removeprefix(_MARK).strip(), payload) if known else None
