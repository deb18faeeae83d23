"""Messages that hold names, values and particles only, hence no question of their own: "thế còn Côn Sơn?"."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Mapping

import yaml

from guide.dialogue.context import Context, Understood
from guide.text import fold
from guide.values import Clock, DateSpan, Transport

SURE_OF_LANGUAGE = 0.75  # below it, a message is too short or too mixed to change the language of a conversation
DEFAULT_LANGUAGE = "vi"
SPOKEN = ("vi", "en")  # languages that answers are written in; the first is meant where nothing is known
OTHER_NAMES = ("province", "denied")  # mentions that are names, though of no subject
ASKED_AGAIN = (DateSpan, Clock, Transport)  # "còn ngày mai?": the last question for another time or another vehicle
COMMON = "en"  # the language in which the speakers of any other are answered


@lru_cache(maxsize=1)
def _particles() -> Mapping[str, re.Pattern[str]]:
    """For each language what may stand in a message besides names, phrases before the words they begin with."""
    lists = yaml.safe_load(Path(__file__).with_name("particles.yaml").read_text(encoding="utf-8"))
    longest_first = {lang: sorted(map(str, words), key=len, reverse=True) for lang, words in lists.items()}
    return {lang: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") for lang, words in longest_first.items()}


def _spans(understood: Understood) -> list[tuple[int, int]]:
    """Where names and values stand; none where nothing is named that a question may be asked again about."""
    names = [(m.start, m.end) for m in understood.mentions if m.typed and (m.ref or m.kind in OTHER_NAMES)]
    times = any(isinstance(value.value, ASKED_AGAIN) for value in understood.values)
    return [*names, *((value.start, value.end) for value in understood.values)] if names or times else []


def bare_in(understood: Understood) -> frozenset[str]:
    """The languages in which the message is names and particles only; none when it asks something or names nothing."""
    spans = _spans(understood)
    if not spans:
        return frozenset()
    rest = list(understood.text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    words = " ".join(re.findall(r"\w+", fold("".join(rest))))
    return frozenset(lang for lang, particles in _particles().items() if not particles.sub("", words).strip())


def is_bare(understood: Understood) -> bool:
    """Whether the message holds names, values and particles only, hence no question of its own."""
    return bool(bare_in(understood))


def foreign_language(understood: Understood) -> str | None:
    """The language of the message where it surely is one that no answers are written in."""
    code = understood.language
    return code if code not in (None, *SPOKEN) and understood.language_confidence >= SURE_OF_LANGUAGE else None


def language_of(understood: Understood, context: Context) -> str:
    """The language to answer in: of this message when it is sure, else of the conversation, else Vietnamese.

    Names and particles say little about a language ("the con Con Son" is Vietnamese without marks): they keep that of
    the conversation where its particles fit. A language not spoken here is answered in English.
    """
    if context.language and context.language in bare_in(understood):
        return context.language
    if foreign_language(understood):
        return COMMON
    known = understood.language if understood.language in SPOKEN else None
    if known and understood.language_confidence >= SURE_OF_LANGUAGE:
        return known
    return context.language or known or DEFAULT_LANGUAGE
