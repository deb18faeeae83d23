"""Checks that need more than one row: every reference leads somewhere, and what belongs together fits together."""

from __future__ import annotations

from typing import Iterator

from guide.sitedb.collecting import Collected, Row
from guide.sitedb.problems import Problem
from guide.sitedb.tables import TABLES
from guide.sitedb.validating import ends_before_it_begins


def check(collected: Collected) -> list[Problem]:
    """All problems: those of reading, and those between rows."""
    return [*collected.problems, *_dangling(collected), *_nesting(collected), *_spans(collected)]


def _dangling(collected: Collected) -> Iterator[Problem]:
    ids = {name: collected.ids(name) for name in TABLES}
    for row in collected:
        for name, column in TABLES[row.table].references():
            value = row.values[name]
            if value is not None and column.ref and value not in ids[column.ref]:
                slug = str(value).partition("/")[2] or value
                said = f"there is no {column.ref} '{value}': correct the id, or add the {column.ref}"
                yield Problem(row.file, _field(row, name), slug, said)


def _field(row: Row, column: str) -> str:
    """The field of the file behind a column."""
    written = {"origin": "from", "destination": "to", "target": "", "subject": "", "id": ""}.get(column, column)
    return ".".join(part for part in (row.path, written) if part)


def _nesting(collected: Collected) -> Iterator[Problem]:
    """A place must not contain itself."""
    part_of = {row.values["id"]: row.values["part_of"] for row in collected.rows["place"].values()}
    for row in collected.rows["place"].values():
        seen, here = set(), row.values["id"]
        while here is not None and here not in seen:
            seen.add(here)
            here = part_of.get(here)
        if here == row.values["id"]:
            yield Problem(row.file, "part_of", row.values["part_of"], "makes the place part of itself: correct it")


def _spans(collected: Collected) -> Iterator[Problem]:
    for row in collected:
        for column, value, said in ends_before_it_begins(row.table, row.values):
            yield Problem(row.file, _field(row, column), value, said)
