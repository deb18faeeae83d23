"""What a conversation goes on with: a tracker of bounded size, however long the conversation has been.

No rule of ours looks further back than the message it answers, and the actions read the slots and the latest message
only. So a conversation goes on with its slots, and with what was the last turn, which tells Rasa when the visitor was
here last and that the bot is listening. All its events stay in the table ``events``.
"""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Optional, Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


class Conversation(DialogueStateTracker):
    """A tracker that knows how many of its events, from the first on, the store has already."""

    stored = 0
    blind = False
    """Whether it was begun without knowing what went before, because that could not be read."""

    @classmethod
    def going_on(cls, sender_id: str, events: Sequence[Event], slots: Iterable[Slot]) -> Conversation:
        """A tracker of these stored events."""
        tracker = cls.from_events(sender_id, list(events), slots)
        tracker.stored = len(tracker.events)
        return tracker

    def unstored(self) -> list[Event]:
        """The events that the store has not got yet."""
        return list(self.events)[self.stored :]


def recall(tracker: DialogueStateTracker) -> list[Event]:
    """The few events with which the conversation goes on as it would with all of them.

    All events are kept where something is under way that only they tell of: a loop, a pause, an action still to run.
    """
    last = _last_heard(tracker.events)
    if last is None or tracker.active_loop or tracker.is_paused() or tracker.latest_action_name != ACTION_LISTEN_NAME:
        return list(tracker.events)
    listening = ActionExecuted(ACTION_LISTEN_NAME, timestamp=last.timestamp)
    return [*_slots_set(tracker, last.timestamp), listening, _without_content(last), listening]


def _last_heard(events: Iterable[Event]) -> Optional[UserUttered]:
    return next((event for event in reversed(list(events)) if isinstance(event, UserUttered)), None)


def _slots_set(tracker: DialogueStateTracker, at: float) -> Iterator[SlotSet]:
    for name, slot in tracker.slots.items():
        if slot.value != slot.initial_value:
            yield SlotSet(name, slot.value, timestamp=at)


def _without_content(heard: UserUttered) -> UserUttered:
    """That something was said, when, and on which channel; not what."""
    return UserUttered("", {"name": heard.intent_name}, timestamp=heard.timestamp, input_channel=heard.input_channel)


def as_dicts(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as Rasa writes them."""
    return [event.as_dict() for event in events]
