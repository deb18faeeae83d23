"""What a platform's webhook tells, in one shape for all of them. It can be kept as JSON until its turn."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from typing import Any, Mapping, Optional

from bot.channels.masking import mask
from bot.channels.wishes import asks_to_be_forgotten


class Kind(str, Enum):
    """What the visitor, or somebody else, did."""

    SAID = "said"  # typed ``text``
    PRESSED = "pressed"  # a button: ``payload``, with its title in ``text``
    ASKED = "asked"  # the channel knows the meaning: ``intent``
    LOCATED = "located"  # shared ``position``
    UNREADABLE = "unreadable"  # a sticker, a file: ``what``
    NOTED = "noted"  # nothing to answer: ``what`` is blocked, unblocked, staff, echo, withdrew


@dataclass(frozen=True)
class Incoming:
    """One event. ``chat`` is where answers go, ``person`` whose conversation it is; both are the platform's own ids.

    ``rank`` orders the events of a conversation; ``at`` is when it happened in Unix seconds, 0 when that is not told;
    ``extra`` holds what the platform's own renderer needs again.
    """

    message_id: str
    chat: str
    person: str
    kind: Kind
    text: str = ""
    payload: Optional[str] = None
    intent: Optional[str] = None
    what: Optional[str] = None
    lang: Optional[str] = None
    language: Optional[str] = None
    place: Optional[str] = None
    position: Optional[dict[str, Any]] = None
    rank: int = 0
    at: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it is kept, without what is empty."""
        kept = {key: value for key, value in asdict(self).items() if value not in (None, "", {}, 0)}
        return {**kept, "kind": self.kind.value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Incoming:
        """Read back what ``to_json`` made."""
        return cls(**{**kept, "kind": Kind(kept["kind"])})

    @property
    def hints(self) -> dict[str, Any]:
        """What goes along as the message's metadata; intake checks it."""
        return {"lang": self.lang, "place": self.place}


def as_kept(incoming: Incoming) -> Incoming:
    """The event as it may be kept: what tells who somebody is, masked; the wish to be forgotten, taken as such."""
    if incoming.kind is not Kind.SAID:
        return incoming
    if lang := asks_to_be_forgotten(incoming.text):
        return replace(
            incoming, kind=Kind.NOTED, what="withdrew", text="", lang=lang, extra={**incoming.extra, "confirm": True}
        )
    return replace(incoming, text=mask(incoming.text))


def id_of(*parts: object) -> str:
    """A message id made of several parts, for events that have none of their own; says nothing about the parts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:32]


def text_of(value: object) -> str:
    """A text of a platform's JSON, "" where there is something else."""
    return value if isinstance(value, str) else ""


def id_text(value: object) -> str:
    """An id of a platform's JSON as text ("" where there is none): ids may come as numbers, and stay exact as text."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    text = str(value)
    return text if len(text) <= 128 else ""


def part(value: object, *names: str) -> dict[str, Any]:
    """The object inside nested objects; {} wherever something else is met."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
