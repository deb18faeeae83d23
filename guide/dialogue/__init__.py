"""From one understood message and what was said before to what is answered and remembered, without Rasa.

``guide.dialogue.turn.respond`` is the whole of it; it is imported by its own name, since it brings the answers along.
"""

from guide.dialogue.context import Context, Mention, Turn, Understood, next_context
from guide.dialogue.questions import containment, question_of

__all__ = ["Context", "Mention", "Turn", "Understood", "containment", "next_context", "question_of"]
