"""Tables as Excel and CSV files. No text of theirs is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from typing import Any, Iterable, NamedTuple, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

XLSX, CSV = "xlsx", "csv"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # how a cell begins that spreadsheets would work out
WIDEST, PADDING = 60, 2  # characters


class Table(NamedTuple):
    """A named table: headings, rows, and how many columns at the left are only to be read."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    locked: int = 0


def escaped(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe, which says 'this is text'."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def unescaped(value: str) -> str:
    """The text that was escaped so."""
    return value[1:] if value[:1] == "'" and value[1:].startswith(FORMULA) else value


def as_csv(table: Table) -> bytes:
    """The table as Excel opens it: UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.headings)
    writer.writerows([escaped(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Iterable[Table]) -> bytes:
    """One sheet for each table, its heading fixed at the top; what is only to be read is grey."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name[:31])
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(table.headings):
            texts = [str(row[number]) for row in table.rows[:200] if row[number] is not None]
            width = max([len(heading), *map(len, texts)]) + PADDING
            sheet.column_dimensions[get_column_letter(number + 1)].width = min(width, WIDEST)
        sheet.append([_cell(sheet, heading, bold=True, locked=True) for heading in table.headings])
        for row in table.rows:
            sheet.append([_cell(sheet, value, locked=n < table.locked) for n, value in enumerate(row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, bold: bool = False, locked: bool = False) -> WriteOnlyCell:
    """A cell; a text that begins like a formula is written as text all the same."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=escaped(text))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    if locked:
        cell.fill = PatternFill("solid", fgColor="EEF0E2")
    return cell


def download(name: str, form: str, tables: Sequence[Table]) -> HttpResponse:
    """The tables as a file to keep; as CSV the first of them."""
    content = as_xlsx(tables) if form == XLSX else as_csv(tables[0])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)
