"""Facts as sheets to correct in Excel: a line each, with a stamp that tells later whether somebody else was faster."""

from __future__ import annotations

from typing import Any

from django import forms

from guide.sitedb import SiteDb
from web.console.fact_fields import Tick
from web.console.spreadsheets.kinds import SHEETS, columns, fields_of, lines
from web.console.spreadsheets.writing import Table
from web.console.words import say

FIRST = ("ref", "subject", "name")  # the columns before those that can be filled in
LAST = "stamp"


def heading(lang: str, sheet: str, column: str) -> str:
    """The heading of one of the columns that say what a line is; the first names the sheet for the way back."""
    return f"{say(lang, 'sheets.ref')} ({sheet})" if column == "ref" else say(lang, f"sheets.{column}")


def table(site: SiteDb, lang: str, sheet: str, area: str = "") -> Table:
    """The values of a sheet as they are now."""
    known = columns(lang, sheet)
    headings = [*(heading(lang, sheet, name) for name in FIRST), *known.values(), heading(lang, sheet, LAST)]
    rows = []
    for line in lines(site, lang, sheet, area):
        values = site.sheet(line.ref)
        fields = fields_of(lang, sheet, line.ref.partition("/")[0])
        cells = [shown(fields[key], values.values.get(key)) if key in fields else None for key in known]
        rows.append([line.ref, str(line.subject or ""), line.name, *cells, values.stamp])
    return Table(say(lang, f"sheets.of.{sheet}"), headings, rows, locked=len(FIRST))


def shown(field: forms.Field, value: Any) -> Any:
    """A value as people write it: choices by their names, amounts as numbers."""
    if value is None or isinstance(value, int) and not isinstance(field, Tick):
        return value
    if isinstance(field, Tick):
        return int(value)
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(value, value)
    return field.prepare_value(value)


def everything(site: SiteDb, lang: str, area: str = "") -> list[Table]:
    """All sheets."""
    return [table(site, lang, sheet, area) for sheet in SHEETS]
