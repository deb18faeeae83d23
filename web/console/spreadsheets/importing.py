"""What an edited file would change: every difference and every mistake by its cell, and nothing is written here."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Sequence

from django import forms

from guide.refs import Ref
from guide.sitedb import Invalid, NotFound, SiteDb
from guide.sitedb.fields import STATEMENTS
from guide.sitedb.writes import ADD, UPDATE, Write, apply
from guide.text import fold
from web.console.fact_fields import Tick
from web.console.fact_forms import FactForm
from web.console.models import Account
from web.console.roles import may_edit
from web.console.spreadsheets.exporting import FIRST, LAST, heading, shown
from web.console.spreadsheets.kinds import SHEETS, SUBJECTS, columns, fields_of, form_of
from web.console.spreadsheets.reading import Cell, Sheet
from web.console.words import LANGUAGES, say

MOST_CHANGES = 1000
NO = ("", "0", "no", "khong", "false")


class Mistake(NamedTuple):
    """What is wrong with a cell."""

    where: str
    said: str


class Difference(NamedTuple):
    """A value that would change; ``before`` is None in a line that is new."""

    where: str
    name: str
    label: str
    before: Optional[str]
    after: str


@dataclass
class Result:
    """What a file would do. Without mistakes, ``writes`` do it."""

    writes: list[Write] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


class _Row(NamedTuple):
    """A line of a sheet that is being read."""

    place: int
    cells: dict[str, Cell]
    at: dict[str, str]  # the address of each cell


class _Undo(Exception):
    """Ends a transaction that was only to show whether it would do"""


def check(site: SiteDb, account: Account, lang: str, sheets: Sequence[Sheet], today: date) -> Result:
    """What the sheets of a file would change, were it confirmed."""
    result = Result()
    for sheet in sheets:
        _Reader(site, account, lang, sheet, result).read()
    if len(result.writes) > MOST_CHANGES:
        result.mistakes.append(Mistake("", say(lang, "sheets.too_many", most=MOST_CHANGES)))
    return result


def objections(site: SiteDb, account: Account, writes: Sequence[Write], today: date) -> list[tuple[int, str]]:
    """What the database itself has against each of the writes, by number; all is tried and taken back."""
    found = []
    with suppress(_Undo), site.acting(account.email, today):
        for number, write in enumerate(writes):
            try:
                apply(site, [write])
            except Invalid as invalid:
                found += [(number, problem.message) for problem in invalid.problems]
        raise _Undo
    return found


class _Reader:
    """Reads one sheet into a Result."""

    def __init__(self, site: SiteDb, account: Account, lang: str, sheet: Sheet, result: Result) -> None:
        self.site, self.account, self.lang, self.sheet, self.result = site, account, lang, sheet, result

    def read(self) -> None:
        """All lines; a sheet whose headings are not ours is one mistake."""
        headings = [fold(cell.text) for cell in self.sheet.rows[0]] if self.sheet.rows else []
        named = re.search(r"\((\w+)\)$", headings[0]) if headings else None
        self.kind = named[1] if named else ""
        if self.kind not in SHEETS:
            self._wrong(self.sheet.where(0, 0), "sheets.not_ours")
            return
        keys = self._keys(headings)
        for number, cells in enumerate(self.sheet.rows[1:], 1):
            if any(cell.text for cell in cells):
                self._line(_Row(number, *self._by_key(number, cells, keys)))

    def _keys(self, headings: list[str]) -> list[str]:
        known: dict[str, str] = {}
        for lang in LANGUAGES:
            known |= {fold(heading(lang, self.kind, name)): name for name in (*FIRST, LAST)}
            known |= {fold(label): key for key, label in columns(lang, self.kind).items()}
        for number, text in enumerate(headings):
            if text and text not in known:
                self._wrong(self.sheet.where(0, number), "sheets.no_column")
        return [known.get(text, "") for text in headings]

    def _by_key(self, number: int, cells: list[Cell], keys: list[str]) -> tuple[dict[str, Cell], dict[str, str]]:
        pairs = [(key, column) for column, key in enumerate(keys) if key]
        empty = Cell("")
        found = {key: cells[column] if column < len(cells) else empty for key, column in pairs}
        return found, {key: self.sheet.where(number, column) for key, column in pairs}

    def _line(self, row: _Row) -> None:
        formulas = [key for key, cell in row.cells.items() if cell.formula]
        for key in formulas:
            self._wrong(row.at[key], "sheets.formula")
        ref = row.cells["ref"].text
        if formulas:
            return
        if ref:
            self._change(row, ref)
        elif self.kind in STATEMENTS:
            self._new(row)
        else:
            self._wrong(row.at["ref"], "sheets.no_ref")

    def _change(self, row: _Row, ref: str) -> None:
        kind = ref.partition("/")[0]
        allowed = (self.kind,) if self.kind in STATEMENTS else SUBJECTS[self.kind]
        try:
            sheet = self.site.sheet(ref) if kind in allowed else None
        except (NotFound, ValueError):
            sheet = None
        if sheet is None:
            self._wrong(row.at["ref"], "sheets.gone")
            return
        if self._same(row, fields_of(self.lang, self.kind, kind), sheet.values):
            return
        form = self._form(row, kind, sheet.values)
        changes = {key: value for key, value in form.changes(sheet.values).items() if key in row.cells}
        if not changes:
            return
        subject = Ref.of(sheet.subject) if sheet.subject else None
        if row.cells.get(LAST, Cell("")).text != sheet.stamp:
            self._wrong(row.at.get(LAST, row.at["ref"]), "sheets.stale")
        elif self._mine(row, subject) and not form.errors:
            name = self.site.name(subject, self.lang) if subject else say(self.lang, "sheets.everywhere")
            self._keep(row, form, Write(UPDATE, ref, changes, stamp=sheet.stamp), name, sheet.values)

    def _same(self, row: _Row, fields: Mapping[str, forms.Field], values: Mapping[str, Any]) -> bool:
        """Whether every cell is as it went out: most lines of most files."""
        return all(
            cell.text == ("" if (out := shown(fields[key], values.get(key))) is None else str(out).strip())
            if key in fields
            else not cell.text
            for key, cell in row.cells.items()
            if key not in (*FIRST, LAST)
        )

    def _new(self, row: _Row) -> None:
        text = row.cells.get("subject", Cell("")).text
        subject = Ref.of(text) if "/" in text else None
        if (subject is None and (text or self.kind == "price")) or (subject and self.site.find(subject) is None):
            self._wrong(row.at.get("subject", row.at["ref"]), "sheets.no_subject")
            return
        form = self._form(row, self.kind, {})
        if self._mine(row, subject) and not form.errors:
            filled = {key: value for key, value in form.cleaned_data.items() if value is not None}
            name = self.site.name(subject, self.lang) if subject else say(self.lang, "sheets.everywhere")
            self._keep(row, form, Write(ADD, str(subject) if subject else None, filled, self.kind), name, None)

    def _form(self, row: _Row, kind: str, values: Any) -> FactForm:
        """The line as if it had been typed into the console's form; its mistakes are told by cell."""
        fields = fields_of(self.lang, self.kind, kind)
        data = {}
        for key, form_field in fields.items():
            typed = row.cells[key].text if key in row.cells else _shown(form_field, values.get(key))
            if not isinstance(form_field, Tick):
                data[key] = _chosen(form_field, key, typed)
            elif fold(typed) not in NO:
                data[key] = "on"
        form = form_of(self.lang, self.kind, kind, values, data)
        form.is_valid()
        for key, said in form.errors.items():
            self.result.mistakes += [Mistake(row.at.get(key, row.at["ref"]), str(each)) for each in said]
        for key, cell in row.cells.items():
            if cell.text and key not in (*FIRST, LAST) and key not in fields:
                self._wrong(row.at[key], "sheets.not_here")
        return form

    def _mine(self, row: _Row, subject: Optional[Ref]) -> bool:
        mine = may_edit(self.account, self.site, subject)
        if not mine:
            self._wrong(row.at["ref"], "sheets.not_yours")
        return mine

    def _keep(self, row: _Row, form: FactForm, write: Write, name: str, before: Any) -> None:
        self.result.writes.append(write)
        self.result.differences += self._differences(row, form, write, name, before)

    def _differences(self, row: _Row, form: FactForm, write: Write, name: str, before: Any) -> Iterator[Difference]:
        for key, value in write.fields.items():
            form_field = form.fields[key]
            old = None if before is None else _shown(form_field, before.get(key))
            where = row.at.get(key, row.at["ref"])
            yield Difference(where, name, str(form_field.label), old, _shown(form_field, value))

    def _wrong(self, where: str, phrase: str) -> None:
        self.result.mistakes.append(Mistake(where, say(self.lang, phrase)))


def _shown(form_field: forms.Field, value: Any) -> str:
    """A value as the file shows it."""
    if value is None:
        return ""
    if isinstance(form_field, forms.ChoiceField):
        return str(dict(form_field.choices).get(value, value))
    return str(form_field.prepare_value(value))


def _chosen(form_field: forms.Field, key: str, text: str) -> str:
    """What the form takes: of a choice its key, whichever language its name was written in."""
    if not isinstance(form_field, forms.ChoiceField):
        return text
    keys = [value for value, _ in form_field.choices]
    for lang in LANGUAGES:
        for value in keys:
            if value and fold(say(lang, f"choice.{key}.{value}")) == fold(text):
                return str(value)
    names = {fold(str(label)): value for value, label in form_field.choices}
    return str(names.get(fold(text), text))
