"""From one understood message and what was said before to the question that is asked: context, without Rasa."""

from guide.dialogue.context import Context, Mention, Understood, containment, next_context, questions_of

__all__ = ["Context", "Mention", "Understood", "containment", "next_context", "questions_of"]
