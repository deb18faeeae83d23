"""Money in VND: ``dưới 2 triệu``, ``1tr5``, ``500k/người``, ``2 million dong``. Other currencies are no value."""

from __future__ import annotations

import re
from typing import Iterator, Optional

from guide.values.match import Candidate
from guide.values.numbers import decimal, number
from guide.values.patterns import matches
from guide.values.types import Budget

MILLION, THOUSAND = 1_000_000, 1_000
LEAST, MOST = 10_000, 1_000_000_000


def find_budgets(text: str, language: str) -> Iterator[Candidate]:
    """The amounts of VND in a text, as it is read."""
    for _, match in matches("budgets", language, text):
        amount, groups = _amount(match, language), match.groupdict()
        if amount is not None and LEAST <= amount <= MOST:
            person = bool(groups.get("person") or groups.get("each"))
            party = bool(groups.get("party") or groups.get("total"))
            per = "person" if person else "party" if party else None
            at_most = bool(groups.get("at_most") or groups.get("at_most_after"))
            yield Candidate(Budget(amount, per, at_most), match.start(), match.end())


def _amount(match: re.Match[str], language: str) -> Optional[int]:
    groups = match.groupdict()
    if groups.get("half_million"):
        return MILLION // 2
    millions = groups.get("millions") or groups.get("bare_millions")
    if millions:
        return _millions(millions, groups.get("tail"), bool(groups.get("half")), language)
    if groups.get("thousands"):
        return _thousands(groups["thousands"], language)
    return int(re.sub(r"\D", "", groups.get("plain") or groups.get("round") or "0"))


def _millions(text: str, tail: Optional[str], half: bool, language: str) -> int:
    """``1tr5`` is 1,500,000 and ``1tr250`` 1,250,000."""
    whole = decimal(text) if text[0].isdecimal() else float(number(text, language) or 0)
    more = int(tail) * 10 ** (6 - len(tail)) if tail else MILLION // 2 if half else 0
    return round(whole * MILLION) + more


def _thousands(text: str, language: str) -> int:
    if text[0].isdecimal():
        return int(text) * THOUSAND
    return (number(text, language) or 0) * 100 * THOUSAND  # "năm trăm nghìn": the word for hundred is no number itself
