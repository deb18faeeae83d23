"""What could not be answered is kept for staff: text, language, channel and best guesses; no name or account."""

from __future__ import annotations

import logging

from rasa_sdk import Tracker

from actions.conversation import now
from actions.site import site
from guide.sitedb import SiteDbError

logger = logging.getLogger(__name__)
GUESSES_KEPT = 3


def note_unanswered(tracker: Tracker, text: str, lang: str) -> None:
    """Record what the visitor asked; a fault here must not spoil the answer that was sent."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    guesses = [str(row.get("name")) for row in ranking[:GUESSES_KEPT]]
    try:
        site().record_unanswered(text, lang, tracker.get_latest_input_channel() or "", guesses, now())
    except SiteDbError:
        logger.exception("an unanswered question could not be recorded")
