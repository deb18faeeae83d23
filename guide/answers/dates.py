"""How old a fact is, from the dates that sources state: a full date, a year and month, or only a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Optional

STALE_MONTHS = 18  # visitors are told the date of prices and hours that are older than this


def read_date(text: Optional[str]) -> Optional[date]:
    """The first day that an ISO date, ``2016-03`` or ``2016`` can mean; None for none or nonsense."""
    parts = [int(part) for part in re.findall(r"\d+", text or "")[:3]]
    try:
        return date(*(parts + [1, 1])[:3]) if parts else None
    except ValueError:
        return None


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def is_stale(as_of: Optional[date], today: date) -> bool:
    """Whether a price or an hour of that date must be said with its date; an unknown date counts as old."""
    return as_of is None or months_between(as_of, today) >= STALE_MONTHS
