"""The planner's codes in words: reasons, warnings, assumptions and changes of a plan, as phrases of ``plan.yml``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Optional, Sequence

from guide.answers.places import short_name
from guide.answers.wording import Wording
from guide.planner.notes import Note
from guide.refs import Ref
from guide.sitedb.records import Words

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

FEW = 3  # names that are listed; more are "many places"
_VALUES = (
    "age", "at", "by", "closes", "day", "days", "effort", "main", "minutes", "modes", "name", "names", "on", "opens",
    "pace", "tag", "text", "transport", "until", "amount", "cable_car", "on_foot",
)  # fmt: skip
_CLOCKS, _DATES, _LABELS = ("at", "opens", "closes"), ("on", "until"), ("pace", "tag", "transport")


def clock(minutes: int) -> str:
    """Minutes from midnight as the formats read them: ``7:05``."""
    return f"{minutes // 60 % 24}:{minutes % 60:02d}"


class TripWords:
    """Says the notes of a plan in one language."""

    def __init__(self, site: SiteDb, wording: Wording) -> None:
        self.site, self.wording = site, wording

    def name(self, ref: Ref) -> str:
        """A subject as it is called inside a plan; its id where staff have taken it out since."""
        if self.site.find(ref) is None:
            return ref.id
        return short_name(self.site, ref, self.wording)

    def names(self, refs: Iterable[Ref]) -> list[str]:
        """Several names, each once."""
        return list(dict.fromkeys(self.name(ref) for ref in refs))

    def say(self, phrase: str, **values: Any) -> str:
        """A phrase of the plan's room."""
        return self.wording.say(f"plan.{phrase}", **values)

    def note(self, prefix: str, note: Note, refs: Sequence[Ref] = ()) -> str:
        """One note; ``refs`` where several of one code are said together."""
        values = self._values(note.values)
        values["names"] = self.names(refs or _refs(note))
        return self.say(f"{prefix}_{note.code}", few=FEW, **values)

    def notes(self, prefix: str, notes: Iterable[Note]) -> list[str]:
        """Each note once; those of one code and the same values together, with all their names."""
        together: dict[tuple[Any, ...], list[Note]] = {}
        for note in notes:
            together.setdefault((note.code, *_others(note)), []).append(note)
        said = (
            self.note(prefix, group[0], [ref for note in group for ref in _refs(note)]) for group in together.values()
        )
        return list(dict.fromkeys(said))

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = dict.fromkeys(_VALUES)
        told.update((name, value) for name, value in values.items() if name in _VALUES)
        for name in _CLOCKS:
            told[name] = clock(told[name]) if told[name] is not None else None
        for name in _DATES:
            told[name] = date.fromisoformat(told[name]) if told[name] else None
        for name in _LABELS:
            told[name] = self.say(f"{name}_{told[name]}") if told[name] else None
        told["by"] = self.name(Ref.parse(values["by_ref"])) if "by_ref" in values else None
        told["name"] = Words(values["name"]).in_(self.wording.lang) if "name" in values else None
        told["text"] = Words(values["words"]).in_(self.wording.lang) if "words" in values else None
        return told


def _refs(note: Note) -> list[Ref]:
    texts = [note.values["ref"]] if "ref" in note.values else note.values.get("refs", [])
    return [Ref.parse(text) for text in texts]


def _others(note: Note) -> list[tuple[str, str]]:
    """What tells notes of one code apart, names aside."""
    return sorted((name, str(value)) for name, value in note.values.items() if name not in ("ref", "refs"))


def label(words: TripWords, prefix: str, key: Optional[str]) -> Optional[str]:
    """The label of a way, a means of transport or a pace; None for none."""
    return words.say(f"{prefix}_{key}") if key else None
