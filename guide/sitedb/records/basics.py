"""What every record is made of: texts in several languages, sources, positions, and what all subjects share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, NamedTuple, Optional

from guide.refs import Ref

LANGUAGES = ("vi", "en")  # every text must have these; more are welcome
FALLBACK_LANGUAGES = ("en", "vi")


class Words(dict):
    """A text in several languages: language code → text."""

    def in_(self, lang: str) -> str:
        """The text in this language, else in English, else in Vietnamese, else in any; '' when there is none."""
        for code in (lang, *FALLBACK_LANGUAGES, *self):
            if self.get(code):
                return self[code]
        return ""


class Source(NamedTuple):
    """Where a fact comes from. ``basis``: published, general, advice, gap or computed."""

    id: str
    title: str
    url: Optional[str] = None
    publisher: Optional[str] = None
    date: Optional[str] = None  # ISO date, or year-month, or year, as far as the source states it
    read: Optional[str] = None
    basis: str = "published"


class Location(NamedTuple):
    """WGS84 degrees; accuracy in metres."""

    lat: float
    lon: float
    accuracy_m: Optional[int] = None


@dataclass(frozen=True)
class Subject:
    """What all kinds have in common. Aliases are what people type, any language."""

    ref: Ref
    name: Words
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.ref.id
