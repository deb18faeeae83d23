"""References to the things the site database knows: a kind and an id, written ``place/chua-dong``."""

from __future__ import annotations

from typing import NamedTuple

KINDS = (
    "place",
    "person",
    "festival",
    "programme",
    "route",
    "gateway",
    "bus_line",
    "cable_car",
    "boat",
    "bridge",
    "train",
    "dish",
    "lodging",
    "eating",
    "help",
    "elsewhere",
)


class Ref(NamedTuple):
    """Points to one subject of the site database. ``str(ref)`` is its id in the database."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"

    @classmethod
    def of(cls, id_: str) -> Ref:
        """The reference of an id as the database has it, of whatever kind: nothing is checked."""
        return cls(*id_.split("/", 1))

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read ``kind/id``; raise ValueError where the kind is unknown or the id is missing."""
        kind, slash, id_ = text.partition("/")
        if not slash or kind not in KINDS or not id_:
            raise ValueError(f"'{text}' is not a reference such as place/chua-dong (kinds: {', '.join(KINDS)})")
        return cls(kind, id_)
