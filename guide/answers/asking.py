"""Asking back: which of several subjects of one name is meant, which of several questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

from guide.answers.payload import MAX_REFS, to_payload
from guide.answers.places import brief
from guide.answers.reply import QuickReply, Reply
from guide.answers.wording import Wording
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MAX_OPTIONS = 4


def which_one(
    site: SiteDb, name: str, topic: str, options: Sequence[Ref], beside: Sequence[Ref], wording: Wording
) -> Reply:
    """Ask which subject a name means; each button goes on with the question asked.

    ``beside``: the other subjects of that question, in order, which stand before the one that is asked about.
    """
    shown = options[:MAX_OPTIONS]
    titles = [brief(site.name(ref, wording.lang)) for ref in shown]
    kept = tuple(beside)[: MAX_REFS - 1]
    return Reply(
        text=numbered(wording.say("asking.which", name=name), titles),
        lang=wording.lang,
        quick_replies=tuple(
            QuickReply(title, to_payload(topic, (*kept, ref))) for title, ref in zip(titles, shown, strict=True)
        ),
        subjects_shown=tuple(shown),
    )


def numbered(text: str, titles: Sequence[str]) -> str:
    """The text with the options below it, so that it is complete where a channel shows no buttons."""
    return "\n".join([text, *(f"{number}. {title}" for number, title in enumerate(titles, 1))])
