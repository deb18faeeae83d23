"""The form of opening hours: rows to fill in, a line for experts, and what visitors will hear."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Iterator, Mapping, Optional

from django import forms

from guide.answers.schedule import say_week
from guide.answers.wording import wording_for
from guide.sitedb import values as v
from web.console import hours
from web.console.fact_forms import FactForm
from web.console.words import say

BY_HAND = "by_hand"


class HoursForm(FactForm):
    """``hours`` comes from the rows, or from the line for experts when that is what it says; the note as elsewhere."""

    def __init__(self, lang: str, kind: str, values: Mapping[str, Any], data: Any) -> None:
        super().__init__(lang, kind, ("hours_note",), values, data)
        rows = hours.rows_of(values.get("hours")) if values.get("hours") else []
        self.initial |= hours.initial_of(rows or []) | {BY_HAND: values.get("hours") if rows is None else ""}
        for number in range(hours.ROWS):
            self.fields |= dict(hours.row_fields(lang, number))
        label, hint = say(lang, "label.by_hand"), say(lang, "hint.by_hand")
        self.fields[BY_HAND] = forms.CharField(required=False, label=label, help_text=hint)
        self.expression: Optional[str] = None
        self.present: Optional[str] = values.get("hours")

    def builder(self) -> Iterator[list[forms.BoundField]]:
        """The rows of the builder."""
        for number in range(hours.ROWS):
            yield [self[f"{name}{number}"] for name in hours.Row._fields]

    def clean(self) -> dict[str, Any]:
        """The expression of the rows, or the one typed by hand."""
        data = super().clean()
        typed, rows = data.get(BY_HAND), []
        for number in range(hours.ROWS):
            row, wrong = hours.row_in(data, number)
            if wrong and wrong[0] not in self.errors:
                self.add_wrong(wrong[0], f"mistake.{wrong[1]}")
            rows += [row] if row else []
        if typed and v.check(v.Hours, typed)[1]:
            self.add_wrong(BY_HAND, "mistake.by_hand")
        elif typed and rows:
            self.add_wrong(BY_HAND, "mistake.rows_or_hand")
        self.expression = typed or hours.expression_of(rows)
        return {"hours": self.expression, **{key: data[key] for key in data if key.startswith("hours_note.")}}

    def preview(self, now: datetime) -> list[str]:
        """The hours as visitors will hear them: in an ordinary week, and in each part of the year that has its own."""
        expression = self.expression if self.is_bound else self.present
        return [] if self.errors or not expression else said(expression, self.lang, now)


def said(expression: str, lang: str, now: datetime) -> list[str]:
    """Sentences for an expression, in the answers' own wording."""
    wording = wording_for(lang)
    lines = [say(lang, "hours.in_general", week=say_week(expression, now, wording))]
    for first, last in dict.fromkeys(re.findall(hours.SEASON, expression)):
        start = datetime.strptime(f"{now.year + 1} {first}", "%Y %b %d").replace(tzinfo=now.tzinfo)
        season = {"first": hours.day_first(first), "last": hours.day_first(last)}
        lines.append(say(lang, "hours.in_season", week=say_week(expression, start, wording), **season))
    return lines
