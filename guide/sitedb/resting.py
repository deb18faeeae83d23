"""What staff look after as a whole: which values rest upon which source, which texts a language lacks."""

from __future__ import annotations

import sqlite3
from typing import Iterator

from guide.sitedb.fields import STATEMENTS
from guide.sitedb.records import LANGUAGES, Source
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


def untranslated(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """Texts that are there in some language and not in each: (sheet, field, missing language, subject or '')."""
    found = []
    for owner in ("subject", *STATEMENTS):
        table = "text" if owner == "subject" else f"{owner}_text"
        about = "id" if owner == "subject" else "subject"
        query = f"""SELECT {table}.{owner}, field, group_concat(lang), coalesce({owner}.{about}, '') FROM {table}
            JOIN {owner} ON {owner}.id = {table}.{owner} GROUP BY 1, 2"""
        for key, field, langs, subject in connection.execute(query):
            there = set(langs.split(","))
            sheet = key if owner == "subject" else f"{owner}/{key}"
            found += [(sheet, field, lang, subject) for lang in LANGUAGES if lang not in there and "" not in there]
    return found
