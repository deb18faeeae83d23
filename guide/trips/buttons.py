"""What buttons of a trip carry, beside the changes of a plan (``guide.planner.changes``).

``plan:undo|share|cancel|take|keep|new|resume`` are acts, ``plan:route:<id>`` starts from a linked route,
``plan:tell:<field>=<value>`` answers a question. ``parse_button`` reads exactly these and the changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Mapping, Optional, Union

from guide.planner.changes import Change, parse_change
from guide.refs import KINDS, Ref

ACTS = ("undo", "share", "cancel", "take", "keep", "new", "resume")
ANY = "any"  # "you choose"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_VALUES: Mapping[str, str] = {
    "days": r"[1-7]",
    "start": rf"(?:{'|'.join(KINDS)})/{_ID}",
    "first_day": r"\d{4}-\d{2}-\d{2}",
    "month": r"(?:[1-9]|1[0-2])",
}
_ACT = re.compile(rf"plan:({'|'.join(ACTS)})")
_ROUTE = re.compile(rf"plan:route:({_ID})")
_TELL = re.compile(r"plan:tell:(?P<field>[a-z_]+)=(?P<value>[a-z0-9/-]{1,80})")
INTENTS = {
    "undo": "undo_trip",
    "share": "share_trip",
    "cancel": "cancel_trip",
    "new": "plan_trip",
    "resume": "plan_trip",
}
MAX_LENGTH = 160


@dataclass(frozen=True)
class Act:
    """One of ACTS."""

    name: str


@dataclass(frozen=True)
class FromRoute:
    """A plan that starts from a linked route."""

    route: str


@dataclass(frozen=True)
class Told:
    """The answer to a question: a field of the request and its value; None: the guide may choose."""

    field: str
    value: Any


Pressed = Union[Act, FromRoute, Told, Change]


def act(name: str) -> str:
    """The payload of an act."""
    return f"plan:{name}"


def from_route(route: str) -> str:
    """The payload that starts a plan from a linked route."""
    return f"plan:route:{route}"


def tell(field: str, value: object = ANY) -> str:
    """The payload that answers a question."""
    return f"plan:tell:{field}={value}"


def parse_button(text: str) -> Optional[Pressed]:
    """Read a button's text; None for anything that is not exactly one."""
    if len(text) > MAX_LENGTH:
        return None
    if found := _ACT.fullmatch(text):
        return Act(found[1])
    if found := _ROUTE.fullmatch(text):
        return FromRoute(found[1])
    if found := _TELL.fullmatch(text):
        return _told(found["field"], found["value"])
    return parse_change(text)


def intent_of_button(pressed: Pressed) -> str:
    """The intent that a pressed button stands for."""
    if isinstance(pressed, Act):
        return INTENTS.get(pressed.name, "change_trip")
    return {FromRoute: "plan_trip", Told: "tell_trip"}.get(type(pressed), "change_trip")


def _told(field: str, value: str) -> Optional[Told]:
    if field not in _VALUES:
        return None
    if value == ANY:
        return Told(field, None)
    if not re.fullmatch(_VALUES[field], value):
        return None
    try:
        return Told(field, _read(field, value))
    except ValueError:  # 2026-13-45
        return None


def _read(field: str, value: str) -> Any:
    if field == "start":
        return Ref.parse(value)
    return date.fromisoformat(value) if field == "first_day" else int(value)
