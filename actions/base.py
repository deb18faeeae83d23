"""What every action shares: a visitor always gets a polite answer, whatever goes wrong behind it."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context, now, remember, reply_language, send, understood
from actions.noting import note_failure, note_turn
from actions.site import site
from actions.trip_turn import answer_trip, offer_way_back, trip_wants
from guide.answers.reply import Reply
from guide.answers.talk import talk
from guide.dialogue.turn import respond

logger = logging.getLogger(__name__)


class GuideAction(Action, ABC):
    """An action that answers through ``guide``. Subclasses define ``name``, and ``reply`` where they go another way."""

    @abstractmethod
    def name(self) -> str:
        """What the rules call it."""

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Send the answer and return the events that remember it."""
        turn = respond(site(), understood(tracker), context(tracker), now())
        send(dispatcher, turn.reply)
        note_turn(tracker, turn)
        return remember(turn.context, tracker)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer; on any fault say so politely and keep the conversation as it was.

        The answer is made in a thread, so that one which waits (for a forecast, a plan, a writer) holds up no other.
        """
        try:
            return await asyncio.to_thread(self._turn, dispatcher, tracker)
        except Exception:  # the visitor must hear something, whatever the cause; the cause goes to the log
            logger.exception("%s failed", self.name())
            dispatcher.messages.clear()
            send(dispatcher, apology(reply_language(tracker)))
            note_failure(tracker)
            return []

    def _turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """A message that belongs to the trip being made goes to the trip, whichever action was called for it."""
        if trip_wants(tracker):
            return answer_trip(dispatcher, tracker)
        events = self.reply(dispatcher, tracker)
        offer_way_back(dispatcher, tracker)
        return events


def apology(lang: str) -> Reply:
    """The 'try again in a moment' reply, which must not need the database."""
    return talk(None, "try_again", lang, now())
