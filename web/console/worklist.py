"""What is to be looked at again: old values, what nobody vouches for, notices about to end."""

from __future__ import annotations

from datetime import date
from typing import Iterator, NamedTuple, Optional

from guide.answers.dates import months_between, read_date
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.records import Source

MONTHS = {"price": 12, "hours": 12, "phone": 18}  # how long a value is trusted
NOTICE_DAYS = 14  # before its end


class Due(NamedTuple):
    """A value to verify: the sheet it is on, its key there, what it is and since when it is known."""

    subject: Ref
    sheet: str
    key: str
    value: str
    what: str
    known: Optional[date]
    ends: Optional[date] = None
    amount: Optional[int] = None


def due(site: SiteDb, today: date) -> list[Due]:
    """All of it, the oldest first; what has no date comes before."""
    found = [*_prices(site, today), *_values(site, today), *_facts(site), *_notices(site, today)]
    return sorted(found, key=lambda each: (each.ends or each.known or date.min, str(each.subject)))


def _old(source: Optional[Source], what: str, today: date) -> tuple[bool, Optional[date]]:
    known = read_date(source.read or source.date) if source else None
    return known is None or months_between(known, today) >= MONTHS[what], known


def _prices(site: SiteDb, today: date) -> Iterator[Due]:
    for price in site.every_price():
        old, known = _old(price.source, "price", today)
        if price.current and price.adult is not None and old and not (price.valid_to and price.valid_to < today):
            yield Due(price.subject, f"price/{price.id}", "adult", "", "price", known, amount=price.adult)


def _values(site: SiteDb, today: date) -> Iterator[Due]:
    for kind in ("place", "cable_car", "eating", "lodging"):
        for record in site.all(kind):
            for key, origin in (("hours", "hours_source"), ("phone", "contact_source")):
                value = getattr(record, key, None)
                old, known = _old(getattr(record, origin, None), key, today)
                if value and hasattr(record, origin) and old:
                    yield Due(record.ref, str(record.ref), key, value, key, known)


def _facts(site: SiteDb) -> Iterator[Due]:
    """Facts of which nobody said where they come from."""
    for fact in site.facts():
        if fact.source is None and fact.subject:
            yield Due(fact.subject, f"fact/{fact.id}", "text.vi", fact.words.in_("vi"), "fact", None)


def _notices(site: SiteDb, today: date) -> Iterator[Due]:
    for notice in site.every_notice():
        if notice.subject and notice.ends and 0 <= (notice.ends - today).days <= NOTICE_DAYS:
            yield Due(notice.subject, f"notice/{notice.id}", "", "", "notice", None, notice.ends)
