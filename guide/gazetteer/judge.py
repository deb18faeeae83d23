"""Whether a row of words in a message is meant as a name, and how well it fits: a number between 0 and 1, or None.

What decides, in this order: diacritics that were typed; where they are missing, how likely the name's reading is among
the words around it (``chua dong cua`` is no pagoda); for a single short word, whether it is a word of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Collection, Mapping, Optional, Sequence

from rapidfuzz.distance import OSA

from guide.gazetteer.marks import Marks, compare, is_marked
from guide.gazetteer.names import WORD_KINDS, Entry
from guide.gazetteer.syllables import Word
from guide.gazetteer.typos import LONG_WORD
from guide.gazetteer.wordlists import word_lists

Readings = Mapping[str, float]  # reading of a folded word → its probability in this message

UNSEEN = 0.1  # probability given to a reading that the language model has never met, such as a new name's
# Least probability of the name's reading where marks are missing, by the number of words that make the name.
PLAUSIBLE = {0: 0.3, 1: 0.2, 2: 0.02}
WELL_KNOWN = 3.0  # popularity: a name that people have in mind even when they misspell it
SHORT = 5  # letters under which a shortened name must be typed with all its marks
ALONE = 0.9  # for a name that is one word without marks: "5 ruoi" is no dish
SURE = 0.5  # for a word that is no name but a kind of place, and for names of one word
# Folded Vietnamese syllables, by sound: initial consonants, vowels, final consonants.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnprstvx])?(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay"
    r"|oe|oeo|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ya|ye|yeu)(?:ch|ng|nh|[cmnpt])?"
)


@dataclass(frozen=True)
class Message:
    """The words of a message and what is known about them."""

    words: Sequence[Word]
    readings: Sequence[Readings] = ()  # one for each word, or none at all
    ordinary: Callable[[str], bool] = lambda word: False  # whether a word, as typed or folded, occurs outside names
    breaks: Collection[int] = ()  # positions of words that a comma or the like parts from the next

    def probability(self, position: int, reading: str) -> float:
        """How likely the word at ``position`` is meant as this reading."""
        if not self.readings or not self.readings[position]:
            return 1.0
        return self.readings[position].get(reading, UNSEEN)

    def is_word(self, folded: str) -> bool:
        """Whether a folded word may be something other than a name."""
        return self.ordinary(folded) or is_syllable(folded)

    def is_ordinary(self, position: int) -> bool:
        """Whether the word at ``position``, with the marks it was typed with, is known from outside names."""
        return self.ordinary(self.words[position].typed)

    def is_plain(self, position: int) -> bool:
        """The same of a word that is not written as a name, with a capital amidst words without."""
        as_name = position > 0 and self.words[position].capital and not all(word.capital for word in self.words)
        return not as_name and self.is_ordinary(position)


def is_syllable(folded: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable: ``chu`` can, ``hn`` and ``hanoi`` cannot."""
    return _SYLLABLE.fullmatch(folded) is not None


def fits(entry: Entry, message: Message, start: int, end: int, wrong: Collection[int] = ()) -> Optional[float]:
    """How well the words ``start:end`` fit one spelling of a name; None where they cannot be it.

    ``wrong``: positions of words that are misspelt.
    """
    words = message.words[start:end]
    if any(start <= position < end - 1 for position in message.breaks) and not any(c in entry.text for c in ",(–-"):
        return None
    if entry.kind == "elsewhere" and start and message.words[start - 1].typed in word_lists()["wards"]:
        return None
    if entry.marks is None:
        return _fits_unmarked(entry, message, start, words)
    relations = [
        _relation(w, mark, start + i in wrong) if mark else Marks.SAME
        for i, (w, mark) in enumerate(zip(words, entry.marks, strict=True))
    ]
    conflicts = [relation for relation in relations if relation >= Marks.TONE]
    core_start, core_end = entry.span
    outside = any(relation >= Marks.TONE for relation in (*relations[:core_start], *relations[core_end:]))
    if conflicts and (wrong or outside or not _forgiven(conflicts, relations, entry)):
        return None  # "đến Kiếp Bạc" is a way to go, not đền Kiếp Bạc
    if entry.kind == "elsewhere" and Marks.MISSING in relations and _are_ordinary(message, start, end):
        return None  # "my son" in English
    if entry.derived and not _safe_short_form(entry, message, start, Marks.MISSING in relations):
        return None
    missing = Marks.MISSING in relations
    unmarked = [i for i, relation in enumerate(relations) if relation == Marks.MISSING or _bare(words[i], entry, i)]
    if unmarked and not wrong and not _plausible(entry, message, start, unmarked):
        return None
    if len(words) == 1 and not _single(entry, message, start, missing):
        return None
    return 1.0 - 0.3 * len(conflicts) - 0.05 * missing


