"""Between Rasa and guide: tracker → what was understood and remembered; Reply → message; context → slot events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Mapping, Optional
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from guide.answers.reply import Reply
from guide.dialogue import Context, Mention, Understood
from guide.dialogue.bare import language_of
from guide.dialogue.intents import topic_of
from guide.refs import Ref
from guide.trips.state import TripState
from guide.values import Found, NotAValue, from_json

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REMEMBERED_KINDS = ("place", "person", "festival", "dish", "route")
VALUES = ("date", "duration", "clock", "party", "budget", "transport", "ordinal")  # entities that are no names
UNKNOWN_INTENT = "nlu_fallback"


def now() -> datetime:
    """The present moment at the sites. The only clock of the actions, so that tests can set it."""
    return datetime.now(TIMEZONE)


def _mention(entity: Mapping[str, Any], offset: int = 0) -> Mention:
    return Mention(
        kind=str(entity.get("entity")),
        value=str(entity.get("value")),
        start=int(entity.get("start") or 0) - offset,
        end=int(entity.get("end") or 0) - offset,
        role=entity.get("role"),
        alternatives=tuple(Ref.parse(ref) for ref in entity.get("alternatives") or ()),
    )


def _values(entities: list[dict[str, Any]]) -> Iterator[Found]:
    """Dates, numbers and the like among the entities; what is not one of them is left out."""
    for entity in entities:
        if isinstance(entity.get("value"), dict):
            with suppress(NotAValue):
                yield Found(from_json(entity["value"]), entity["start"], entity["end"], entity.get("role"))


def _mentions(entity: Mapping[str, Any]) -> tuple[Mention, ...]:
    """What an entity mentions: its own subject and those that the same words mean too ("cáp treo Yên Tử")."""
    first, others = _mention(entity), [Ref.parse(ref) for ref in entity.get("also") or ()]
    return (first, *(replace(first, kind=ref.kind, value=ref.id, alternatives=()) for ref in others))


def understood(tracker: Tracker) -> Understood:
    """The latest message as the NLU, or a button, put it."""
    message = tracker.latest_message
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


def _here(tracker: Tracker) -> Optional[Ref]:
    place = (tracker.latest_message.get("metadata") or {}).get("place") or tracker.get_slot("here")
    return Ref("place", place) if place else None


def _refs(tracker: Tracker, slot: str) -> tuple[Ref, ...]:
    return tuple(Ref.parse(text) for text in tracker.get_slot(slot) or ())


def context(tracker: Tracker) -> Context:
    """What the conversation remembers, from its slots and from the page that opened the chat."""
    metadata = tracker.latest_message.get("metadata") or {}
    subjects, position = _refs(tracker, "subjects"), tracker.get_slot("position")
    last = {kind: tracker.get_slot(kind) for kind in REMEMBERED_KINDS if tracker.get_slot(kind)}
    return Context(
        language=tracker.get_slot("language") or metadata.get("lang"),
        topic=tracker.get_slot("topic"),
        subjects=subjects,
        last={**{ref.kind: ref.id for ref in reversed(subjects)}, **last},
        here=_here(tracker),
        page=int(tracker.get_slot("page") or 0),
        recent=_refs(tracker, "recent"),
        shown=_refs(tracker, "shown"),
        offered=tuple(tracker.get_slot("offered") or ()),
        failures=int(tracker.get_slot("failures") or 0),
        position=Ref.parse(position) if position else None,
        foreign=tracker.get_slot("foreign"),
    )


def trip_of(tracker: Tracker) -> TripState:
    """The trip that the conversation is about, if any."""
    return TripState.unpacked(tracker.get_slot("trip"))


def reply_language(tracker: Tracker) -> str:
    """The language to answer this message in."""
    return language_of(understood(tracker), context(tracker))


def remember(context: Context) -> list[EventType]:
    """Slot events that keep a context for the next message."""
    kept = {
        "language": context.language,
        "topic": context.topic,
        "page": context.page,
        "failures": context.failures,
        "offered": list(context.offered),
        "position": str(context.position) if context.position else None,
        "foreign": context.foreign,
        **{name: [str(ref) for ref in getattr(context, name)] for name in ("subjects", "recent", "shown")},
        **{kind: context.last[kind] for kind in REMEMBERED_KINDS if kind in context.last},
    }
    if context.here:
        kept["here"] = context.here.id
    return [SlotSet(name, value) for name, value in kept.items()]


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Hand a Reply to whatever channel the visitor is on; its plain text is inside."""
    dispatcher.utter_message(json_message=reply.to_json())
