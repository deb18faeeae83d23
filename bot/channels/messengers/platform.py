"""What each platform brings: how it verifies, reads, renders and calls. The rest is common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Awaitable, Callable, Mapping, Optional, Sequence

from bot.channels.messengers.alerts import Alerts
from bot.channels.messengers.calls import Call, Outcome
from bot.channels.messengers.incoming import Incoming
from bot.channels.messengers.rates import Rates
from bot.channels.messengers.shown import Shown
from bot.channels.messengers.stores.base import Keep
from bot.channels.messengers.stores.threaded import Shelf
from guide.answers.wording import wording_for

TakeIn = Callable[[Incoming], Awaitable[Any]]


class Forged(Exception):
    """The request does not prove that it comes from the platform"""


class Malformed(Exception):
    """The request's body is nothing that the platform sends"""


@dataclass(frozen=True)
class Rendered:
    """An answer as calls; what to remember of it for the conversation, and other values to keep."""

    calls: tuple[Call, ...]
    memory: Mapping[str, Any] = field(default_factory=dict)
    keep: Keep = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """Where an answer goes: the conversation, the event that is answered, and what is remembered of before."""

    conversation: str
    incoming: Incoming
    memory: Mapping[str, Any]


class Platform(ABC):
    """One messenger."""

    name: str
    rates: Rates
    public_url: str = ""

    def attach(self, shelf: Shelf, alerts: Alerts, take_in: TakeIn) -> None:
        """Handed over at the start: the store, a way to call a person, a way to bring in events without a webhook."""
        self.shelf, self.alerts, self.take_in = shelf, alerts, take_in

    def admit(self, headers: Mapping[str, str]) -> None:  # noqa: B027 - a hook that a platform may leave empty
        """Check what can be checked before the body is read. Raises Forged."""

    @abstractmethod
    def verify(self, headers: Mapping[str, str], body: bytes, parsed: Any) -> None:
        """Check that the platform sent exactly these bytes. Raises Forged."""

    @abstractmethod
    def read(self, parsed: Any) -> Optional[Incoming]:
        """What the request tells, None when there is nothing to do. Raises Malformed."""

    @abstractmethod
    def render(self, replies: Sequence[Shown], scene: Scene) -> Rendered:
        """The calls that show an answer. Pure: asks nobody, remembers nothing by itself."""

    @abstractmethod
    async def perform(self, call: Call) -> Outcome:
        """Make one call. May raise NotSent, MaybeSent."""

    def wanted(self, scene: Scene) -> bool:
        """Whether an event still wants an answer when its turn has come."""
        return True

    def may_write_first(self, memory: Mapping[str, Any]) -> bool:
        """Whether somebody whom this is remembered of may be written to without having written."""
        return True

    def direct(self, incoming: Incoming, lang: str) -> Optional[tuple[Call, ...]]:
        """Calls that answer an event without asking Rasa; None for all others."""
        return None

    def typing(self, incoming: Incoming) -> Optional[Call]:
        """The call that shows that somebody is writing, where the platform has one."""
        return None

    def at_once(self, incoming: Incoming) -> Optional[Call]:
        """A call that can't wait for the turn."""
        return None

    def learnt(self, call: Call, result: Any) -> dict[str, Any]:
        """What to remember of a call that was made."""
        return {}

    async def settle(self, call: Call, conversation: str, since: float) -> Optional[bool]:
        """Whether a call of which nobody knows has arrived; None when the platform can't tell."""
        return None

    async def start(self) -> None:  # noqa: B027 - a hook that a platform may leave empty
        """Called when the event loop runs."""

    async def stop(self) -> None:  # noqa: B027 - a hook that a platform may leave empty
        """Called before the event loop ends."""


def phrase(name: str, lang: Optional[str], **values: Any) -> str:
    """A phrase of the channels' own wording."""
    return wording_for(lang or "vi").say(f"channels.{name}", **values)


def label(topic: str, lang: Optional[str]) -> str:
    """The words on a button that asks about a topic, "" where there are none."""
    wording = wording_for(lang or "vi")
    return wording.say(f"quick.{topic}") if f"quick.{topic}" in wording else ""
