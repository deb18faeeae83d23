"""Reasons, warnings and assumptions as codes with values: what to say is decided here, how to say it in the wording."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from guide.refs import Ref

Value = Any  # str | int | float | bool | list of them: what JSON holds


class Note(NamedTuple):
    """One thing to say. ``code`` names the phrase, ``values`` fill it: ids, minutes, ISO dates, amounts in VND.

    Values whose names end in ``ref`` are references as text, those in ``refs`` lists of them.
    """

    code: str
    values: Mapping[str, Value] = {}

    def to_json(self) -> dict[str, Value]:
        """A JSON object that ``from_json`` reads back."""
        return {"code": self.code, **({"values": dict(self.values)} if self.values else {})}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Note:
        """The note that ``to_json`` wrote."""
        return cls(str(data["code"]), dict(data.get("values", {})))

    def ref(self, name: str = "ref") -> Ref | None:
        """The reference under that name, if the note has one."""
        text = self.values.get(name)
        return Ref.parse(text) if text else None


def note(code: str, /, **values: Value) -> Note:
    """A note; references become text, what is None is left out."""
    kept = {name: _plain(value) for name, value in values.items() if value is not None}
    return Note(code, kept)


def _plain(value: Any) -> Value:
    if isinstance(value, Ref):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
