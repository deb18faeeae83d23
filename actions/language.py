"""'English please': the conversation goes on in another language."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction
from actions.conversation import context, now, remember, reply_language, send, understood
from actions.site import site
from guide.answers.talk import talk


class ActionSwitchLanguage(GuideAction):
    """Switch to the language that was named, else to the one the message is written in."""

    def name(self) -> str:
        return "action_switch_language"

    def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        wanted = understood(tracker).first("language") or reply_language(tracker)
        lang = wanted if wanted in ("vi", "en") else "en"
        act = "switch_language" if wanted == lang else "language_not_spoken"
        send(dispatcher, talk(site(), act, lang, now()))
        return remember(replace(context(tracker), language=lang))
