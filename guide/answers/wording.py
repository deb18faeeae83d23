"""What visitors read: named phrases in ``wording/<language>/<room>.yml``, rendered by Jinja2, formats being filters.

In a phrase: ``{{ price|money }}``, ``{{ start|day }}``, ``{{ km|distance }}``, ``{{ names|listing }}``;
``{{ place|mid }}`` is a name inside a sentence (``Chùa Đồng`` → ``chùa Đồng``), ``{{ text|cap }}`` begins a sentence,
``{{ text|low }}`` goes on with one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Callable

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from guide.answers import formats
from guide.answers.phrases import BrokenWording, sources, spoken

__all__ = ["BrokenWording", "Wording", "tidy", "wording_for"]

_FORMATS: dict[str, Callable[..., str]] = {
    "money": formats.money,
    "number": formats.number,
    "day": formats.day,
    "plain_day": formats.plain_day,
    "weekday": formats.weekday,
    "lunar_day": formats.lunar_day,
    "month": formats.month,
    "clock": formats.clock,
    "partial_date": formats.partial_date,
    "distance": formats.distance,
    "duration": formats.duration,
    "temperature": formats.temperature,
    "ordinal": formats.ordinal,
    "listing": formats.listing,
}


def tidy(text: str) -> str:
    """Single spaces, no blank at line ends, at most one empty line: what is left when a template's parts are absent."""
    lines = (re.sub(r" +(?=[,.;:!?)])", "", re.sub(r"[ \t]+", " ", line)).strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def cap(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def low(text: str) -> str:
    """The first letter small, where the word goes on in small letters (no abbreviation)."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def sentence(text: str) -> str:
    """The text with a full stop, unless it has an ending already."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def inside(text: str) -> str:
    """A sentence as a part of another, which has a full stop of its own."""
    return text.strip().removesuffix(".")


class Wording:
    """All phrases of one language. ``say("hours.open", place=…)`` renders one."""

    def __init__(self, lang: str) -> None:
        self.lang = spoken(lang)
        self._sources = sources(self.lang)
        self._env = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
        self._env.filters.update({name: self._bound(format_) for name, format_ in _FORMATS.items()})
        self._env.filters.update(cap=cap, low=low, sentence=sentence, inside=inside, mid=self.mid)
        self._env.globals.update(span=lambda first, last: formats.span(first, last, self.lang))
        self._compiled: dict[str, Template] = {}

    def _bound(self, format_: Callable[..., str]) -> Callable[[Any], str]:
        return lambda value: format_(value, self.lang)

    def __contains__(self, name: str) -> bool:
        return name in self._sources

    def names(self) -> tuple[str, ...]:
        """Every phrase, as ``room.name``."""
        return tuple(self._sources)

    def say(self, phrase: str, /, **values: Any) -> str:
        """Render a phrase; BrokenWording when it is missing, misspelt, or needs a value that was not given."""
        try:
            if phrase not in self._compiled:
                self._compiled[phrase] = self._env.from_string(self._sources[phrase])
            return tidy(self._compiled[phrase].render(**values))
        except KeyError:
            raise BrokenWording(f"There is no phrase '{phrase}' in wording/{self.lang}") from None
        except TemplateError as problem:
            raise BrokenWording(f"The phrase '{phrase}' in wording/{self.lang} cannot be said: {problem}") from problem

    def mid(self, name: str) -> str:
        """A name inside a sentence: ``Chùa Đồng`` → ``chùa Đồng``, where its first word is a common noun."""
        heads = self._common_nouns()
        found = heads.match(name) if heads and not name.startswith(self._proper_names()) else None
        return name[:1].lower() + name[1:] if found else name

    @lru_cache(maxsize=None)  # noqa: B019 - a Wording lives as long as the process
    def _proper_names(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self._sources.get("names.proper_names", "").splitlines() if line.strip())

    @lru_cache(maxsize=None)  # noqa: B019 - as above
    def _common_nouns(self) -> "re.Pattern[str] | None":
        lines = self._sources.get("names.common_nouns", "").splitlines()
        nouns = [noun.strip() for noun in lines if noun.strip()]
        return re.compile(rf"(?:{'|'.join(map(re.escape, nouns))})(?!\w)", re.IGNORECASE) if nouns else None


@lru_cache(maxsize=None)
def wording_for(lang: str) -> Wording:
    """The shared Wording of a language (of English, where there is none for it)."""
    return Wording(lang)
