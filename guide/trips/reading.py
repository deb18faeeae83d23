"""Finds the words of ``words.yml`` in a message, and what is left of it that nothing explains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping, NamedTuple, Optional

from ruamel.yaml import YAML

from guide.dialogue.context import Mention, Understood
from guide.text import fold, fold_with_offsets, nfc

_FILE = Path(__file__).with_name("words.yml")
ACTED_ON = ("interests", "pace", "effort", "festivals", "verbs", "whole")  # groups of groups in the file


class Phrase(NamedTuple):
    """Words found in a message: ``group`` and ``key`` of the file, and where they stand."""

    group: str
    key: str
    start: int
    end: int


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The word lists, by group."""
    lists: Mapping[str, Any] = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=None)
def _lists(group: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of a group, by key; a group that is one list has itself as its only key."""
    given = words()[group]
    keyed = given if isinstance(given, dict) else {group: given}
    return {str(key): tuple(map(str, phrases)) for key, phrases in keyed.items()}


@lru_cache(maxsize=None)
def _pattern(group: str, key: str) -> re.Pattern[str]:
    folded = sorted({fold(phrase) for phrase in _lists(group)[key]}, key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, folded))})(?![\w'])")


@lru_cache(maxsize=None)
def _spelt(group: str, key: str) -> frozenset[str]:
    return frozenset(nfc(phrase).lower() for phrase in _lists(group)[key])


def _as_typed(typed: str, spelt: frozenset[str]) -> bool:
    """Whether the typed words are of the list: with its marks, or with none at all."""
    written = nfc(typed).lower()
    return written in spelt or fold(written) == written


def find(text: str, *groups: str) -> list[Phrase]:
    """The phrases of these groups in the text, in order; of those that overlap the longest of each group."""
    folded = fold_with_offsets(text)
    found: list[Phrase] = []
    for group in groups:
        found += _longest(_found_in(text, folded.text, folded.offsets, group))
    return sorted(found, key=lambda phrase: (phrase.start, -phrase.end))


def _found_in(text: str, folded: str, offsets: tuple[int, ...], group: str) -> Iterator[Phrase]:
    for key in _lists(group):
        for match in _pattern(group, key).finditer(folded):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if _as_typed(text[start:end], _spelt(group, key)):
                yield Phrase(group, key, start, end)


def _longest(phrases: Iterable[Phrase]) -> list[Phrase]:
    kept: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda one: (one.start - one.end, one.start)):
        if all(phrase.end <= other.start or other.end <= phrase.start for other in kept):
            kept.append(phrase)
    return kept


def _inside(phrase: Phrase, others: Iterable[Phrase]) -> bool:
    return any(other.start <= phrase.start and phrase.end <= other.end for other in others)


@dataclass(frozen=True)
class Reading:
    """A message taken apart: names, values and phrases, none inside a name."""

    understood: Understood
    phrases: tuple[Phrase, ...]

    @classmethod
    def of(cls, understood: Understood) -> Reading:
        """Read a message."""
        names = [mention for mention in understood.mentions if mention.ref and mention.end > mention.start]
        groups = (*ACTED_ON, "more", "less", "any", "cancel", "yes", "no", "from", "first_day", "last_day")
        phrases = [
            phrase
            for phrase in find(understood.text, *groups)
            if all(phrase.end <= name.start or name.end <= phrase.start for name in names)
        ]
        wider = [phrase for phrase in phrases if phrase.group in ("whole", "pace", "effort", "festivals")]
        return cls(understood, tuple(one for one in phrases if one.group != "verbs" or not _inside(one, wider)))

    def of_group(self, group: str, key: Optional[str] = None) -> list[Phrase]:
        """The phrases of a group, in order."""
        return [phrase for phrase in self.phrases if phrase.group == group and key in (None, phrase.key)]

    def keys(self, group: str) -> tuple[str, ...]:
        """What a group of the message says, each once, without what it denies ("not slow")."""
        kept = [phrase.key for phrase in self.of_group(group) if not self._denied(phrase)]
        return tuple(dict.fromkeys(kept))

    def _denied(self, phrase: Phrase) -> bool:
        before = self.understood.text[: phrase.start]
        if not before.strip():
            return False
        return any(fold(before[found.end :].strip()) in ("", *words()["liking"]) for found in find(before, "negation"))

    def before(self, mention: Mention, *keys: str) -> Optional[Phrase]:
        """The nearest verb in front of a name, when it is one of these."""
        verbs = [phrase for phrase in self.of_group("verbs") if phrase.end <= mention.start]
        return verbs[-1] if verbs and verbs[-1].key in keys else None

    def unexplained(self) -> tuple[str, ...]:
        """The words of the message, as typed, that no name, value, phrase or particle accounts for."""
        text = self.understood.text
        explained = [(one.start, one.end) for one in (*self.phrases, *find(text, "particles"))]
        explained += [(one.start, one.end) for one in self.understood.mentions]
        explained += [(one.start, one.end) for one in self.understood.values]
        return tuple(
            match[0]
            for match in re.finditer(r"[^\W_]+(?:'[^\W_]+)?", text)
            if not any(start <= match.start() and match.end() <= end for start, end in explained)
        )
