"""A trip in conversation: planned, changed, shared, given up."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from actions.trip_turn import answer_trip


class ActionTrip(GuideAction):
    """Whatever is said about a trip goes to ``guide.trips``; its state is in the slot ``trip``."""

    def name(self) -> str:
        return "action_trip"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return answer_trip(dispatcher, tracker)
