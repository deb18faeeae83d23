"""Values in a visitor's own words: dates, lengths, times of day, people, money, ways to come, which one of several.

The rules are word lists and patterns in ``words/<language>``; the code knows what the parts of a match mean.
"""

from guide.values.find import find_in, find_values
from guide.values.parties import combined
from guide.values.types import (
    KINDS,
    Budget,
    Clock,
    DateSpan,
    Duration,
    Found,
    NotAValue,
    Ordinal,
    Party,
    Transport,
    Value,
    from_json,
    kind_of,
    to_json,
)

__all__ = [
    "KINDS",
    "Budget",
    "Clock",
    "DateSpan",
    "Duration",
    "Found",
    "NotAValue",
    "Ordinal",
    "Party",
    "Transport",
    "Value",
    "combined",
    "find_in",
    "find_values",
    "from_json",
    "kind_of",
    "to_json",
]
