"""All values of a text: each kind looks on its own, the longest match wins."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Iterable, Iterator, Sequence

from guide.values.budgets import find_budgets
from guide.values.clocks import find_clocks
from guide.values.dates import find_dates
from guide.values.durations import find_durations
from guide.values.match import Candidate, longest
from guide.values.ordinals import find_ordinals
from guide.values.parties import find_parties
from guide.values.patterns import LANGUAGES
from guide.values.reading import Reading, read
from guide.values.roles import with_roles
from guide.values.transports import find_transports
from guide.values.types import Found

Finder = Callable[[str, str], Iterable[Candidate]]
# Of two matches of the same words the earlier kind wins.
_FINDERS: Sequence[Finder] = (
    find_durations,
    find_clocks,
    find_parties,
    find_budgets,
    find_transports,
    find_ordinals,
)


def find_values(text: str, lang: str, now: datetime) -> tuple[Found, ...]:
    """The values in a text, in order, not overlapping; offsets point into the text.

    ``lang``: the language that wins where both read the same words; the other's values are found too, since visitors
    mix them. ``now``: the visitor's clock, which days without a year are counted from.
    """
    return find_in(read(text), lang, now)


def find_in(reading: Reading, lang: str, now: datetime) -> tuple[Found, ...]:
    """The same for a text that is read otherwise than it is typed."""
    chosen = longest(_candidates(reading.text, lang, now))
    found = []
    for one in with_roles(reading.text, chosen):
        start, end = reading.span(one.start, one.end)
        found.append(Found(one.value, start, end, one.role))
    return tuple(_apart(found))


def _candidates(text: str, lang: str, now: datetime) -> Iterator[Candidate]:
    own = lang if lang in LANGUAGES else "en"
    for language in (own, *(other for other in LANGUAGES if other != own)):
        yield from find_dates(text, language, now.date())
        for finder in _FINDERS:
            yield from finder(text, language)


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Without those that share what was typed with the one before: several words may be read in one abbreviation."""
    end = 0
    for one in found:
        if one.start >= end and one.end > one.start:
            yield one
            end = one.end
