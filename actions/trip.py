"""A trip in conversation: planned, changed, shared, given up."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from actions.conversation import context, trip_of, understood
from actions.site import site
from actions.trip_turn import answer_trip
from guide.dialogue.turn import names_alone


class ActionTrip(GuideAction):
    """Whatever is said about a trip goes to ``guide.trips``; its state is in the slot ``trip``."""

    def name(self) -> str:
        return "action_trip"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """A trip is begun by asking for one: a name alone before that asks the last question again."""
        if not trip_of(tracker) and names_alone(site(), understood(tracker), context(tracker)):
            return super().reply(dispatcher, tracker)
        return answer_trip(dispatcher, tracker)
