"""Opening hours put together from rows of days and times, and the other way round for what such rows can say.

Each row is a rule of OpenStreetMap's syntax: ``Jan 10-Mar 31 Mo-Su 05:00-20:00``. What rows cannot say is typed.
"""

from __future__ import annotations

import re
from typing import Any, Iterator, NamedTuple, Optional

from django import forms

from web.console.fact_fields import PartialDay, TimeOfDay
from web.console.words import say

DAYS = ("Mo-Su", "Mo-Fr", "Sa-Su", "Tu-Su", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "24/7")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ROWS = 4
SEASON = r"(?P<first>[A-Z][a-z]{2} \d\d?)-(?P<last>[A-Z][a-z]{2} \d\d?)"
_RULE = re.compile(rf"(?:{SEASON}\s+)?(?P<days>{'|'.join(DAYS)})?\s*(?P<times>off|[\d:,-]+)?")


class Row(NamedTuple):
    """Days, first and last time (none: closed), and the part of the year as ``10/1`` to ``31/3``."""

    days: str
    opens: Optional[str] = None
    closes: Optional[str] = None
    first: str = ""
    last: str = ""


def rows_of(expression: Optional[str]) -> Optional[list[Row]]:
    """The rows that say the same; None when rows cannot."""
    found: list[Row] = []
    for rule in (expression or "").split(";"):
        match = _RULE.fullmatch(rule.strip())
        if match is None:
            return None
        found += _rows(match)
    return found if len(found) <= ROWS else None


def _rows(match: re.Match[str]) -> Iterator[Row]:
    first, last = (day_first(match[name]) for name in ("first", "last"))
    days = match["days"] or "Mo-Su"
    for span in (match["times"] or "").split(","):
        opens, dash, closes = span.partition("-")
        if days == "24/7" or not dash:
            if match[0]:
                yield Row(days, None, None, first, last)
        else:
            yield Row(days, opens, closes, first, last)


def day_first(text: Optional[str]) -> str:
    """``Jan 10`` → ``10/1``."""
    if not text:
        return ""
    month, day = text.split()
    return f"{int(day)}/{MONTHS.index(month) + 1}"


def expression_of(rows: list[Row]) -> Optional[str]:
    """The rows as one expression; rows of the same days become one rule, since a later rule replaces an earlier one."""
    rules: dict[str, list[str]] = {}
    for row in rows:
        season = f"{_month_first(row.first)}-{_month_first(row.last)} " if row.first and row.last else ""
        rules.setdefault(f"{season}{row.days}", [])
        if row.opens and row.closes:
            rules[f"{season}{row.days}"].append(f"{row.opens}-{row.closes}")
    said = (days if days.endswith("24/7") else f"{days} {','.join(times) or 'off'}" for days, times in rules.items())
    return "; ".join(said) or None


def _month_first(text: str) -> str:
    day, month = text.split("/")
    return f"{MONTHS[int(month) - 1]} {int(day):02d}"


class DayOfYear(PartialDay):
    """A day without its year: ``10/1``."""

    def to_python(self, value: Any) -> str:
        """The day and month; ValidationError with code ``day_of_year`` for anything else."""
        text = re.sub(r"\s", "", str(value or ""))
        match = re.fullmatch(r"(\d\d?)[/.-](\d\d?)", text)
        if text and not (match and 1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31):
            raise forms.ValidationError("", code="day_of_year")
        return f"{int(match[1])}/{int(match[2])}" if match else ""

    def prepare_value(self, value: Any) -> Any:
        """As it is."""
        return value


def row_fields(lang: str, number: int) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one row of the builder."""
    days = [("", say(lang, "hours.no_row")), *((code, say(lang, f"hours.days.{code}")) for code in DAYS)]
    yield f"days{number}", forms.ChoiceField(choices=days, required=False, label=say(lang, "hours.which_days"))
    for name in ("opens", "closes"):
        yield f"{name}{number}", TimeOfDay(required=False, label=say(lang, f"hours.{name}"))
    for name in ("first", "last"):
        yield f"{name}{number}", DayOfYear(required=False, label=say(lang, f"hours.{name}"))


def initial_of(rows: list[Row]) -> dict[str, Any]:
    """What the builder shows at first."""
    return {f"{name}{number}": value for number, row in enumerate(rows) for name, value in row._asdict().items()}


def row_in(data: dict[str, Any], number: int) -> tuple[Optional[Row], Optional[tuple[str, str]]]:
    """The row that was filled in, or (field, mistake)."""
    days, opens, closes, first, last = (data.get(f"{name}{number}") or "" for name in Row._fields)
    if not days:
        return None, (f"days{number}", "days") if opens or closes or first or last else None
    if bool(opens) != bool(closes):
        return None, (f"closes{number}" if opens else f"opens{number}", "both_times")
    if bool(first) != bool(last):
        return None, (f"last{number}" if first else f"first{number}", "both_days")
    if opens and closes <= opens:
        return None, (f"closes{number}", "closes_before")
    return Row(days, opens or None, closes or None, first, last), None
