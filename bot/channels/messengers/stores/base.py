"""What every store of the messenger channels can do. All calls block; ``threaded.py`` keeps them off the event loop.

A message is a *job* from its acceptance until its answer has been sent. It waits (``body`` is the message), then it is
answered (``body`` is the list of calls to make, ``step`` the next of them, ``trying`` while that one is being made). A
conversation's jobs are handled by one process at a time, which holds the conversation's claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping, Optional, Protocol, Sequence

SEEN_SECONDS = 172_800
"""How long a message id is remembered: Zalo repeats for 1 h 50 min, Telegram for a day."""
MOST_WAITING = 5_000
MOST_WAITING_OF_ONE = 30

Keep = Mapping[str, tuple[Any, float]]
"""Values to remember: key → (value that JSON can hold, seconds)."""


class StoreFault(Exception):
    """The store of the channels cannot be used"""


class Verdict(Enum):
    """What became of a message that was handed in."""

    NEW = "accepted"
    REPEATED = "repeated"
    FULL = "full"  # nothing more is taken from anybody
    TOO_MANY = "too_many"  # nothing more is taken from this conversation


@dataclass(frozen=True)
class Job:
    """A message on its way to an answer. ``received`` is in Unix seconds."""

    id: str
    conversation: str
    received: float
    body: Any
    answered: bool = False
    step: int = 0
    trying: bool = False


@dataclass(frozen=True)
class Buried:
    """What could not be delivered, kept for staff. ``body`` is a list of calls; ``at`` in Unix seconds."""

    id: str
    conversation: str
    at: float
    reason: str
    body: Any


class Store(Protocol):
    """Kept messages, claims and small values with an expiry. Conversations begin with their channel's name and ':'."""

    def accept(self, conversation: str, message_id: str, rank: int, body: Any, now: float) -> Verdict:
        """Keep a message once, however often it is handed in; lower ranks are handled first."""

    def add(self, conversation: str, calls: Any, now: float) -> None:
        """Keep calls that answer no message."""

    def claim(self, conversation: str, owner: str, until: float, now: float) -> bool:
        """Reserve a conversation, or reserve one's own for longer; False while another owner has it."""

    def release(self, conversation: str, owner: str) -> None:
        """Give a conversation back."""

    def owners(self) -> dict[str, str]:
        """Conversation → owner of every claim."""

    def first(self, conversation: str) -> Optional[Job]:
        """The job to go on with: one that is answered already, else the message of the lowest rank."""

    def answered(self, job: Job, calls: Any, keep: Keep, now: float) -> Job:
        """Replace a message by the calls that answer it, and remember values, in one step."""

    def progress(self, job: Job, step: int, trying: bool) -> None:
        """Note which call comes next and whether it is being made."""

    def done(self, job: Job, keep: Keep, now: float) -> None:
        """Forget a job, and remember values, in one step; its message id stays known."""

    def waiting(self, channel: str) -> list[str]:
        """The conversations of a channel that have jobs, longest waiting first."""

    def put(self, keep: Keep, now: float, firm: bool = True) -> None:
        """Remember values for so long; if ``firm`` they are on the disk when this returns, even if the power fails."""

    def put_if_absent(self, key: str, value: Any, seconds: float, now: float) -> bool:
        """Remember a value unless there is one; whether it was taken."""

    def get(self, keys: Sequence[str], now: float) -> dict[str, Any]:
        """The remembered values of these keys, without those that there are not or that have expired."""

    def drop(self, keys: Sequence[str]) -> None:
        """Forget values."""

    def bury(self, conversation: str, calls: Any, reason: str, now: float) -> None:
        """Keep what could not be delivered."""

    def buried(self, limit: int = 100) -> list[Buried]:
        """What could not be delivered, newest first."""

    def unbury(self, id_: str) -> Optional[Buried]:
        """Take one of them out."""

    def forget(self, conversation: str) -> None:
        """Erase all that is kept of a conversation: jobs, values whose key ends with it, what was not delivered."""

    def sweep(self, now: float, keep_buried: float) -> None:
        """Remove what has expired; ``keep_buried`` in seconds."""

    def close(self) -> None:
        """Let go of files and connections."""
