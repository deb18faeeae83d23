"""Keystrokes of Vietnamese keyboards that no keyboard converted: Telex (``Yeen Tuwr``) and VNI (``Ye6n Tu73``).

A keystroke scheme adds signs to a syllable's letters: for the marks of a vowel (^ breve horn), for đ, and for the tone,
which may stand anywhere after the vowel and is mostly typed last.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Optional

from guide.gazetteer.judge import is_syllable

CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
LONGEST = 10  # keystrokes of one syllable: ``nghieengs``

_TELEX_VOWELS = (
    (re.compile("u[wo]*ow|uwo"), "u" + HORN + "o" + HORN),  # ươ is typed uow, uwow or uwo
    (re.compile("([aeo])\\1"), "\\1" + CIRCUMFLEX),
    (re.compile("aw"), "a" + BREVE),
    (re.compile("([ou])w"), "\\1" + HORN),
)
_VNI_VOWELS = (
    (re.compile("u7?o7"), "u" + HORN + "o" + HORN),
    (re.compile("([aeo])6"), "\\1" + CIRCUMFLEX),
    (re.compile("a8"), "a" + BREVE),
    (re.compile("([ou])7"), "\\1" + HORN),
)


@lru_cache(maxsize=8192)
def telex(word: str) -> Optional[str]:
    """The syllable that Telex keystrokes (lower case) spell, or None where they spell none or the word itself."""
    if not re.fullmatch("[a-z]{2,%d}" % LONGEST, word):
        return None
    for base, tone in _without_tone(word, TELEX_TONES):
        for pattern, replacement in _TELEX_VOWELS:
            base = pattern.sub(replacement, base, count=1)
        found = _compose(base.replace("dd", "đ", 1), tone)
        if found and found != word:
            return found
    return None


@lru_cache(maxsize=8192)
def vni(word: str) -> Optional[str]:
    """The syllable that VNI keystrokes (lower case) spell, or None where they spell none."""
    if not re.fullmatch("(?=.*[1-9])[a-z][a-z1-9]{1,%d}" % (LONGEST - 1), word):
        return None
    for base, tone in _without_tone(word, VNI_TONES):
        for pattern, replacement in _VNI_VOWELS:
            base = pattern.sub(replacement, base, count=1)
        found = _compose(base.replace("d9", "đ", 1), tone)
        if found:
            return found
    return None


def _without_tone(word: str, tones: dict[str, str]) -> list[tuple[str, str]]:
    """The keystrokes without each sign that could be the tone, and the tone; at last as they are, without a tone."""
    vowel = re.search("[aeiouy]", word)
    first = vowel.start() + 1 if vowel else len(word)
    found = [
        (word[:i] + word[i + 1 :], tones[word[i]]) for i in range(len(word) - 1, first - 1, -1) if word[i] in tones
    ]
    return [*found, (word, "")]


def _compose(letters: str, tone: str) -> Optional[str]:
    """A syllable with its tone where it belongs, or None if the letters are no Vietnamese syllable."""
    letters = unicodedata.normalize("NFC", letters)
    plain = "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c)).replace("đ", "d")
    if not is_syllable(plain):
        return None
    return unicodedata.normalize("NFC", _with_tone(letters, tone)) if tone else letters


def _with_tone(letters: str, tone: str) -> str:
    """The tone on the vowel that carries it: the marked one, else by the number of vowels and what follows them."""
    glides = letters.startswith("qu") or (letters.startswith("gi") and letters[2:] and _base(letters[2]) in "aeiouy")
    begin = 2 if glides else 0
    vowels = [i for i, c in enumerate(letters) if i >= begin and _base(c) in "aeiouy"]
    marked = [i for i in vowels if letters[i] not in "aeiouy"]
    if marked:
        place = marked[-1]
    elif len(vowels) == 3 or (len(vowels) == 2 and vowels[-1] < len(letters) - 1):
        place = vowels[1]
    else:
        place = vowels[0]
    return letters[: place + 1] + tone + letters[place + 1 :]


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
