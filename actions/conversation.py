"""Between Rasa and guide: tracker → what was understood and remembered; Reply → message; context → slot events."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from guide.answers.reply import Reply
from guide.dialogue import Context, Mention, Understood
from guide.dialogue.context import language_of
from guide.dialogue.intents import topic_of
from guide.refs import Ref

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REMEMBERED_KINDS = ("place", "person", "festival", "dish", "route")


def now() -> datetime:
    """The present moment at the sites. The only clock of the actions, so that tests can set it."""
    return datetime.now(TIMEZONE)


def _mention(entity: dict[str, Any]) -> Mention:
    return Mention(
        kind=str(entity.get("entity")),
        value=str(entity.get("value")),
        start=int(entity.get("start") or 0),
        end=int(entity.get("end") or 0),
        role=entity.get("role"),
    )


def understood(tracker: Tracker) -> Understood:
    """The latest message as the NLU, or a button, put it."""
    message = tracker.latest_message
    language = message.get("language") or {}
    return Understood(
        text=message.get("text") or "",
        topic=topic_of((message.get("intent") or {}).get("name")),
        mentions=tuple(_mention(entity) for entity in message.get("entities") or ()),
        language=language.get("code"),
        language_confidence=float(language.get("confidence") or 0.0),
    )


def _here(tracker: Tracker) -> Optional[Ref]:
    place = (tracker.latest_message.get("metadata") or {}).get("place") or tracker.get_slot("here")
    return Ref("place", place) if place else None


def context(tracker: Tracker) -> Context:
    """What the conversation remembers, from its slots and from the page that opened the chat."""
    metadata = tracker.latest_message.get("metadata") or {}
    subjects = tuple(Ref.parse(text) for text in tracker.get_slot("subjects") or ())
    last = {kind: tracker.get_slot(kind) for kind in REMEMBERED_KINDS if tracker.get_slot(kind)}
    return Context(
        language=tracker.get_slot("language") or metadata.get("lang"),
        topic=tracker.get_slot("topic"),
        subjects=subjects,
        last={**{ref.kind: ref.id for ref in reversed(subjects)}, **last},
        here=_here(tracker),
        page=int(tracker.get_slot("page") or 0),
    )


def reply_language(tracker: Tracker) -> str:
    """The language to answer this message in."""
    return language_of(understood(tracker), context(tracker))


def remember(context: Context) -> list[EventType]:
    """Slot events that keep a context for the next message."""
    events = [
        SlotSet("language", context.language),
        SlotSet("topic", context.topic),
        SlotSet("subjects", [str(ref) for ref in context.subjects]),
        SlotSet("page", context.page),
    ]
    events += [SlotSet(kind, context.last[kind]) for kind in REMEMBERED_KINDS if kind in context.last]
    if context.here:
        events.append(SlotSet("here", context.here.id))
    return events


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Hand a Reply to whatever channel the visitor is on; its plain text is inside."""
    dispatcher.utter_message(json_message=reply.to_json())
