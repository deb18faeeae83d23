"""An index of names: what every row of words may mean.

Built anew whenever the site database changes, so building is linear and plain: 3,000 names take well under a second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Collection, Iterable, Mapping, NamedTuple, Optional, Sequence

from guide.gazetteer.marks import is_marked, same_spelling
from guide.gazetteer.syllables import split_words
from guide.gazetteer.typos import NameTrie
from guide.gazetteer.wordlists import generic_heads, word_lists

WORD_KINDS = ("place_kind", "language")  # words of a question, which are no names
SHORTENED_KINDS = ("place", "gateway", "lodging", "eating")  # known by their names without the word for their kind
MIN_COMPACT = 4  # letters of a name that is recognised when written as one word


class Row(NamedTuple):
    """One name as the database has it. ``value`` is what an answer needs: an id, or a province's present name."""

    kind: str
    value: str
    text: str
    main: bool = False
    popularity: float = 0.0
    group: str = ""  # place kind: city, pagoda …


@dataclass(frozen=True)
class Entry:
    """One spelling of one subject. ``marks`` are its words with diacritics, as far as any spelling of it has them: None
    for a word that is only known without, and None altogether when no word has any.
    """

    kind: str
    value: str
    text: str
    folded: tuple[str, ...]
    marks: Optional[tuple[Optional[str], ...]]
    span: tuple[int, int]  # where the words that make the name begin and end
    main: bool
    derived: bool  # our own shortening, weaker than any name the database has
    popularity: float
    group: str = ""

    @property
    def ref(self) -> str:
        return f"{self.kind}/{self.value}"

    @property
    def core(self) -> int:
        """How many words make the name."""
        return self.span[1] - self.span[0]


@dataclass
class NameIndex:
    """Names by their folded words, by their letters without spaces, and as a trie for misspellings."""

    entries: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    compact: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trie: NameTrie = field(default_factory=NameTrie)
    parents: Mapping[str, Sequence[str]] = field(default_factory=dict)  # place id → ids of what contains it

    def __len__(self) -> int:
        return len(self.entries)


_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_QUOTED = re.compile(r'["“]([^"“”]+)["”]')
_DASH = re.compile(r"\s+[–—-]\s+")


def spellings(text: str, kind: str = "place") -> list[str]:
    """A name and its shorter forms: without a part in brackets (``Thủy Nguyên (Núi Đèo)``), a part in quotes, what
    stands before a dash where that begins with a word for a kind of place (``Chùa Lân – Thiền viện Trúc Lâm Yên Tử``),
    and the same with another word for the kind (``lễ hội``, ``hội``).
    """
    bare = _BRACKETS.sub(" ", text).strip(" –-,")
    first = _DASH.split(bare)[0]
    forms = [text, bare, *_QUOTED.findall(text)]
    if first != bare and kind == "place" and core_span([w.folded for w in split_words(first)])[0]:
        forms.append(first)
    forms += [other for form in forms for other in (*_with_other_head(form), *_with_other_tail(form))]
    return [form for form in dict.fromkeys(forms) if form == text or len(split_words(form)) > 1]


def _with_other_head(text: str) -> list[str]:
    lowered = text.lower()
    return [
        other + text[len(head) :]
        for head, others in _others("same_heads").items()
        if lowered.startswith(head + " ")
        for other in others
    ]


def _with_other_tail(text: str) -> list[str]:
    lowered = text.lower()
    return [
        text[: -len(tail)] + other
        for tail, others in _others("same_tails").items()
        if lowered.endswith(" " + tail)
        for other in others
    ]


@lru_cache(maxsize=None)
def _others(words: str) -> Mapping[str, Sequence[str]]:
    """Word → those that stand for it, by one of the lists ``same_heads`` and ``same_tails``."""
    return {one: [other for other in alike if other != one] for alike in word_lists()[words] for one in alike}


def core_span(folded: Sequence[str], marks: Optional[Sequence[Optional[str]]] = None) -> tuple[int, int]:
    """Where the words that make a name begin and end: ``chua thanh mai`` → (1, 3). The whole if all are generic.

    ``marks``: the words with their diacritics where those are known, which decide: Vĩnh Nghiêm is no bay (vịnh).
    """
    start, end = 0, len(folded)
    for length in range(min(5, end - 1), 0, -1):
        if _is_generic(folded[:length], marks and marks[:length]):
            start = length
            break
    for length in range(min(3, end - start - 1), 0, -1):
        if _is_generic(folded[end - length : end], marks and marks[end - length : end]):
            end -= length
            break
    return start, end


