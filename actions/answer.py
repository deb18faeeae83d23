"""Questions about the sites."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from actions.conversation import context, now, remember, send, understood
from actions.site import site
from actions.unanswered import note_unanswered
from guide.answers import answer
from guide.dialogue import containment, next_context, questions_of


def answer_questions(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Answer all that the latest message asks, in order, and remember what it was about."""
    database, remembered = site(), context(tracker)
    for question in questions_of(understood(tracker), remembered, now(), containment(database)):
        found = answer(database, question)
        send(dispatcher, found)
        if not found.known:
            note_unanswered(tracker, question.lang)
        remembered = next_context(remembered, question)
    return remember(remembered)


class ActionAnswer(GuideAction):
    """Answer what was asked, about the things named or last spoken of."""

    def name(self) -> str:
        return "action_answer"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return answer_questions(dispatcher, tracker)
