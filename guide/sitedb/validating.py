"""Checks of single rows: each value is of its column's kind, references lead somewhere, what ends has begun."""

from __future__ import annotations

import sqlite3
from typing import Any, Iterator, Mapping, Optional

from guide.sitedb import values as v
from guide.sitedb.errors import Invalid
from guide.sitedb.problems import Problem
from guide.sitedb.records import Words
from guide.sitedb.tables import TABLES

SPANS = (
    ("price", "valid_from", "valid_to"),
    ("price", "adult", "adult_max"),
    ("notice", "starts", "ends"),
    ("route", "days_min", "days_max"),
    ("festival_edition", "solar_from", "solar_to"),
    ("holiday_date", "off_from", "off_to"),
)


def ends_before_it_begins(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Columns whose value is before that of the column that begins the span: name, value, what to do."""
    for name, first, last in SPANS:
        if name == table and row.get(first) is not None and row.get(last) is not None and row[last] < row[first]:
            yield last, row[last], f"is before {first} ({row[first]}): correct one of the two"


class RowCheck:
    """Checks values that are about to be written through a connection; Invalid says all that is wrong with them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def value(self, kind: Any, field: str, value: Any) -> Any:
        """A value of a kind, as the database keeps it."""
        checked, said = v.check(kind, value)
        if said:
            raise Invalid([Problem("", field, value, said)])
        return checked

    def row(
        self, table: str, row: Mapping[str, Any], changed: Mapping[str, Any], field: Optional[str] = None
    ) -> dict[str, Any]:
        """The changed values as the database keeps them; Invalid with all that is wrong with them."""
        problems, checked = [], {}
        for name, value in changed.items():
            checked[name], said = self._column(table, name, value)
            if said:
                problems.append(Problem("", field or name, value, said))
        if not problems:
            problems = [Problem("", *found) for found in ends_before_it_begins(table, {**row, **checked})]
        if problems:
            raise Invalid(problems)
        return checked

    def _column(self, table: str, name: str, value: Any) -> tuple[Any, Optional[str]]:
        column = TABLES[table].columns[name]
        if value is None:
            return None, "is needed: write a value" if column.required else None
        if column.kind in (v.Bool,) and value in (0, 1):
            value = bool(value)
        checked, said = v.check(column.kind, value)
        if (
            said is None
            and column.ref
            and not self._db.execute(f"SELECT 1 FROM {column.ref} WHERE id = ?", (checked,)).fetchone()
        ):
            said = f"there is no {column.ref} '{value}': correct the id, or add it first"
        return v.plain(checked), said

    def words(self, field: str, words: Mapping[str, str], needed: bool = False) -> Words:
        """A text in every language that the site speaks, or, where it is not needed, in none."""
        given = {lang: text for lang, text in words.items() if text}
        checked = self.value(v.Words, field, given)
        if needed and not checked:
            raise Invalid([Problem("", field, None, f"is missing: write it in {', '.join(v.LANGUAGES)}")])
        return Words(checked)
