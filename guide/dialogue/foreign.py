"""Visitors who write a language that is not spoken here yet: told so in their own language, answered in English."""

from __future__ import annotations

from dataclasses import replace

from guide.answers.phrases import notices
from guide.answers.reply import Reply


def with_notice(reply: Reply, language: str) -> Reply:
    """The reply after a line in the visitor's language that says in which one the answer is."""
    line = notices().get(language)
    return replace(reply, text=f"{line}\n\n{reply.text}") if line else reply
