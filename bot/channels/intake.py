"""What a visitor sends → what Rasa may see. The trust boundary of every channel.

Rasa takes any text that begins with "/" as an intent with entities, so typed text never keeps a leading slash; buttons
come back in a field of their own and are parsed by a strict grammar (guide.answers.payload), which can ask about the
known things only. Whatever else arrives (nothing, emoji alone, a novel, a sticker) becomes a message that gets a polite
answer; what tells who somebody is, is masked. A shared position travels in the metadata as ``location`` {"lat", "lon"}:
the action finds what is near it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from bot.channels.masking import mask
from guide.answers import TOPICS
from guide.answers.payload import parse_payload
from guide.dialogue.intents import WITHOUT_PREFIX, intent_of
from guide.refs import Ref
from guide.text import nfc
from guide.trips.buttons import intent_of_button, parse_button

MAX_CHARACTERS = 1_000
KEPT_OF_TOO_LONG = 200
LANGUAGES = ("vi", "en")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # control characters, lone surrogates, private use, unassigned
ASKABLE = {*TOPICS, *WITHOUT_PREFIX}
UNREADABLE = ("photo", "video", "voice", "sticker", "file", "contact", "link", "other")


@dataclass(frozen=True)
class Intake:
    """A clean message: its text, and parse data where the meaning is known without NLU."""

    text: str
    parse_data: Optional[dict[str, Any]]
    metadata: dict[str, Any]


def clean(text: str) -> str:
    """NFC text without control characters, lone surrogates and leading slashes; white space folded to single spaces."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    seen = "".join(" " if c.isspace() else c for c in nfc(text) if c.isspace() or unicodedata.category(c) not in UNSEEN)
    return " ".join(seen.split()).lstrip("/ ")


def _known(intent: str, text: str, entities: tuple[Ref, ...] = ()) -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [{"entity": ref.kind, "value": ref.id, "start": 0, "end": 0} for ref in entities],
    }


def _trip_button(payload: str, text: str) -> Optional[dict[str, Any]]:
    """A button of a trip: what it carries goes along as it is, for the action to read as strictly once more."""
    pressed = parse_button(payload)
    if pressed is None:
        return None
    known = _known(intent_of_button(pressed), text)
    known["entities"] = [{"entity": "plan", "value": payload.partition(":")[2], "start": 0, "end": 0}]
    return known


def _button(payload: object, text: str) -> Optional[dict[str, Any]]:
    if isinstance(payload, str) and (trip := _trip_button(payload, text)):
        return trip
    parsed = parse_payload(payload) if isinstance(payload, str) else None
    if parsed is None or parsed.topic not in ASKABLE:
        return None
    topic, refs = parsed
    return _known(intent_of(topic), text, tuple(refs))


def is_known(payload: object) -> bool:
    """Whether a button may carry this: it asks about known things, or changes a trip, and nothing else."""
    return _button(payload, "") is not None


def safe_position(given: object) -> Optional[dict[str, float]]:
    """A position as {"lat", "lon"} in WGS84 degrees, rounded to about a metre; None for what is no position."""
    try:
        lat, lon = float(given["lat"]), float(given["lon"])  # type: ignore[index]
    except (TypeError, KeyError, ValueError, OverflowError):
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return {"lat": round(lat, 5), "lon": round(lon, 5)}


def safe_metadata(metadata: object) -> dict[str, Any]:
    """Only what the bot uses: the page's language and place, the visitor's position, each checked."""
    given: Mapping[str, Any] = metadata if isinstance(metadata, dict) else {}
    kept: dict[str, Any] = {}
    if given.get("lang") in LANGUAGES:
        kept["lang"] = given["lang"]
    if isinstance(given.get("place"), str) and SLUG.fullmatch(given["place"]):
        kept["place"] = given["place"]
    if position := safe_position(given.get("location")):
        kept["location"] = position
    return kept


def take_in(text: str, payload: object = None, metadata: object = None) -> Intake:
    """Make a typed text, or a pressed button with its title, safe for Rasa. Never raises on any content."""
    kept = safe_metadata(metadata)
    cleaned = mask(clean(text[: MAX_CHARACTERS * 4]))
    pressed = _button(payload, cleaned)
    if pressed:
        return Intake(cleaned, pressed, kept)
    if len(cleaned) > MAX_CHARACTERS:
        start = cleaned[:KEPT_OF_TOO_LONG]
        return Intake(start, _known("too_long", start), kept)
    if not any(c.isalnum() for c in cleaned):
        return Intake(cleaned, _known("empty_message", cleaned), kept)
    return Intake(cleaned, None, kept)


def take_intent(intent: str, text: str = "", metadata: object = None, language: Optional[str] = None) -> Intake:
    """A message whose meaning the channel knows: a command from its own fixed table, a new follower, a deep link.

    ``language`` is the language that the visitor asks to go on in.
    """
    cleaned = clean(text)[:KEPT_OF_TOO_LONG]
    known = _known(intent, cleaned)
    if language in LANGUAGES:
        known["entities"] = [{"entity": "language", "value": language, "start": 0, "end": 0}]
    return Intake(cleaned, known, safe_metadata(metadata))


def take_position(position: object, text: str = "", metadata: object = None) -> Intake:
    """A shared position: what is near it? ``text``: the question in words. No position counts as an empty message."""
    kept, cleaned = safe_metadata(metadata), clean(text)[:KEPT_OF_TOO_LONG]
    checked = safe_position(position)
    if checked is None:
        return Intake("", _known("empty_message", ""), kept)
    return Intake(cleaned, _known("ask_nearby", cleaned), {**kept, "location": checked})


def take_unreadable(what: str, metadata: object = None) -> Intake:
    """A sticker, voice message, picture or file: the answer says what can be read. ``what`` is one of UNREADABLE."""
    kind = what if what in UNREADABLE else "other"
    return Intake("", _known("unsupported_message", ""), {**safe_metadata(metadata), "unreadable": kind})
