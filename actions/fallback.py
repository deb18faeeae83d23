"""Not understood: first search the facts, then say so, and keep the question for staff."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import answer_questions
from actions.base import GuideAction
from actions.conversation import context, now, remember, send, understood
from actions.site import site
from actions.unanswered import note_unanswered
from guide.answers.unknown import not_known, search_answer
from guide.dialogue import containment, questions_of
from guide.dialogue.context import is_bare


class ActionFallback(GuideAction):
    """Two steps: an answer found by search, offered as a guess; else 'I don't know yet' with whom to ask."""

    def name(self) -> str:
        return "action_fallback"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if is_bare(understood(tracker)):  # a name alone is a question about it, whatever the classifier made of it
            return answer_questions(dispatcher, tracker)
        database, remembered = site(), context(tracker)
        (question, *_) = questions_of(understood(tracker), remembered, now(), containment(database))
        found = search_answer(database, question)
        send(dispatcher, found or not_known(database, question))
        if found is None:
            note_unanswered(tracker, question.lang)
        return remember(replace(remembered, language=question.lang))
