"""An uploaded file as cells. Nothing in it is worked out: formulas are mistakes, macros and bombs are refused."""

from __future__ import annotations

import csv
import io
import logging
import zipfile
from datetime import date, datetime
from itertools import islice
from typing import Any, Iterator, NamedTuple

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils import get_column_letter

from web.console.spreadsheets.writing import unescaped

logger = logging.getLogger(__name__)
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 2_000_000, 20_000_000, 200
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 3000, 40, 10_000
ZIP = b"PK\x03\x04"
MACROS = ("vbaproject.bin", "activex", "embeddings")

assert DEFUSEDXML, "openpyxl must read XML through defusedxml"


class Refused(ValueError):
    """The file is not one that can be read here; the argument names the phrase that says why"""


class Cell(NamedTuple):
    """What stands in a cell, as text. ``formula``: it is one, and its text is not to be trusted."""

    text: str
    formula: bool = False


class Sheet(NamedTuple):
    """A sheet of a file: its name and its rows, the headings first."""

    name: str
    rows: list[list[Cell]]

    def where(self, row: int, column: int) -> str:
        """The address of a cell as Excel writes it, both counted from 0: ``Giá!C7``."""
        return f"{self.name}!{get_column_letter(column + 1)}{row + 1}"


def read(content: bytes) -> list[Sheet]:
    """The sheets of an Excel or CSV file. Raises Refused."""
    if len(content) > MOST_BYTES:
        raise Refused("sheets.too_large")
    return _xlsx(content) if content.startswith(ZIP) else [_csv(content)]


def _csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("sheets.unreadable") from None
    if "\x00" in text:
        raise Refused("sheets.unreadable")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), MOST_ROWS + 1))
    except csv.Error:
        raise Refused("sheets.unreadable") from None
    return _bounded("CSV", [[Cell(unescaped(text.strip())) for text in row[:MOST_COLUMNS]] for row in rows])


def _xlsx(content: bytes) -> list[Sheet]:
    try:
        _check_parts(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return [_bounded(sheet.title, list(_rows(sheet))) for sheet in book.worksheets[:20]]
    except Refused:
        raise
    except Exception as fault:  # a stranger may have made the file: whatever is wrong with it, it is the file
        logger.info("an uploaded file could not be read: %r", fault)
        raise Refused("sheets.unreadable") from fault


def _check_parts(content: bytes) -> None:
    """Measured before anything is unpacked; what a part claims to hold is held to when it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [part.filename.lower() for part in parts.infolist()]
        if len(names) > MOST_PARTS or sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            raise Refused("sheets.too_large")
        if any(word in name for name in names for word in MACROS):
            raise Refused("sheets.macros")


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    sheet.reset_dimensions()
    for row in islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS + 1):
        yield [_cell(cell) for cell in row]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if getattr(cell, "data_type", "n") == "f":
        return Cell(str(value), formula=True)
    if isinstance(value, (datetime, date)):
        return Cell(f"{value.day}/{value.month}/{value.year}")
    if isinstance(value, bool):
        return Cell(str(int(value)))
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)))
    return Cell(unescaped(str(value).strip())[:LONGEST_CELL] if value is not None else "")


def _bounded(name: str, rows: list[list[Cell]]) -> Sheet:
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise Refused("sheets.too_large")
    return Sheet(name, rows)
