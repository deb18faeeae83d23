"""Finds the names in a message: candidates, the best choice among overlapping ones, and what ties remain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Iterable, Mapping, Optional, Sequence

from guide.gazetteer.judge import Message, fits
from guide.gazetteer.names import WORD_KINDS, Entry, NameIndex
from guide.gazetteer.roles import mark_origin, settle_provinces, settle_ways
from guide.gazetteer.typos import RIGHT_BESIDE, Misspelt
from guide.gazetteer.wordlists import kind_rank

ExactMatcher = Callable[[Sequence[str]], Iterable[tuple[int, int]]]

PER_NAME = 0.35  # what each further name costs, so that one long name beats two short ones side by side
UNCLEAR = 0.12  # what a name of several subjects costs for each word, so that two clear names beat it
TYPO = 0.25  # what each wrong letter costs
TIE = 0.08  # names that fit this nearly alike are told apart by kind and popularity
POPULAR = 1.5  # one of them must be so much more popular (in log units) to be taken without asking
MAX_WORDS_FOR_TYPOS = 60
SURE_ALONE = 6  # letters from which a name of one word may be misspelt
LONG_ELSEWHERE = 8  # letters from which a name outside the region may be misspelt
FAR = ("elsewhere", "abroad", "language")  # kinds of what lies outside it
CABLE_CAR = "cable_car"


@dataclass(frozen=True)
class Found:
    """A name in a message: words ``first:last``, characters ``start:end``, and what it is a name of.

    ``alternatives`` are refs (``kind/value``) that the words could mean instead, ``also`` those that they mean too.
    """

    kind: str
    value: str
    start: int
    end: int
    first: int
    last: int
    text: str
    score: float
    group: str = ""
    role: Optional[str] = None
    alternatives: tuple[str, ...] = ()
    edits: int = 0  # letters that are wrong
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    first: int
    last: int
    folded: tuple[str, ...]
    edits: int = 0
    wrong: tuple[int, ...] = ()
    joined: bool = False  # written without its spaces


def find_names(message: Message, index: NameIndex, exact: ExactMatcher) -> list[Found]:
    """The names in a message, left to right, none overlapping another.

    ``exact(words)`` yields the spans of word rows that are in the index.
    """
    judged = [found for candidate in _spelt_right(message, index, exact) for found in _judge(candidate, message, index)]
    right = [name for name in judged if name.last - name.first > 1]
    for candidate in _misspelt(message, index):
        if not any(_takes_from(candidate, name) for name in right):
            judged += _judge(candidate, message, index)
    chosen = _best_cover(judged, len(message.words))
    named = mark_origin(_without_kinds_of_names(chosen), message.words)
    return [_all_meant(name) for name in settle_ways(settle_provinces(named, message.words), message.words)]


def _takes_from(misspelt: _Candidate, name: Found) -> bool:
    """Whether a misspelt name takes words from one that is spelt right: "chùa Đồng bằng cáp treo" is no Hồng Bàng."""
    inside = misspelt.first <= name.first and name.last <= misspelt.last
    longer = misspelt.last - misspelt.first > name.last - name.first
    return misspelt.first < name.last and name.first < misspelt.last and not (inside and longer)


def _all_meant(name: Found) -> Found:
    """A name that all cable cars of a mountain share means each of them; nobody is asked which."""
    if name.kind != CABLE_CAR:
        return name
    also = tuple(ref for ref in name.alternatives if ref.startswith(CABLE_CAR + "/"))
    return replace(name, also=also, alternatives=tuple(ref for ref in name.alternatives if ref not in also))


def _spelt_right(message: Message, index: NameIndex, exact: ExactMatcher) -> list[_Candidate]:
    folded = [w.folded for w in message.words]
    found = [_Candidate(start, end, tuple(folded[start:end])) for start, end in exact(folded)]
    for position, word in enumerate(folded):
        known = message.is_ordinary(position) or (word,) in index.entries
        if word in index.compact and not known:
            found.append(_Candidate(position, position + 1, index.compact[word], joined=True))
    return found


def _misspelt(message: Message, index: NameIndex) -> list[_Candidate]:
    if len(message.words) > MAX_WORDS_FOR_TYPOS:
        return []
    ordinary = [message.is_plain(position) for position in range(len(message.words))]
    return [
        _Candidate(m.start, m.end, m.folded, m.edits, m.wrong)
        for m in index.trie.search([w.folded for w in message.words], ordinary)
        if _may_be_misspelt(m, index.entries[m.folded][0].span, message)
    ]


def _may_be_misspelt(match: Misspelt, span: tuple[int, int], message: Message) -> bool:
    """Whether the words may still be that name: a wrong word that is a good word of its own needs the more right ones
    beside it. ``span``: the words of the name that make it.
    """
    core = range(match.start + span[0], match.start + span[1])
    if any(i not in core and message.is_word(message.words[i].folded) for i in match.wrong):
        return False  # what may well be another word does not belong to the name
    right = [match.folded[i - match.start] for i in core if i not in match.wrong]
    right_letters = sum(map(len, right))
    ordinary = sum(message.is_plain(i) for i in match.wrong)
    if not any(i in core for i in match.wrong):
        return True
    if not right:  # nothing is left of what makes the name
        alone = len(core) == 1 and message.is_word(message.words[core[0]].folded)
        return not ordinary and not alone and (len(match.folded) > 1 or len(match.folded[0]) >= SURE_ALONE)
    return right_letters >= 6 and len(right) >= RIGHT_BESIDE * ordinary if ordinary else right_letters >= 2


def _judge(candidate: _Candidate, message: Message, index: NameIndex) -> list[Found]:
    """What the candidate's words may mean, best first, folded into one Found with its alternatives."""
    scored: list[tuple[float, Entry]] = []
    for entry in index.entries.get(candidate.folded, ()):
        if candidate.edits and not _may_have_slips(entry, candidate.edits):
            continue
        score = 0.85 if candidate.joined else fits(entry, message, candidate.first, candidate.last, candidate.wrong)
        if score is not None:
            scored.append((score - 0.02 * entry.derived, entry))
    if not scored:
        return []
    best, alternatives = _choose(scored)
    score, entry = best
    words = message.words
    return [
        Found(
            entry.kind,
            entry.value,
            words[candidate.first].start,
            words[candidate.last - 1].end,
            candidate.first,
            candidate.last,
            entry.text,
            round(score - TYPO * candidate.edits / (candidate.last - candidate.first), 3),
            entry.group,
            None,
            alternatives,
            candidate.edits,
        )
    ]


