"""How exactly values are understood: the held-out sentences of ``data/heldout/values``, in disguises.

A file is ``<language>.yml`` with the clock of its sentences (``now``) and ``sentences``: a text and the values that it
holds, each in the notation of ``spelt``: ``date 2027-02-20/2027-02-22 days``, ``clock 17:00 end``, ``party adults=2
children=5,?``. What several words of a sentence say of one party counts as one.

- value accuracy: the share of sentences in which exactly those values are found, no more and no fewer;
- value F1: over the single values.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional, Sequence

import yaml

from guide.values import (
    KINDS,
    Budget,
    Clock,
    DateSpan,
    Duration,
    Ordinal,
    Party,
    Transport,
    Value,
    combined,
    from_json,
    kind_of,
)

FOLDER = "values"  # of the held-out folder
Parse = Callable[[Sequence[str]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Sentence:
    """One held-out sentence, when it was said and what it holds."""

    text: str
    language: str
    now: datetime
    wanted: frozenset[str]


def read_sentences(folder: Path) -> list[Sentence]:
    """The sentences of a folder's files; none where there is no such folder."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        now = datetime.fromisoformat(str(content["now"]))
        found += [Sentence(text, path.stem, now, frozenset(values)) for text, values in content["sentences"]]
    return found


def spelt(value: Value, role: Optional[str] = None) -> str:
    """A value in the notation of the held-out files."""
    parts = [kind_of(value), *_SPELT[type(value)](value), *([role] if role else [])]
    return " ".join(parts)


def _date(value: DateSpan) -> list[str]:
    span = str(value.first) if value.first == value.last else f"{value.first}/{value.last}"
    marks = ["lunar" if value.lunar else "", value.grain if value.grain != "day" else "", value.kind or ""]
    return [span, *filter(None, marks)]


def _duration(value: Duration) -> list[str]:
    return [f"{n}{unit}" for n, unit in ((value.days, "d"), (value.nights, "n"), (value.minutes, "m")) if n]


def _party(value: Party) -> list[str]:
    children = ",".join("?" if age is None else str(age) for age in value.children)
    told = {"adults": value.adults, "children": children, "oldest": value.oldest}
    words = [f"{name}={number}" for name, number in told.items() if number not in (None, "")]
    return words + ["wheelchair"] * value.wheelchair + ([f"group={value.group}"] if value.group else [])


def _budget(value: Budget) -> list[str]:
    return [str(value.amount), *([value.per] if value.per else []), *(["max"] if value.at_most else [])]


_SPELT: Mapping[type, Callable[[Any], list[str]]] = {
    DateSpan: _date,
    Duration: _duration,
    Clock: lambda value: [f"{value.minute // 60:02d}:{value.minute % 60:02d}"],
    Party: _party,
    Budget: _budget,
    Transport: lambda value: [value.mode],
    Ordinal: lambda value: [str(value.index)],
}


def spelt_all(found: Iterable[tuple[Value, Optional[str]]]) -> frozenset[str]:
    """The values of one sentence, what is said of the party taken together."""
    values = list(found)
    party = combined(value for value, _ in values if isinstance(value, Party))
    spelt_values = {spelt(value, role) for value, role in values if not isinstance(value, Party)}
    return frozenset(spelt_values | ({spelt(party)} if party else set()))


def of_entities(parsed: Mapping[str, Any]) -> list[tuple[Value, Optional[str]]]:
    """The values among the entities of a parsed message."""
    entities = parsed.get("entities") or ()
    return [(from_json(e["value"]), e.get("role")) for e in entities if e["entity"] in KINDS]


def add_values(results: Iterable[dict[str, Any]], parse: Parse, heldout: Path) -> list[dict[str, Any]]:
    """Add the figures of values to the results of the same language and disguise; returns what went wrong.

    ``parse``: texts → parsed messages. Adds nothing where the folder holds no sentences with values.
    """
    from bench.disguise import DISGUISES

    sentences, wrong = read_sentences(heldout / FOLDER), []
    for result in results:
        those = [s for s in sentences if s.language == result["language"]]
        if those:
            texts = ["".join(DISGUISES[result["disguise"]]([s.text])) for s in those]
            with clock_at(those[0].now):
                found = [spelt_all(of_entities(parsed)) for parsed in parse(texts)]
            result.update(figures(those, found))
            wrong += [{"disguise": result["disguise"], **row} for row in _wrong(those, texts, found)]
    return wrong


@contextmanager
def clock_at(now: datetime) -> Iterator[None]:
    """The pipeline's component in this process counts days from another moment."""
    from bot.nlu.values import ValueExtractor, site_now

    ValueExtractor.clock = staticmethod(lambda: now)
    try:
        yield
    finally:
        ValueExtractor.clock = staticmethod(site_now)


def _wrong(
    sentences: Sequence[Sentence], texts: Sequence[str], found: Sequence[frozenset[str]]
) -> list[dict[str, Any]]:
    return [
        {"text": text, "missing": sorted(s.wanted - got), "too_many": sorted(got - s.wanted)}
        for s, text, got in zip(sentences, texts, found, strict=True)
        if got != s.wanted
    ]


def figures(sentences: Sequence[Sentence], found: Sequence[frozenset[str]]) -> dict[str, Any]:
    """Accuracy and F1 of what was found in these sentences, as fractions of 1."""
    counts: Counter[str] = Counter()
    for sentence, got in zip(sentences, found, strict=True):
        counts.update(
            right=len(got & sentence.wanted), all=len(got) + len(sentence.wanted), exact=got == sentence.wanted
        )
    return {
        "value_accuracy": round(counts["exact"] / len(sentences), 4),
        "value_f1": round(2 * counts["right"] / counts["all"], 4) if counts["all"] else None,
    }
