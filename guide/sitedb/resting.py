"""Which values rest upon which source."""

from __future__ import annotations

import sqlite3
from typing import Iterator

from guide.sitedb.records import Source
from guide.sitedb.tables import TABLES


def _references() -> Iterator[tuple[str, str, str]]:
    """Tables that name a source: table, column, and what leads to the subject."""
    for name, table in TABLES.items():
        if table.subject and "." not in table.subject:
            yield from ((name, column, table.subject) for column, spec in table.references() if spec.ref == "source")


def counted(connection: sqlite3.Connection) -> list[tuple[Source, int]]:
    """Every source, with the number of values that rest upon it."""
    found: dict[str, int] = {}
    for table, column, _ in _references():
        query = f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"
        for source, number in connection.execute(query):
            found[source] = found.get(source, 0) + number
    rows = connection.execute("SELECT id, title, url, publisher, date, read, basis FROM source ORDER BY title, id")
    return [(Source(*row), found.get(row[0], 0)) for row in rows]


def rows(connection: sqlite3.Connection, source: str) -> list[tuple[str, str, str]]:
    """What rests upon a source: (subject, table, key of the row); the subject is '' for what is about everything."""
    found = []
    for table, column, subject in _references():
        query = f"SELECT coalesce({subject}, ''), id FROM {table} WHERE {column} = ?"
        found += [(about, table, str(key)) for about, key in connection.execute(query, (source,))]
    return sorted(set(found))
