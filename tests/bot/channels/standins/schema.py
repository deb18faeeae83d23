"""A small checker: which fields an object may have, of what type and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence
from urllib.parse import urlsplit

Check = Callable[[Any], Optional[str]]


@dataclass(frozen=True)
class Field:
    """A field: its types, whether it must be there, and a further check that returns what is wrong."""

    types: tuple[type, ...]
    needed: bool = False
    check: Optional[Check] = None


def text(least: int = 0, most: int = 1 << 20, needed: bool = False, utf16: bool = True) -> Field:
    """A text of so many units."""

    def length(value: str) -> Optional[str]:
        units = len(value.encode("utf-16-le")) // 2 if utf16 else len(value)
        return None if least <= units <= most else f"has {units} units, not {least} to {most}"

    return Field((str,), needed, length)


def one_of(*values: Any, needed: bool = False) -> Field:
    """One of these values."""
    return Field(tuple({type(v) for v in values}), needed, lambda v: None if v in values else f"is {v!r}")


def number(least: float, most: float, needed: bool = False) -> Field:
    """A number between these."""
    return Field((int, float), needed, lambda v: None if least <= v <= most else f"is {v}")


def flag() -> Field:
    """True or false."""
    return Field((bool,))


def url(needed: bool = False) -> Field:
    """A complete http(s) address."""

    def complete(value: str) -> Optional[str]:
        parts = urlsplit(value)
        return None if parts.scheme in ("http", "https") and parts.hostname else f"is no address: {value!r}"

    return Field((str,), needed, complete)


def nested(fields: Mapping[str, Field], needed: bool = False) -> Field:
    """An object with these fields."""
    return Field((dict,), needed, lambda value: "; ".join(problems(value, fields)) or None)


def listed(item: Field, least: int = 0, most: int = 1_000, needed: bool = False) -> Field:
    """A list of so many of these."""

    def every(value: Sequence[Any]) -> Optional[str]:
        if not least <= len(value) <= most:
            return f"has {len(value)} items, not {least} to {most}"
        return "; ".join(found for one in value if (found := _wrong("item", one, item))) or None

    return Field((list,), needed, every)


def problems(value: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[str]:
    """All that is wrong with an object."""
    for name in value:
        if name not in fields:
            yield f"unknown field '{name}'"
    for name, field in fields.items():
        if name in value:
            if found := _wrong(name, value[name], field):
                yield found
        elif field.needed:
            yield f"'{name}' is missing"


def _wrong(name: str, value: Any, field: Field) -> Optional[str]:
    if not isinstance(value, field.types) or (isinstance(value, bool) and bool not in field.types):
        return f"'{name}' is a {type(value).__name__}"
    found = field.check(value) if field.check else None
    return f"'{name}' {found}" if found else None
