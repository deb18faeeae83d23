"""When a festival is: its days in the lunar or the solar calendar, and what they are in the coming years."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from guide.answers.formats import plain_day
from guide.calendar.festivals import occurrences
from guide.calendar.lunar import LunarError, to_lunar
from web.console.fact_forms import FactForm
from web.console.words import say

YEARS = 2


class DaysForm(FactForm):
    """A festival's days; ``preview`` says them in solar dates. Its main days are of the calendar that it goes by."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("lunar", "fact"):
            self.fields["main_days"].fields.pop(name)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The main days with their calendar."""
        data = super().clean()
        rows = [{**row, "lunar": data.get("lunar", 0), "fact": None} for row in data.get("main_days") or []]
        return {**data, "main_days": rows}

    def preview(self, now: datetime) -> list[str]:
        """The festival of this year, if it is not over, and of the next two."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {} if self.is_bound else dict(self.initial)
        return solar_days(data, self.lang, now) if data.get("month") and data.get("day") else []


def solar_days(values: dict[str, Any], lang: str, now: datetime) -> list[str]:
    """One sentence a year; ``values`` are those of the sheet."""
    main = tuple((row["month"], row["day"]) for row in values.get("main_days") or [])
    festival = SimpleNamespace(
        lunar=bool(values.get("lunar")), month=values["month"], day=values["day"], days=values.get("days") or 1,
        main_days=main,
    )  # fmt: skip
    first = (to_lunar(now.date()).year if festival.lunar else now.year) + 1
    said = []
    for year in range(first - 1, first + YEARS):
        try:
            held = occurrences(festival, year)
        except (LunarError, ValueError):
            return [say(lang, "days.no_such_day")]
        if held.end < now.date():
            continue
        span = {"first": plain_day(held.start, lang), "last": plain_day(held.end, lang)}
        days = " · ".join(plain_day(each, lang) for each in held.main)
        said.append(say(lang, "days.year", year=year, **span) if held.start != held.end else say(
            lang, "days.one_day", year=year, day=span["first"]
        ))  # fmt: skip
        if days:
            said[-1] += " " + say(lang, "days.main", days=days)
    return said
