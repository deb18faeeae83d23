"""A call of a platform's interface, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Mapping, Optional


@dataclass(frozen=True)
class Call:
    """One call to make for the account ``to``.

    ``instead`` is made when the platform refuses this form; an ``optional`` call may fail without anybody missing
    anything; a ``safe`` one may be repeated though the first may have arrived. ``upload`` is a file to send along:
    {"field", "url", "name", "type"}.
    """

    method: str
    to: str
    params: dict[str, Any]
    instead: tuple[Call, ...] = ()
    optional: bool = False
    safe: bool = False
    upload: Optional[dict[str, str]] = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept until it is made."""
        every = {**vars(self), "instead": [call.to_json() for call in self.instead]}
        return {key: value for key, value in every.items() if value not in (None, False, [], ())}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Call:
        """Read back what ``to_json`` made."""
        return cls(**{**kept, "instead": tuple(map(cls.from_json, kept.get("instead", ())))})

    def with_params(self, **params: Any) -> Call:
        """The same with other parameters, in its alternatives too; None takes one away."""
        changed = {key: value for key, value in {**self.params, **params}.items() if value is not None}
        return replace(self, params=changed, instead=tuple(call.with_params(**params) for call in self.instead))


class Fate(Enum):
    """What became of a call."""

    DONE = "done"
    LATER = "later"  # nothing was done: to be made again
    REFUSED = "refused"  # not in this form
    GONE = "gone"  # the account wants nothing from us, or is no more
    CLOSED = "closed"  # not at this time: the platform's window or quota
    LOCKED = "locked"  # our credentials or permissions do not do
    FAILED = "failed"
    UNSURE = "unsure"  # it may have arrived; doing it again could say it twice


@dataclass(frozen=True)
class Outcome:
    """A fate with its reason (a code, never a text of the platform), how long to wait in seconds, and the result."""

    fate: Fate
    reason: str = ""
    wait: Optional[float] = None
    result: Any = None
    trouble: bool = False  # the platform itself is in trouble: counts towards leaving it alone for a while