def _may_have_slips(entry: Entry, edits: int) -> bool:
    """Whether so many wrong letters are forgiven in such a name; sights elsewhere are not what most have in mind."""
    letters = sum(map(len, entry.folded))
    if entry.kind == "place_kind" or (entry.kind in FAR and letters < LONG_ELSEWHERE):
        return False
    return not entry.derived or edits == 1


def _choose(scored: list[tuple[float, Entry]]) -> tuple[tuple[float, Entry], tuple[str, ...]]:
    """The likeliest entry, and the refs of others that nothing tells apart from it."""
    top = max(score for score, _ in scored)
    near = [(score, entry) for score, entry in scored if score >= top - TIE]
    ranks = kind_rank()
    near.sort(key=lambda pair: _preference(pair[1], ranks))
    best = near[0]
    others: dict[str, None] = {}
    for _, entry in near[1:]:
        unequal = entry.kind == best[1].kind and best[1].popularity - entry.popularity >= POPULAR
        if entry.ref != best[1].ref and not unequal and entry.kind not in WORD_KINDS:
            others[entry.ref] = None
    return best, tuple(others)


def _preference(entry: Entry, ranks: Mapping[str, int]) -> tuple[Any, ...]:
    """What comes first among entries that fit alike: places before provinces of the same name, names before aliases."""
    return entry.kind == "province", not entry.main, ranks.get(entry.kind, 99), -entry.popularity, entry.value


def _best_cover(found: Sequence[Found], size: int) -> list[Found]:
    """The choice of non-overlapping names that explains the words best (weighted interval scheduling)."""
    ending: dict[int, list[Found]] = {}
    for name in found:
        ending.setdefault(name.last, []).append(name)
    best: list[tuple[float, Optional[Found]]] = [(0.0, None)]
    for position in range(1, size + 1):
        top: tuple[float, Optional[Found]] = (best[position - 1][0], None)
        for name in ending.get(position, ()):
            value = best[name.first][0] + _worth(name)
            if value > top[0]:
                top = (value, name)
        best.append(top)
    chosen, position = [], size
    while position > 0:
        taken = best[position][1]
        if taken:
            chosen.append(taken)
        position = taken.first if taken else position - 1
    return chosen[::-1]


def _worth(name: Found) -> float:
    weight = 0.5 if name.kind in WORD_KINDS else 0.9 if name.kind == "elsewhere" else 1.0
    unclear = UNCLEAR * any(other.startswith(name.kind + "/") for other in name.alternatives)
    return weight * ((name.score - unclear) * (name.last - name.first) - PER_NAME)


def _without_kinds_of_names(found: Sequence[Found]) -> list[Found]:
    """Leave out a kind of place that belongs to the name beside it ("chùa Kiếp Bạc"): before it in Vietnamese, after
    it in English. Where it is the kind that the place is ("Mao Dien temple"), it becomes part of the name.
    """
    kept: list[Found] = []
    for name in found:
        before = kept[-1] if kept else None
        if before and _is_kind_of(before, name):
            kept[-1] = _joined(before, name) if (before.value, before.group) == (name.group, "vi") else name
        elif before and name.group == "en" and _is_kind_of(name, before):
            kept[-1] = _joined(before, name) if name.value == before.group else before
        else:
            kept.append(name)
    return kept


def _is_kind_of(kind: Found, name: Found) -> bool:
    named = name.kind in ("place", "person", "festival", "gateway") and name.group != "city"
    return kind.kind == "place_kind" and named and (kind.last == name.first or name.last == kind.first)


def _joined(one: Found, other: Found) -> Found:
    name = other if one.kind == "place_kind" else one
    return replace(name, start=one.start, end=other.end, first=one.first, last=other.last)
