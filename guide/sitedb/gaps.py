"""What the site database does not know yet: the staff's work list."""

from __future__ import annotations

from typing import Iterator, Optional

from guide.refs import Ref
from guide.sitedb.reading import Reading
from guide.sitedb.records import LANGUAGES, Place, Subject

# What a visitor asks about a kind of subject, and staff can find out.
WANTED: dict[str, tuple[str, ...]] = {
    "place": ("summary", "location", "minutes", "effort", "hours", "phone", "prices"),
    "cable_car": ("hours", "minutes", "length_m", "prices"),
    "bus_line": ("first", "last", "frequency_min", "duration_min", "prices"),
    "boat": ("minutes", "prices"),
    "gateway": ("location",),
    "lodging": ("phone", "address", "prices"),
    "eating": ("hours", "address"),
    "help": ("number",),
    "person": ("role",),
    "festival": ("summary",),
    "dish": ("what",),
}
NOT_FOR_SALE = (
    "city",
    "island",
    "village",
    "nature",
    "viewpoint",
)  # kinds of place that have neither hours nor tickets


def missing(read: Reading, ref: Optional[Ref]) -> list[tuple[Ref, str]]:
    """(subject, field) of what is unknown: values, prices without an amount, translations (``name.en``)."""
    subjects = [read.get(ref)] if ref else [subject for kind in WANTED for subject in read.all(kind)]
    return [(subject.ref, field) for subject in subjects for field in _fields(read, subject)]


def _fields(read: Reading, subject: Subject) -> Iterator[str]:
    for field in WANTED.get(subject.ref.kind, ()):
        free = isinstance(subject, Place) and subject.kind in NOT_FOR_SALE and field in ("hours", "phone", "prices")
        if not free and not _known(read, subject, field):
            yield field
    texts = read.data.texts.get(str(subject.ref), {})
    yield from (
        f"{field}.{lang}"
        for field, words in texts.items()
        for lang in LANGUAGES
        if "" not in words and not words.get(lang)
    )


def _known(read: Reading, subject: Subject, field: str) -> bool:
    if field == "prices":
        return any(price.adult is not None and price.current for price in read.prices_of(subject.ref))
    return getattr(subject, field) not in (None, "", {})
