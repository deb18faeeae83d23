"""Patterns of values, from ``words/<language>/<kind>.yml``.

A pattern is a regular expression over lower-case text, with four additions:

- a letter with marks is also matched with some of them or none, so that a pattern is written as a word is spelt; after
  ``@`` a word counts only with all its marks (``@sáu``, six: without them it is mostly ``sau``, after);
- ``{name}`` stands for the file's word list of that name, ``{group:name}`` keeps what matched;
- a blank matches any white space, ``~`` any or none;
- a pattern matches whole words only, and no part of a longer number.

``not_after`` and ``not_before`` of a file: for a group of patterns, what may not stand on that side of a match.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

import yaml

from guide.text import fold

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "words"
_MACRO = re.compile(r"\{(?:(\w+):)?([a-z_]+)\}")
_STRICT = re.compile(r"@([^\W\d_]+)")
_D = "\u0111"  # d with a stroke, which has no decomposition
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BEGIN = r"(?<![^\W_])(?<!\d[.,/:])"
_END = r"(?![^\W_])(?!(?<=\d)[.,/:]\d)"
_NEAR = 40  # letters before and after a match that may speak against it


@dataclass(frozen=True)
class Row:
    """One pattern, and the name of the group of patterns that it stands in."""

    name: str
    regex: re.Pattern[str]


@lru_cache(maxsize=None)
def word_file(kind: str, language: str) -> Mapping[str, Any]:
    """One word file as it stands."""
    path = _FOLDER / language / f"{kind}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


@lru_cache(maxsize=None)
def rows(kind: str, language: str) -> tuple[Row, ...]:
    """The patterns of a kind, compiled; earlier ones are the more certain."""
    words = {**word_file("numbers", language)["words"], **(word_file(kind, language).get("words") or {})}
    patterns = word_file(kind, language).get("patterns") or {}
    return tuple(Row(name, compiled(p, words)) for name, group in patterns.items() for p in group)


@lru_cache(maxsize=None)
def table(kind: str, language: str, name: str) -> Mapping[str, Any]:
    """A list of a word file that gives words a meaning, by their folded form."""
    found: Mapping[Any, Any] = word_file(kind, language).get(name) or {}
    return {fold(str(word)): meaning for word, meaning in found.items()}


def matches(kind: str, language: str, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Everything in a text that a pattern of the kind matches, with the name of the pattern's group."""
    for row in rows(kind, language):
        for match in row.regex.finditer(text):
            if not _spoken_against(kind, language, row.name, match):
                yield row.name, match


def _spoken_against(kind: str, language: str, name: str, match: re.Match[str]) -> bool:
    before = side(kind, language, "not_after", name)
    after = side(kind, language, "not_before", name)
    text, start, end = match.string, match.start(), match.end()
    if before and before.search(text, max(0, start - _NEAR), start):
        return True
    return bool(after and after.match(text, end, end + _NEAR))


@lru_cache(maxsize=None)
def joiner(kind: str, language: str) -> re.Pattern[str]:
    """What may stand between the two ends of a range (``roles: between``), with the blanks around it."""
    return compiled(f"~(?:{word_file(kind, language)['roles']['between']})~", {}, whole=False)


@lru_cache(maxsize=None)
def side(kind: str, language: str, group: str, name: str) -> Optional[re.Pattern[str]]:
    """What may stand just before a match (``not_after``, ``…_before`` in roles) or after it; None for nothing.

    A pattern for what stands before ends where the match starts, so that it is searched in the text up to there.
    """
    content = word_file(kind, language)
    pattern = (content.get(group) or {}).get(name)
    if pattern is None:
        return None
    words = {**word_file("numbers", language)["words"], **(content.get("words") or {})}
    ends_here = group == "not_after" or name.endswith("_before")
    body = rf"(?<![^\W_])(?:{pattern})~$" if ends_here else rf"~(?:{pattern})(?![^\W_])"
    return compiled(body, words, whole=False)


def compiled(pattern: str, words: Mapping[str, str], whole: bool = True) -> re.Pattern[str]:
    """The regular expression of a pattern."""
    expanded = _expand(pattern, words)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group(1))
        return f"\x00{len(kept) - 1}\x01"

    loose = "".join(_loose(c) for c in _STRICT.sub(keep, unicodedata.normalize("NFC", expanded)))
    strict = re.sub("\x00(\\d+)\x01", lambda m: kept[int(m.group(1))], loose)
    body = strict.replace(" ", r"\s+").replace("~", r"\s*")
    return re.compile(f"{_BEGIN}(?:{body}){_END}" if whole else body)


def _expand(pattern: str, words: Mapping[str, str]) -> str:
    def expansion(match: re.Match[str]) -> str:
        group, name = match.groups()
        inner = _expand(words[name], words)
        return f"(?P<{group}>{inner})" if group else f"(?:{inner})"

    return _MACRO.sub(expansion, pattern)


@lru_cache(maxsize=None)
def _loose(letter: str) -> str:
    """A class of the letter and all forms that lack some of its marks."""
    if letter == _D:
        return f"[{_D}d]"
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if not marks or not base.isalpha():
        return letter
    tone = [m for m in marks if m in _TONES]
    shape = [m for m in marks if m not in _TONES]
    forms = {unicodedata.normalize("NFC", "".join([base, *s, *t])) for s in ([], shape) for t in ([], tone)}
    return "[" + "".join(sorted(forms)) + "]"