def _bare(word: Word, entry: Entry, i: int) -> bool:
    """Whether a word without marks stands for a name's word that is known to have none."""
    return bool(entry.marks and entry.marks[i]) and word.typed == word.folded


def _are_ordinary(message: Message, start: int, end: int) -> bool:
    """Whether the words are such as occur outside names, in small letters, with nothing known of what they may read."""
    small = not any(word.capital for word in message.words[start:end])
    return small and not message.readings and all(message.is_ordinary(i) for i in range(start, end))


def _relation(word: Word, mark: str, misspelt: bool) -> Marks:
    """How a word relates to the name's; marks typed on a misspelt word must be the name's too, save for one letter."""
    if not misspelt:
        return compare(word.typed, mark)
    if word.typed == word.folded:
        return Marks.SAME
    allowed = 2 if len(mark) >= LONG_WORD else 1
    return Marks.SAME if OSA.distance(word.typed, mark, score_cutoff=allowed) <= allowed else Marks.OTHER


def _fits_unmarked(entry: Entry, message: Message, start: int, words: Sequence[Word]) -> Optional[float]:
    """A name that has no marks in any spelling, such as ``Legacy`` or ``HN``."""
    if len(words) == 1 and not _single(entry, message, start, False):
        return None
    return 0.9 - 0.05 * any(is_marked(w.typed) for w in words)


def _safe_short_form(entry: Entry, message: Message, start: int, missing: bool) -> bool:
    """A name without the word for its kind must be written as a name where it is short or made of ordinary words."""
    words = message.words[start : start + len(entry.folded)]
    if all(w.capital for w in words) and not all(w.capital for w in message.words):
        return True
    if missing and sum(map(len, entry.folded)) < SHORT:
        return bool(message.readings) and all(
            message.probability(start + i, mark) >= SURE for i, mark in enumerate(entry.marks or ()) if mark
        )
    if missing:
        return not all(
            message.ordinary(mark or word) for mark, word in zip(entry.marks or (), entry.folded, strict=False)
        )
    return not all(message.is_ordinary(start + i) for i in range(len(words)))


def _forgiven(conflicts: Sequence[Marks], relations: Sequence[Marks], entry: Entry) -> bool:
    """One slip of the tone in a well-known name of two words that make it, or of any mark in one of three and more."""
    if entry.derived or entry.kind in (*WORD_KINDS, "dish", "elsewhere", "abroad") or len(conflicts) > 1:
        return False
    if entry.core >= 3:
        return True
    known = entry.popularity >= WELL_KNOWN
    return known and entry.core == 2 and conflicts[0] == Marks.TONE and Marks.SAME in relations[-2:]


def _plausible(entry: Entry, message: Message, start: int, unmarked: Sequence[int]) -> bool:
    """Whether unmarked words may well be read as the name, among the words around them."""
    marks = entry.marks or entry.folded
    chances = {i: message.probability(start + i, marks[i] or entry.folded[i]) for i in unmarked}
    worst = min(chances.values())
    if entry.kind in WORD_KINDS:
        return worst >= SURE
    core = range(*entry.span)
    if all(message.words[start + i].capital for i in core) and any(not w.capital for w in message.words):
        return True  # written as a name
    known = any(chance > UNSEEN for i, chance in chances.items() if i in core)
    if known and any(chance < PLAUSIBLE[0] for i, chance in chances.items() if i not in core):
        return False  # "cho hoi Con Son" asks, and is no festival
    return worst >= PLAUSIBLE.get(1 if entry.core == 1 and len(entry.folded) > 1 else entry.core, 0.0)


def _single(entry: Entry, message: Message, position: int, missing: bool) -> bool:
    """Names of one word: safe when typed with their own marks, or when no other word looks like them."""
    word = message.words[position]
    if entry.kind in WORD_KINDS:
        return True
    if entry.marks is not None and not missing:
        return True
    if not message.is_word(word.folded):
        return True
    if entry.marks is not None:
        marked = entry.marks[0] or entry.folded[0]
        return message.probability(position, marked) >= ALONE and bool(message.readings)
    return False
