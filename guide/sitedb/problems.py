"""A mistake in the facts, worded for the person who has to correct it."""

from __future__ import annotations

from typing import NamedTuple, Optional


class Problem(NamedTuple):
    """Where the mistake is, what was written there, and what to do. ``line`` is filled in for files."""

    file: str
    field: str
    value: object
    message: str
    line: Optional[int] = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        where = f"{place} {self.field}".strip()
        shown = "" if self.value is None else f" = {_short(self.value)}"
        return f"{where}{shown}: {self.message}"


def _short(value: object, width: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"
