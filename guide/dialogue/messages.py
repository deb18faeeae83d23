"""A message as the NLU hands it on, in the shape that Rasa gives it → what was understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Optional

from guide.dialogue.context import Mention, Understood
from guide.dialogue.intents import topic_of
from guide.refs import Ref
from guide.values import Found, NotAValue, from_json

if TYPE_CHECKING:
    from guide.weather import Sky

VALUES = ("date", "duration", "clock", "party", "budget", "transport", "ordinal")  # entities that are no names
UNKNOWN_INTENT = "nlu_fallback"


def _mention(entity: Mapping[str, Any], offset: int = 0) -> Mention:
    return Mention(
        kind=str(entity.get("entity")),
        value=str(entity.get("value")),
        start=int(entity.get("start") or 0) - offset,
        end=int(entity.get("end") or 0) - offset,
        role=entity.get("role"),
        alternatives=tuple(Ref.parse(ref) for ref in entity.get("alternatives") or ()),
    )


def _values(entities: Iterable[Mapping[str, Any]]) -> Iterator[Found]:
    """Dates, numbers and the like among the entities; what is not one of them is left out."""
    for entity in entities:
        if isinstance(entity.get("value"), dict):
            with suppress(NotAValue):
                yield Found(from_json(entity["value"]), entity["start"], entity["end"], entity.get("role"))


def _mentions(entity: Mapping[str, Any]) -> tuple[Mention, ...]:
    """What an entity mentions: its own subject and those that the same words mean too ("cáp treo Yên Tử")."""
    first, others = _mention(entity), [Ref.parse(ref) for ref in entity.get("also") or ()]
    return (first, *(replace(first, kind=ref.kind, value=ref.id, alternatives=()) for ref in others))


def read_message(message: Mapping[str, Any], sky: Optional[Sky] = None) -> Understood:
    """What a message says. ``message`` has the NLU's ``text``, ``intent``, ``entities`` … and its ``metadata``.

    ``sky``: who can be asked for a forecast.
    """
    metadata, language = message.get("metadata") or {}, message.get("language") or {}
    location = metadata.get("location")
    whole = Understood(
        text=message.get("text") or "",
        topic=topic_of(_intent(message)),
        mentions=tuple(
            mention
            for entity in message.get("entities") or ()
            if entity.get("entity") not in VALUES
            for mention in _mentions(entity)
        ),
        language=language.get("code"),
        language_confidence=float(language.get("confidence") or 0.0),
        intent=_intent(message),
        ranking=tuple(str(row.get("name")) for row in message.get("intent_ranking") or ()),
        values=tuple(_values(message.get("entities") or ())),
        position=(location["lat"], location["lon"]) if location else None,
        unreadable=metadata.get("unreadable"),
        sky=sky,
    )
    parts = message.get("parts") or ()
    return replace(whole, parts=tuple(_part(whole, part) for part in parts)) if parts else whole


def _intent(message: Mapping[str, Any]) -> Optional[str]:
    name = (message.get("intent") or {}).get("name")
    return None if name == UNKNOWN_INTENT else name


def _part(whole: Understood, part: Mapping[str, Any]) -> Understood:
    """One of the things that the message asks, as an understood message of its own."""
    start, end = part["start"], part["end"]
    inside = [m for m in whole.mentions if start <= m.start and m.end <= end]
    counted = [v for v in whole.values if start <= v.start and v.end <= end]
    return replace(
        whole,
        text=whole.text[start:end],
        topic=topic_of(part["intent"]),
        intent=part["intent"],
        mentions=tuple(replace(m, start=m.start - start, end=m.end - start) for m in inside),
        values=tuple(replace(v, start=v.start - start, end=v.end - start) for v in counted),
    )
