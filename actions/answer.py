"""The actions of the rules. All take the same way: guide.dialogue works out from the message what there is to say."""

from __future__ import annotations

from actions.base import GuideAction


class ActionAnswer(GuideAction):
    """Answer what was asked, about the things named or last spoken of; or go on where the last answer stopped."""

    def name(self) -> str:
        return "action_answer"


class ActionTalk(GuideAction):
    """Answer talk that is no question: greeting, thanks, help, what is not ours, another language."""

    def name(self) -> str:
        return "action_talk"


class ActionFallback(GuideAction):
    """Not understood: a search, then likely questions, then whom to ask."""

    def name(self) -> str:
        return "action_fallback"
