"""What a named place is in the question: where the visitor sets out from, or the province that bears its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Sequence

from guide.gazetteer.syllables import Word
from guide.gazetteer.wordlists import cues

if TYPE_CHECKING:
    from guide.gazetteer.find import Found

ORIGIN = "origin"
PROVINCE = "province/"  # how a province's ref begins
PLACES = ("place", "gateway", "province")
STARTS = ("city", "airport", "port", "station")  # kinds of place where trips begin rather than end
_TU = ("từ", "tu")  # the word that folds like the second half of Yên Tử


def mark_origin(found: Sequence[Found], words: Sequence[Word]) -> list[Found]:
    """Give the role ``origin`` to the place that the words around say is where the visitor comes from; at most one."""
    places = [i for i, name in enumerate(found) if name.kind in PLACES]
    for i in places:
        if _after_origin_words(found[i], words) or _before_another(found, i, places, words):
            marked = list(found)
            marked[i] = replace(found[i], role=ORIGIN)
            return marked
    return list(found)


def _row(words: Sequence[Word], start: int, end: int) -> tuple[str, ...]:
    return tuple(w.folded for w in words[max(0, start) : end])


def _after_origin_words(name: Found, words: Sequence[Word]) -> bool:
    end = name.first
    while end > 0 and (words[end - 1].folded,) in cues("origin", "fillers"):
        end -= 1
    for length in (1, 2, 3):
        row = _row(words, end - length, end)
        if len(row) == length and row in cues("origin", "before"):
            return not (length == 1 and row == ("tu",) and words[end - 1].typed not in _TU)
    return False


def _before_another(found: Sequence[Found], i: int, places: Sequence[int], words: Sequence[Word]) -> bool:
    """ "Hà Nội đi Yên Tử", "ở Hải Phòng thì lên Yên Tử thế nào"."""
    later = [j for j in places if j > i]
    if not later:
        return False
    between = _row(words, found[i].last, found[later[0]].first)
    if between in cues("origin", "between"):
        return True
    if found[i].group not in STARTS and found[i].kind == "place":
        return False
    at = _row(words, found[i].first - 1, found[i].first) in cues("origin", "at")
    return at and any((word,) in cues("origin", "moving") for word in between[-2:])


def settle_ways(found: Sequence[Found], words: Sequence[Word]) -> list[Found]:
    """A person after whom a place is named is the place where the words say that somebody goes or is there: "lên An Kỳ
    Sinh", "from An Ky Sinh".
    """
    return [_settled_way(name, words) for name in found]


def _settled_way(name: Found, words: Sequence[Word]) -> Found:
    places = [ref for ref in name.alternatives if ref.startswith("place/")]
    if name.kind != "person" or not places or _row(words, name.first - 1, name.first) not in cues("place", "before"):
        return name
    others = tuple(ref for ref in name.alternatives if ref not in places[:1])
    return replace(name, kind="place", value=places[0].split("/", 1)[1], group="", alternatives=others)


def settle_provinces(found: Sequence[Found], words: Sequence[Word]) -> list[Found]:
    """A city whose name is a province's too is taken for the province where the question is about a whole region:
    "chùa nào ở Hải Phòng", "những điểm ở Bắc Ninh". Nobody is asked which of the two was meant.
    """
    return [_settled(name, found, words) for name in found]


def _settled(name: Found, found: Sequence[Found], words: Sequence[Word]) -> Found:
    provinces = [ref for ref in name.alternatives if ref.startswith(PROVINCE)]
    if not provinces:
        return name
    others = tuple(ref for ref in name.alternatives if ref not in provinces)
    regional = _called_province(name, words)
    if name.role != ORIGIN:
        regional = regional or _about_region(name, found, words) or _beside_province(name, found, words)
    if regional and name.group == "city":
        return replace(name, kind="province", value=provinces[0][len(PROVINCE) :], group="province", alternatives=())
    return replace(name, alternatives=others)


def _beside_province(name: Found, found: Sequence[Found], words: Sequence[Word]) -> bool:
    """Whether the name stands in a row with another region ("Hải Dương hay Hải Phòng", "Bắc Giang, Quảng Ninh")."""
    regions = [
        other
        for other in found
        if other.kind == "province" or any(ref.startswith(PROVINCE) for ref in other.alternatives)
    ]
    if any(other.role == ORIGIN for other in regions) or any(_ways(words, name, other) for other in found):
        return False
    either = cues("province", "or")
    joined = either | cues("province", "and") if any(other.kind == "province" for other in regions) else either
    return any(
        _row(words, one.last, other.first) in joined
        for one, other in zip(found, found[1:], strict=False)
        if name in (one, other) and one in regions and other in regions
    )


def _ways(words: Sequence[Word], name: Found, other: Found) -> bool:
    """Whether the two are ends of a way."""
    return _row(words, name.last, other.first) in cues("origin", "between")


def _called_province(name: Found, words: Sequence[Word]) -> bool:
    """ "Hai Duong province", "from the Bac Giang side"."""
    return _row(words, name.last, name.last + 1) in cues("province", "after")


def _about_region(name: Found, found: Sequence[Found], words: Sequence[Word]) -> bool:
    if any(other.kind == "place_kind" for other in found):
        return True
    if any(_row(words, name.first - n, name.first) in cues("province", "before") for n in (1, 2, 3)):
        return True
    rows = {_row(words, i, i + n) for i in range(len(words)) for n in (1, 2)}
    return bool(rows & cues("province", "anywhere"))
