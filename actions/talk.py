"""Talk that is no question: greeting, thanks, help, goodbye, a complaint, what is out of scope."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import answer_questions
from actions.base import GuideAction
from actions.conversation import context, now, remember, reply_language, send, understood
from actions.site import site
from guide.answers.talk import talk
from guide.dialogue.context import is_bare


class ActionTalk(GuideAction):
    """Answer small talk in the visitor's language, with the site where they are in mind."""

    def name(self) -> str:
        return "action_talk"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if is_bare(understood(tracker)):  # "no, I mean Kiếp Bạc" is a denial with a question in it
            return answer_questions(dispatcher, tracker)
        lang, remembered = reply_language(tracker), context(tracker)
        place = remembered.last.get("place") or (remembered.here.id if remembered.here else None)
        send(dispatcher, talk(site(), tracker.latest_message["intent"]["name"], lang, now(), here=place))
        return remember(replace(remembered, language=lang))
