"""Sentences and names of the site database, as text to learn words from."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, Iterator, Optional, Union

from guide.refs import KINDS
from guide.sitedb.records import Words

Database = Union[str, None, bool]


def open_site(database: Database) -> Optional[Any]:
    """The site database at a path, or the default one for None; no database at all for False.

    Raises guide.sitedb.DatabaseMissing or DatabaseBroken with a sentence that says what to do.
    """
    if database is False:
        return None
    from guide.sitedb import SiteDb, default_path

    return SiteDb.open(database if isinstance(database, str) else default_path())


def words_in(record: Any) -> Iterator[Words]:
    """Every text in several languages that a record holds, at any depth."""
    if isinstance(record, Words):
        yield record
    elif is_dataclass(record):
        for part in fields(record):
            yield from words_in(getattr(record, part.name))
    elif isinstance(record, (tuple, list)):
        for item in record:
            yield from words_in(item)


def site_sentences(database: Database) -> list[tuple[str, str]]:
    """(language, text) of everything that the database tells."""
    site = open_site(database)
    if site is None:
        return []
    records: list[Any] = [record for kind in KINDS for record in site.all(kind)]
    records += [*site.facts(), *site.advice(), *site.staff_answers()]
    return [(code, text) for record in records for words in words_in(record) for code, text in words.items() if text]


def site_names(database: Database) -> list[str]:
    """Every name and alias of the database as it is written."""
    site = open_site(database)
    return [] if site is None else [name.text for name in site.names()]


__all__ = ["Database", "open_site", "site_names", "site_sentences", "words_in"]
