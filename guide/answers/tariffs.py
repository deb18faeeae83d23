"""Prices as they are said: current ones, and old ones only as old."""

from __future__ import annotations

from datetime import date
from typing import Optional, Sequence

from guide.answers.compose import Answer
from guide.answers.dates import read_date
from guide.refs import Ref
from guide.sitedb.records import Price

SHOWN, SHOWN_OLD = 5, 2


def as_of(price: Price) -> Optional[date]:
    """The latest day on which the price is known to have held: its source's date, else its first day."""
    dates = [day for day in (price.valid_from, read_date(price.source.date) if price.source else None) if day]
    return max(dates, default=None)


def is_unknown(price: Price) -> bool:
    """Known to exist, amount unknown."""
    return price.adult is None and price.child is None


def price_line(reply: Answer, price: Price) -> str:
    """A current price in words."""
    note = price.note.in_(reply.lang).strip().rstrip(".")
    free_words = reply.phrase("price.free_words").split("|")
    until = price.valid_to if price.valid_to and str(price.valid_to.year) not in note else None
    return reply.phrase(
        "price.item",
        item=price.item.in_(reply.lang),
        adult=price.adult,
        child=price.child,
        adult_max=price.adult_max,
        free=price.adult == 0 and not price.child,
        note=note,
        until=until,
        note_says_free=any(word in note.lower() for word in free_words),
    )


def old_line(reply: Answer, price: Price) -> str:
    """An old price with its year; one that ran out is said with the day on which it did."""
    expired = price.valid_to if price.valid_to and price.current and price.valid_to < reply.today else None
    day = price.valid_from or price.valid_to or (read_date(price.source.date) if price.source else None)
    return reply.phrase(
        "price.old",
        item=price.item.in_(reply.lang),
        adult=price.adult,
        child=price.child,
        free=price.adult == 0,
        expired=expired,
        year=day.year if day else None,
    )


def say_prices(reply: Answer, current: Sequence[Price], ref: Ref) -> None:
    """Current prices, as many as fit, with sources, and a caution when one is old and has no end of validity."""
    lines = [price_line(reply, price) for price in current[:SHOWN]]
    shown = current[: reply.fitting(lines)]
    reply.bullets(lines[: len(shown)]).cite(*(price.source for price in shown))
    amounts = [price for price in shown if not is_unknown(price)]
    loose = [as_of(price) for price in amounts if not price.valid_to]
    dated = [day for day in loose if day]
    if loose:
        reply.caution(min(dated) if len(dated) == len(loose) else None, ref)
    elif len(amounts) < len(shown):
        reply.contact(ref)


def say_old(reply: Answer, old: Sequence[Price], ref: Ref, alone: bool) -> None:
    """The newest old prices, each with its year."""
    told = [price for price in old if not is_unknown(price)][:SHOWN_OLD]
    if told:
        reply.say("price.old_title", alone=alone, place=reply.short(ref), thing=ref.kind != "place")
        reply.bullets([old_line(reply, price) for price in told]).cite(*(price.source for price in told))
