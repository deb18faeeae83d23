"""Between Rasa and guide: tracker → what was understood and remembered; Reply → message; context → slot events."""

from __future__ import annotations

from datetime import datetime
from typing import Optional
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.sky import sky
from guide.answers.reply import Reply
from guide.dialogue import Context, Understood
from guide.dialogue.bare import language_of
from guide.dialogue.messages import read_message
from guide.refs import Ref
from guide.trips.state import TripState

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REMEMBERED_KINDS = ("place", "person", "festival", "dish", "route")


def now() -> datetime:
    """The present moment at the sites. The only clock of the actions, so that tests can set it."""
    return datetime.now(TIMEZONE)


def understood(tracker: Tracker) -> Understood:
    """The latest message as the NLU, or a button, put it."""
    return read_message(tracker.latest_message, sky())


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


def remember(context: Context, tracker: Tracker) -> list[EventType]:
    """Slot events that keep a context for the next message: of what is not in the slots yet."""
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
    return [SlotSet(name, value) for name, value in kept.items() if (tracker.get_slot(name) or None) != (value or None)]


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Hand a Reply to whatever channel the visitor is on; its plain text is inside."""
    dispatcher.utter_message(json_message=reply.to_json())
