"""What every action shares: a visitor always gets a polite answer, whatever goes wrong behind it."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import now, reply_language, send
from guide.answers.reply import Reply
from guide.answers.talk import talk

logger = logging.getLogger(__name__)


class GuideAction(Action, ABC):
    """An action that answers through ``guide``. Subclasses define ``name`` and ``reply``."""

    @abstractmethod
    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Send the answer and return the events that remember it."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer; on any fault say so politely and keep the conversation as it was."""
        try:
            return self.reply(dispatcher, tracker)
        except Exception:  # the visitor must hear something, whatever the cause; the cause goes to the log
            logger.exception("%s failed", self.name())
            dispatcher.messages.clear()
            send(dispatcher, apology(reply_language(tracker)))
            return []


def apology(lang: str) -> Reply:
    """The 'try again in a moment' reply, which must not need the database."""
    return talk(None, "try_again", lang, now())
