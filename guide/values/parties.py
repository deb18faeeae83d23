"""Who comes along: ``2 người lớn 1 trẻ em 5 tuổi``, ``bà ngoại 75 tuổi``, ``family of four with two kids``.

A text is searched for pieces (so many people, so many children, somebody's age); those that stand together are one
party. In a family or a group of so many the children are among them, after "and" they come on top.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Iterable, Iterator, Optional, Sequence

from guide.values.match import Candidate, longest
from guide.values.numbers import number
from guide.values.patterns import compiled, matches, word_file
from guide.values.types import Party

CHILD_UNDER, ELDER_FROM, OLDEST = 16, 40, 105  # years
NEAR = 40  # letters that may join two pieces
MOST_PEOPLE, MOST_CHILDREN = 500, 40
_GROUPS = {"total_family": "family", "total_group": "group"}


@dataclass(frozen=True)
class Piece:
    """What one match says. ``whole``: the number of people is of everybody, children included."""

    party: Party
    start: int
    end: int
    whole: bool = False


def find_parties(text: str, language: str) -> Iterator[Candidate]:
    """The parties in a text, as it is read."""
    pieces = (_piece(name, match, language) for name, match in matches("parties", language, text))
    chosen = longest(piece for piece in pieces if piece)
    for together in _together(text, chosen, language):
        party = together[0]
        for piece in together[1:]:
            party = _joined(party, piece, text[party.end : piece.start], language)
        yield Candidate(party.party, party.start, party.end)


def combined(parties: Iterable[Party]) -> Optional[Party]:
    """One party of all that a message, or a conversation, says of it; None of none. What is said later counts."""
    result: Optional[Party] = None
    for party in parties:
        result = party if result is None else _over(result, party)
    return result


def _over(old: Party, new: Party) -> Party:
    return Party(
        new.adults or old.adults,
        new.children or old.children,
        max((age for age in (old.oldest, new.oldest) if age is not None), default=None),
        old.wheelchair or new.wheelchair,
        new.group or old.group,
    )


def _piece(name: str, match: re.Match[str], language: str) -> Optional[Piece]:
    party = _party(name, match, language)
    return Piece(party, match.start(), match.end(), name.startswith("total")) if party else None


def _party(name: str, match: re.Match[str], language: str) -> Optional[Party]:
    groups = match.groupdict()
    count = number(groups.get("n") or groups.get("n2"), language)
    if name in ("adults", "total", "total_family", "total_group"):
        alone = match.string.strip() == match.group()
        if not count or count > MOST_PEOPLE or (name == "total" and count == 1 and not alone):  # "one person": each
            return None
        return Party(count, group=_GROUPS.get(name))
    if name.startswith("child"):
        return _children(1 if count is None else count, groups, language)
    if name.endswith("_aged"):
        return _aged(number(groups["age"], language))
    return _without_number(name, language)


def _without_number(name: str, language: str) -> Party:
    if name in ("couple", "solo"):
        return Party(2 if name == "couple" else 1, group=name)
    if name == "elder":
        return Party(oldest=int(word_file("parties", language)["elderly"]))
    return Party(group="family") if name == "family" else Party(wheelchair=True)


def _children(count: int, groups: dict[str, Optional[str]], language: str) -> Optional[Party]:
    months = number(groups.get("months"), language)
    ages = [n for n in (number(groups.get(name), language) for name in ("age", "age2")) if n is not None]
    if months is not None:
        ages = [months // 12]
    if not ages:
        return Party(children=(None,) * count) if 0 < count <= MOST_CHILDREN else None
    if max(ages) >= CHILD_UNDER:
        return _aged(max(ages))
    count = max(count, len(ages))
    told: list[Optional[int]] = list(ages) if len(ages) > 1 else [ages[0]] * count
    return Party(children=tuple((told + [None] * count)[:count])) if count <= MOST_CHILDREN else None


def _aged(age: Optional[int]) -> Optional[Party]:
    if age is None or age > OLDEST:
        return None
    if age < CHILD_UNDER:
        return Party(children=(age,))
    return Party(oldest=age) if age >= ELDER_FROM else None


def _together(text: str, pieces: Sequence[Piece], language: str) -> Iterator[list[Piece]]:
    """Runs of pieces with nothing but joining words between them."""
    run: list[Piece] = []
    for piece in pieces:
        near = run and piece.start - run[-1].end <= NEAR
        if run and not (near and _side_words("join", language).fullmatch(text, run[-1].end, piece.start)):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _joined(one: Piece, other: Piece, between: str, language: str) -> Piece:
    """Two pieces as one. Whoever is named after "and" comes on top of the number told before."""
    group = one.party.group or other.party.group
    among = one.party.group in ("family", "group")
    added = bool(_side_words("plus", language).search(between)) or (
        not among and bool(_side_words("with", language).search(between))
    )
    party = replace(
        _over(one.party, other.party),
        children=one.party.children + other.party.children,
        group=group,
        adults=_adults(one, other, added),
    )
    return Piece(party, one.start, other.end, one.whole or (other.whole and one.party.adults is None))


def _adults(one: Piece, other: Piece, added: bool) -> Optional[int]:
    before, after = one.party.adults, other.party.adults
    children = len(other.party.children)
    if before is None:
        already = len(one.party.children) if other.whole else 0
        return after if after is None or after <= already else after - already
    if after is not None:
        return before + after if added and not one.party.group else max(before, after)
    if children:
        inside = one.whole and not added and children < before
        return before - children if inside else before
    return before + 1 if other.party.oldest is not None and added else before


@lru_cache(maxsize=None)
def _side_words(name: str, language: str) -> re.Pattern[str]:
    pattern = str(word_file("parties", language)[name])
    whole = name != "join"
    return compiled(pattern if not whole else f"(?<![^\\W_])(?:{pattern})(?![^\\W_])", {}, whole=False)
