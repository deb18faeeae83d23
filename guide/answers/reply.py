"""The channel-neutral answer. Every channel renders it as natively as it can; none gets less than the full text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Optional

from guide.refs import Ref


@dataclass(frozen=True)
class QuickReply:
    """A likely next question. ``payload`` is as guide.answers.payload writes it, ``ask:price:place/yen-tu``."""

    title: str
    payload: str


@dataclass(frozen=True)
class Button:
    """Either a ``payload`` as in QuickReply, a ``url`` or a ``phone`` number."""

    title: str
    payload: Optional[str] = None
    url: Optional[str] = None
    phone: Optional[str] = None


@dataclass(frozen=True)
class Card:
    """One thing with a picture slot and what can be done about it."""

    title: str
    subtitle: str = ""
    image: Optional[str] = None
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class MapPoint:
    """WGS84 degrees; ``accuracy_m`` tells how far the point may be off."""

    lat: float
    lon: float
    label: str
    accuracy_m: Optional[int] = None


@dataclass(frozen=True)
class Map:
    """Points to show, and a path between them where one was asked for."""

    points: tuple[MapPoint, ...] = ()
    path: tuple[tuple[float, float], ...] = ()  # (lat, lon) in order


@dataclass(frozen=True)
class Attachment:
    """A file or page that belongs to the answer."""

    kind: str  # calendar | gpx | page
    title: str
    url: str


@dataclass(frozen=True)
class SourceNote:
    """Where the answer comes from, as shown to a visitor."""

    title: str
    url: Optional[str] = None
    date: Optional[str] = None


@dataclass(frozen=True)
class Reply:
    """One answer. ``text`` alone is complete: what cards, map and sources add is only convenience."""

    text: str
    lang: str = "vi"
    cards: tuple[Card, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()
    map: Optional[Map] = None
    attachments: tuple[Attachment, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    known: bool = True  # False: the question could not be answered and was recorded
    subjects_shown: tuple[Ref, ...] = ()  # what a list in it showed, in order: what "the second one" means

    def to_json(self) -> dict[str, Any]:
        """A JSON-serialisable dict, as sent in ``custom`` of the REST channel; empty parts are left out."""
        parts = {**asdict(self), "subjects_shown": [str(ref) for ref in self.subjects_shown]}
        return {key: value for key, value in parts.items() if value not in (None, (), "", [])}
