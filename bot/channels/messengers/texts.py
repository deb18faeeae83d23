"""Cutting texts to what a platform takes: at a paragraph, else a line, a sentence, a word; never inside a character."""

from __future__ import annotations

import re
import unicodedata

# Where a text may be cut, best first. A sentence ends with a mark, perhaps closed by a quote or bracket, and a space.
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?…;:][\"'”’»)\]]*\s"), re.compile(r"\s"))
_JOINERS = ("\u200d", "\ufe0f", "\ufe0e")
LEAST_SHARE = 0.4
"""A better border is taken only when it lies behind this share of the room, so that no part becomes a crumb."""


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts; never less than the number of characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit into so many units."""
    if units(text) <= limit:
        return len(text)
    used = 0
    for position, character in enumerate(text):
        used += units(character)
        if used > limit:
            return position
    return len(text)


def _joined(text: str, position: int) -> bool:
    """Whether what stands at this position belongs to the character before it."""
    return position < len(text) and (
        unicodedata.combining(text[position]) > 0
        or text[position] in _JOINERS
        or text[position - 1] == "\u200d"
        or 0x1F3FB <= ord(text[position]) <= 0x1F3FF  # skin tones
    )


def _border(text: str, room: int) -> int:
    for end in _ENDS:
        found = [one.end() for one in end.finditer(text, int(room * LEAST_SHARE), min(room + 1, len(text)))]
        inside = [position for position in found if position <= room or text[room:position].isspace()]
        if inside:
            return inside[-1]
    position = room
    while position > 1 and _joined(text, position):
        position -= 1
    return position if not _joined(text, position) else room


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most so many UTF-16 units, without white space at their ends; [] for an empty text."""
    parts, rest = [], unicodedata.normalize("NFC", text).strip()
    while rest and units(rest) > limit:
        cut = _border(rest, _fitting(rest, limit))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def shorten(text: str, limit: int) -> str:
    """One line of at most so many units; what is cut off is shown by an ellipsis."""
    line = " ".join(text.split())
    if units(line) <= limit:
        return line
    cut = _fitting(line, limit - 1)
    while cut > 1 and _joined(line, cut):
        cut -= 1
    return line[:cut].rstrip() + "…"
