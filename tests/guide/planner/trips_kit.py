"""Planning in tests: a fixed number of steps, so that every machine finds the same plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from guide.planner.request import TripRequest
from guide.planner.stops import MaxSteps
from guide.refs import Ref

ASKED_ON = date(2026, 11, 24)  # a Tuesday
FEW = MaxSteps(120)


def place(id_: str) -> Ref:
    """A place of the site."""
    return Ref("place", id_)


def asked(**wishes: Any) -> TripRequest:
    """A request of that day from Hà Nội by car, unless the wishes say otherwise."""
    return TripRequest(**{"asked_on": ASKED_ON, "start": place("ha-noi"), "transport": "car", **wishes})
