"""Nature: facts of the subject itself, of its container or of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import tell
from guide.answers.wording import Wording

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Mountains, forest, trees and views."""
    return tell(site, question, wording)
