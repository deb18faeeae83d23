"""The same question as other people would type it: without marks, with slips, in raw Telex, in teencode, in capitals.

Nothing here knows the bot. A text comes in pieces, so that what is annotated in it keeps its borders; every disguise
returns as many pieces as it was given, and always the same ones for the same text.
"""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Callable, Mapping, Sequence

Pieces = list[str]
Disguise = Callable[[Sequence[str]], Pieces]

_MARKS = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}  # circumflex, breve, horn
_TELEX_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_TELEX_MARKS = {"\u0306": "w", "\u031b": "w"}
_VNI_MARKS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_NEIGHBOURS = {
    "q": "wa",
    "w": "qes",
    "e": "wrd",
    "r": "etf",
    "t": "ryg",
    "y": "tuh",
    "u": "yij",
    "i": "uok",
    "o": "ipl",
    "p": "ol",
    "a": "qsz",
    "s": "adw",
    "d": "sfe",
    "f": "dgr",
    "g": "fht",
    "h": "gjy",
    "j": "hku",
    "k": "jli",
    "l": "ko",
    "z": "xa",
    "x": "zcs",
    "c": "xvd",
    "v": "cbf",
    "b": "vng",
    "n": "bmh",
    "m": "nj",
}
_TEENCODE = {
    "không": "ko", "được": "đc", "bao nhiêu": "bn", "nhiêu": "nhiu", "gì": "j", "rồi": "r", "mình": "mk", "với": "vs",
    "biết": "bít", "vậy": "z", "như thế nào": "ntn", "thế nào": "tn", "cũng": "cx", "trong": "trog", "người": "ng",
    "bây giờ": "bh", "bao giờ": "bjo", "giờ": "h", "hà nội": "HN", "hải phòng": "HP", "quảng ninh": "QN",
    "khách sạn": "ks", "những": "nhug", "này": "nì", "quá": "wá", "yêu": "iu", "cho": "cko", "đi": "đi", "ở": "ở",
    "you": "u", "are": "r", "please": "pls", "thanks": "thx", "tomorrow": "tmr", "because": "cuz", "to": "2",
    "people": "ppl", "and": "n", "how much": "how mch", "what": "wat", "there": "der", "the": "da", "with": "w",
}  # fmt: skip


def typed(pieces: Sequence[str]) -> Pieces:
    """As it stands."""
    return list(pieces)


def folded(pieces: Sequence[str]) -> Pieces:
    """Without any diacritics."""
    bare = (unicodedata.normalize("NFD", piece) for piece in pieces)
    stripped = ("".join(c for c in piece if not unicodedata.combining(c)) for piece in bare)
    return [piece.replace("đ", "d").replace("Đ", "D") for piece in stripped]


def capitals(pieces: Sequence[str]) -> Pieces:
    """ALL CAPS."""
    return [piece.upper() for piece in pieces]


def no_spaces(pieces: Sequence[str]) -> Pieces:
    """Names run together, as in a hashtag; the rest as typed. Every second piece is a name, the first never."""
    return [piece.replace(" ", "") if position % 2 else piece for position, piece in enumerate(pieces)]


def teencode(pieces: Sequence[str]) -> Pieces:
    """The abbreviations of young people's messages."""
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _TEENCODE), key=len, reverse=True)) + r")\b", re.I)
    return [pattern.sub(lambda match: _TEENCODE[match.group().lower()], piece) for piece in pieces]


def telex(pieces: Sequence[str]) -> Pieces:
    """Telex keystrokes that no keyboard converted: ``Yên Tử`` → ``Yeen Tuwr``."""
    return [_keystrokes(piece, _telex_letter, _TELEX_TONES) for piece in pieces]


def vni(pieces: Sequence[str]) -> Pieces:
    """VNI keystrokes that no keyboard converted: ``Yên Tử`` → ``Ye6n Tu73``."""
    return [_keystrokes(piece, _vni_letter, _VNI_TONES) for piece in pieces]


def _keystrokes(text: str, letter: Callable[[str, str], str], tones: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        out, tone = [], ""
        for char in unicodedata.normalize("NFC", match.group()):
            base, *marks = list(unicodedata.normalize("NFD", char))
            tone = next((tones[m] for m in marks if m in tones), tone)
            out.append(letter(base, next((m for m in marks if m in _MARKS), "")))
        return "".join(out).replace("uwow", "uow") + tone

    return re.sub(r"\w+", word, unicodedata.normalize("NFC", text))


def _telex_letter(base: str, mark: str) -> str:
    if base in "đĐ":
        return "dd" if base == "đ" else "Dd"
    return base + (base.lower() if mark == "\u0302" else _TELEX_MARKS.get(mark, ""))


def _vni_letter(base: str, mark: str) -> str:
    if base in "đĐ":
        return "d9" if base == "đ" else "D9"
    return base + _VNI_MARKS.get(mark, "")


def one_typo(pieces: Sequence[str]) -> Pieces:
    """One slip of the finger somewhere in a word of four letters or more."""
    return _with_typos(pieces, 1)


def two_typos(pieces: Sequence[str]) -> Pieces:
    """Two slips, in different words where there are two."""
    return _with_typos(pieces, 2)


def _with_typos(pieces: Sequence[str], number: int) -> Pieces:
    chance = random.Random("".join(pieces))
    words = [(i, m.start(), m.end()) for i, piece in enumerate(pieces) for m in re.finditer(r"[^\W\d_]{4,}", piece)]
    words = words or [
        (i, m.start(), m.end()) for i, piece in enumerate(pieces) for m in re.finditer(r"[^\W\d_]{2,}", piece)
    ]
    result = list(pieces)
    for i, start, end in sorted(chance.sample(words, min(number, len(words))), reverse=True):
        result[i] = result[i][:start] + _slip(result[i][start:end], chance) + result[i][end:]
    return result


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    before, char, after = word[:at], word[at], word[at + 1 :]
    kind = chance.choice(("swap", "drop", "double", "neighbour"))
    if kind == "swap" and after:
        return before + after[0] + char + after[1:]
    if kind == "double":
        return before + char + char + after
    if kind == "neighbour":
        base = unicodedata.normalize("NFD", char.lower())[0]
        return before + chance.choice(_NEIGHBOURS.get(base, base)) + after
    return before + after


DISGUISES: Mapping[str, Disguise] = {
    "typed": typed, "folded": folded, "one typo": one_typo, "two typos": two_typos, "telex": telex, "vni": vni,
    "teencode": teencode, "caps": capitals, "no spaces": no_spaces,
}  # fmt: skip
