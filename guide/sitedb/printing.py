"""Facts and changes as lines for people at a terminal."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, Iterator
from zoneinfo import ZoneInfo

from guide.refs import Ref
from guide.sitedb.database import SiteDb
from guide.sitedb.records import Change, Price, Source, Subject, Words

_UNKNOWN: tuple[Any, ...] = (None, "", (), {})
_SHOWN_CHARACTERS = 70
VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def title(site: SiteDb, ref: Ref) -> str:
    """``place/chua-dong (Chùa Đồng)``."""
    return f"{ref} ({site.get(ref).name.in_('vi')})"


def subject_lines(site: SiteDb, record: Subject, today: date) -> Iterator[str]:
    """What is known about a subject, what is not, and how much is said about it."""
    yield title(site, record.ref)
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name != "ref" and value not in _UNKNOWN:
            yield from _lines(field.name, value)
    prices = site.prices(record.ref, today)
    yield from (f"  price/{price.id}: {_price(price)}" for price in prices.current)
    yield from (f"  price/{price.id} (old): {_price(price)}" for price in prices.old)
    yield from (f"  notice/{notice.id}: {notice.words.in_('vi')}" for notice in site.notices(today, record.ref))
    yield from (f"  fact/{fact.id} {fact.topic}: {fact.words.in_('vi')}" for fact in site.facts(record.ref))
    unknown = [field for _, field in site.missing(record.ref)]
    if unknown:
        yield f"  not known: {', '.join(unknown)}"


def _lines(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, Words):
        yield from (f"  {name}.{lang}: {text}" for lang, text in value.items())
    else:
        yield f"  {name}: {in_full(value)}"


def in_full(value: Any) -> str:
    """A value of a record on one line."""
    if isinstance(value, Source):
        return ", ".join(str(part) for part in (value.title, value.publisher, value.date, value.url) if part)
    if isinstance(value, Words):
        return "; ".join(f"{lang}: {text}" if lang else text for lang, text in value.items())
    if isinstance(value, dict):
        return "; ".join(f"{key}: {in_full(each)}" if key else in_full(each) for key, each in value.items())
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return ", ".join(map(in_full, value))
    return "unknown" if value is None else str(value)


def _price(price: Price) -> str:
    amount = "unknown" if price.adult is None else f"{price.adult:,} {price.unit}"
    span = f", {price.valid_from or '…'} to {price.valid_to or '…'}" if price.valid_from or price.valid_to else ""
    return f"{price.item.in_('vi')}: {amount}{span}"


def change_line(change: Change) -> str:
    """``12  2026-11-24 02:10  lan  update place/chua-dong: hours None → 'Mo-Su 06:00-18:00'``."""
    before, after = change.before or {}, change.after or {}
    row = after or before
    about = row.get("subject") or next(
        (f"{name}/{row[name]}" for name in ("fact", "price", "notice", "staff_answer") if name in row), None
    )
    where = change.row_key if "/" in change.row_key else f"{change.table}/{change.row_key}"
    told = f"{where} of {about}" if about else where
    undone = f"  (undone by {change.reverted_by})" if change.reverted_by else ""
    did = f"{change.action} {told}: {_difference(before, after)}{undone}"
    return f"{change.id:>5}  {change.at.astimezone(VIET_NAM):%Y-%m-%d %H:%M}  {change.actor}  {did}"


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    if before and after:
        changed = [name for name in after if before.get(name) != after[name]]
        label = ".".join(str(after[name]) for name in ("field", "lang") if name in after)
        named = {name: label if name == "value" and label else name for name in changed}
        return ", ".join(f"{named[name]} {_short(before.get(name))} → {_short(after[name])}" for name in changed)
    row = after or before
    return ", ".join(
        f"{name} {_short(value)}"
        for name, value in row.items()
        if value is not None and name not in ("id", "subject", "position")
    )


def _short(value: Any) -> str:
    text = str(value) if value is not None else "nothing"
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"