def _is_generic(folded: Sequence[str], marks: Optional[Sequence[Optional[str]]]) -> bool:
    spelt = generic_heads().get(tuple(folded))
    return spelt is not None and all(
        mark is None or not is_marked(mark) or same_spelling(mark) == word
        for mark, word in zip(marks or [None] * len(folded), spelt, strict=True)
    )


def _entry(row: Row, text: str, derived: bool = False) -> Optional[Entry]:
    words = split_words(text)
    if not words:
        return None
    folded = tuple(w.folded for w in words)
    marked = row.kind in WORD_KINDS or any(is_marked(w.typed) for w in words)
    marks = tuple(w.typed for w in words) if marked else None
    span = core_span(folded, marks)
    return Entry(row.kind, row.value, text, folded, marks, span, row.main, derived, row.popularity, row.group)


def _cores(entry: Entry) -> Optional[Entry]:
    """The name without its generic words, where enough is left to be recognised by."""
    start, end = entry.span
    folded = entry.folded[start:end]
    if not entry.main or len(folded) == len(entry.folded) or len(folded) < 2:
        return None
    marks = entry.marks[start:end] if entry.marks else None
    return replace(entry, text=" ".join(folded), folded=folded, marks=marks, span=(0, len(folded)), derived=True)


def _with_marks(entry: Entry, known: Mapping[str, str]) -> Entry:
    """An alias that was entered without marks, with those that the subject's other names give its words."""
    if entry.marks is not None or not any(word in known for word in entry.folded):
        return entry
    marks = tuple(known.get(word) for word in entry.folded)
    return replace(entry, marks=marks, span=core_span(entry.folded, marks))


def _marks_of(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """Ref → folded word → the word as the subject's accented names spell it, where they all agree. Only of subjects
    that have a name without marks too.
    """
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    wanting = {entry.ref for entry in entries if entry.marks is None}
    for entry in entries:
        if entry.marks is not None and entry.ref in wanting:
            for folded, marked in zip(entry.folded, entry.marks, strict=True):
                if marked:
                    found[entry.ref][folded].setdefault(same_spelling(marked), marked)
    return {
        ref: {folded: next(iter(forms.values())) for folded, forms in words.items() if len(forms) == 1}
        for ref, words in found.items()
    }


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Each subject once for each spelling, in its strongest form."""
    best: dict[tuple[str, Optional[tuple[Optional[str], ...]]], Entry] = {}
    for entry in entries:
        key = (entry.ref, entry.marks)
        if key not in best or (entry.main, not entry.derived) > (best[key].main, not best[key].derived):
            best[key] = entry
    return list(best.values())


def _holds_another(folded: tuple[str, ...], names: Collection[tuple[str, ...]]) -> bool:
    """Whether a part of the words is a name of its own: ``tổ Yên Tử`` is no short form for a stupa."""
    size = len(folded)
    return any(
        folded[start:end] in names for start in range(size) for end in range(start + 2, size + 1) if end - start < size
    )


def build_index(rows: Iterable[Row], parents: Optional[Mapping[str, Sequence[str]]] = None) -> NameIndex:
    """The index of these names. A derived short form is kept only where no row has that name for itself."""
    found: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    derived: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    entries = [entry for row in rows for text in spellings(row.text, row.kind) if (entry := _entry(row, text))]
    known = _marks_of(entries)
    for entry in entries:
        entry = _with_marks(entry, known.get(entry.ref, {}))
        found[entry.folded].append(entry)
        core = _cores(entry) if entry.kind in SHORTENED_KINDS else None
        if core:
            derived[core.folded].append(core)
    for folded, cores in derived.items():
        if folded not in found and not _holds_another(folded, found):
            found[folded] = cores
    index = NameIndex(parents=parents or {})
    for folded, named in found.items():
        index.entries[folded] = _distinct(named)
        index.trie.add(folded, max(entry.core for entry in named))
        compact = "".join(folded)
        if len(folded) > 1 and len(compact) >= MIN_COMPACT:
            index.compact.setdefault(compact, folded)
    return index
