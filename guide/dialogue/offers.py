"""Answers to what the bot asked back: a button's title typed, "cái thứ hai", "the first one", a plain yes."""

from __future__ import annotations

from dataclasses import replace

from guide.answers.payload import Asked, parse_payload
from guide.dialogue.context import Context, Mention, Understood
from guide.dialogue.intents import intent_of
from guide.dialogue.references import choice

YES = "affirm"


def taken(heard: Understood, context: Context) -> Understood:
    """The message as the question that it picks from those offered; itself where it picks none."""
    offered = [asked for payload in context.offered if (asked := parse_payload(payload))]
    at = choice(heard, len(offered))
    if at is not None:
        return _as_question(heard, offered[at])
    if heard.intent == YES and len(offered) == 1:
        return _as_question(heard, offered[0])
    named = {ref for m in heard.mentions for ref in (m.ref, *m.alternatives) if ref}
    fitting = [asked for asked in offered if named & set(asked.refs)]
    own = heard.topic is not None and all(asked.topic != heard.topic for asked in offered)
    return _as_question(heard, fitting[0]) if len(fitting) == 1 and not own else heard


def _as_question(heard: Understood, asked: Asked) -> Understood:
    return replace(
        heard,
        intent=intent_of(asked.topic),
        topic=asked.topic,
        mentions=tuple(Mention(ref.kind, ref.id) for ref in asked.refs),
        values=(),
        parts=(),
    )
