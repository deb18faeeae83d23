"""'Tell me more': the next facts on the last topic."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from actions.conversation import context, now, remember, send, understood
from actions.site import site
from guide.answers import answer
from guide.dialogue import containment, next_context, questions_of


class ActionMore(GuideAction):
    """Go on where the last answer stopped, or with a subject that is named now."""

    def name(self) -> str:
        return "action_more"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        database, remembered, asked = site(), context(tracker), understood(tracker)
        (question, *_) = questions_of(asked, remembered, now(), containment(database))
        page = remembered.page + 1 if question.carried else 0
        question = replace(question, page=page)
        send(dispatcher, answer(database, question))
        return remember(next_context(remembered, question))
