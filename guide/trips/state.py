"""What a conversation remembers of a trip: wishes, the question asked, the plan, and plans to go back to.

Kept in one slot as packed text: the tracker keeps every value that a slot ever had, and the plans before a change have
nearly all in common with the plan after it.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any, Mapping, Optional

from guide.planner.itinerary import Itinerary
from guide.planner.request import TripRequest

UNDO_STEPS = 4
PACKING = 9  # of zlib: as small as it gets


@dataclass(frozen=True)
class TripState:
    """``said``: fields of the request that the visitor filled; ``asked``: the field that was asked for last.

    ``before``: plans to go back to, the latest last. ``offer``: the nearest plan to wishes that cannot be met, not yet
    taken. An empty state means that no trip is spoken of.
    """

    wishes: Optional[TripRequest] = None
    said: tuple[str, ...] = ()
    asked: Optional[str] = None
    plan: Optional[Itinerary] = None
    before: tuple[Itinerary, ...] = ()
    offer: Optional[Itinerary] = None

    def __bool__(self) -> bool:
        return self != TripState()

    def planned(self, plan: Itinerary) -> TripState:
        """With a new plan; the one before can be gone back to. All questions are settled."""
        before = (*self.before, self.plan)[-UNDO_STEPS:] if self.plan and self.plan != plan else self.before
        return replace(self, wishes=plan.request, asked=None, plan=plan, before=before, offer=None)

    def undone(self) -> TripState:
        """With the plan before this one; ValueError where there is none."""
        if not self.before:
            raise ValueError("There is no earlier plan to go back to")
        plan = self.before[-1]
        return replace(self, wishes=plan.request, asked=None, plan=plan, before=self.before[:-1], offer=None)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of what there is; ``from_json`` reads it back."""
        written = {
            "wishes": self.wishes and self.wishes.to_json(),
            "said": list(self.said),
            "asked": self.asked,
            "plan": self.plan and self.plan.to_json(),
            "before": [plan.to_json() for plan in self.before],
            "offer": self.offer and self.offer.to_json(),
        }
        return {name: value for name, value in written.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TripState:
        """What ``to_json`` wrote; ValueError where it is something else."""
        return cls(
            wishes=TripRequest.from_json(data["wishes"]) if "wishes" in data else None,
            said=tuple(data.get("said", ())),
            asked=data.get("asked"),
            plan=Itinerary.from_json(data["plan"]) if "plan" in data else None,
            before=tuple(map(Itinerary.from_json, data.get("before", ()))),
            offer=Itinerary.from_json(data["offer"]) if "offer" in data else None,
        )

    def packed(self) -> Optional[str]:
        """The state as short text for a slot; None when it is empty."""
        if not self:
            return None
        text = json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"))
        return base64.b85encode(zlib.compress(text.encode(), PACKING)).decode("ascii")

    @classmethod
    def unpacked(cls, text: Optional[str]) -> TripState:
        """What ``packed`` wrote. Empty where it cannot be read: a trip of an older version is forgotten, no more."""
        try:
            return cls.from_json(json.loads(zlib.decompress(base64.b85decode(text)))) if text else cls()
        except (ValueError, TypeError, AttributeError, zlib.error, binascii.Error):
            return cls()
