"""What every step of a conversation about a trip needs, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Iterable, NamedTuple

from guide.answers.compose import MAX_QUICK_REPLIES
from guide.answers.places import brief
from guide.answers.reply import QuickReply, Reply
from guide.answers.trip_words import TripWords
from guide.answers.wording import wording_for
from guide.trips.buttons import act
from guide.trips.state import TripState

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


class Outcome(NamedTuple):
    """What is remembered from now on, and what is said."""

    state: TripState
    reply: Reply


@dataclass(frozen=True)
class Scene:
    """The site database, the language to answer in, and the moment of asking (aware)."""

    site: SiteDb
    lang: str
    now: datetime

    @property
    def today(self) -> date:
        """The day of asking."""
        return self.now.date()

    @cached_property
    def words(self) -> TripWords:
        """Says the notes of plans in the language of the scene."""
        return TripWords(self.site, wording_for(self.lang))

    def phrase(self, phrase: str, **values: Any) -> str:
        """A phrase of ``trip.yml``."""
        return self.words.wording.say(f"trip.{phrase}", **values)

    def button(self, name: str, payload: str = "", **values: Any) -> QuickReply:
        """A quick reply labelled ``quick_<name>``; without a payload, the act of that name."""
        return QuickReply(brief(self.phrase(f"quick_{name}", **values)), payload or act(name))

    def say(self, phrase: str, buttons: Iterable[QuickReply] = (), **values: Any) -> Reply:
        """A Reply of one phrase with quick replies."""
        return Reply(
            self.phrase(phrase, **values), self.words.wording.lang, quick_replies=tuple(buttons)[:MAX_QUICK_REPLIES]
        )


def preceded(outcome: Outcome, remarks: Iterable[str]) -> Outcome:
    """The outcome with remarks before what is said."""
    said = "\n\n".join((*dict.fromkeys(remarks), outcome.reply.text))
    return outcome._replace(reply=replace(outcome.reply, text=said))
