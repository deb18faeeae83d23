"""Full-text search over everything that is told, in all languages at once, with or without diacritics."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Iterable, NamedTuple, Optional, Sequence

from guide.refs import KINDS
from guide.sitedb.reading import Reading
from guide.sitedb.records import Hit
from guide.sitedb.snapshot import ref
from guide.text import fold

NAME_WEIGHT, BODY_WEIGHT = 4.0, 1.0
MAX_WORDS = 24  # a question has no more words that help
_WORD = re.compile(r"[a-z0-9]+")
_SQL = f"""SELECT tbl, row, -bm25(search, {NAME_WEIGHT}, {BODY_WEIGHT}) AS score FROM search
    WHERE search MATCH ? ORDER BY bm25(search, {NAME_WEIGHT}, {BODY_WEIGHT}) LIMIT ?"""


class _Found(NamedTuple):
    table: str
    row: int
    score: float


def search(
    connection: sqlite3.Connection, read: Reading, text: str, limit: int, kinds: Optional[Sequence[str]]
) -> list[Hit]:
    """The best hits, best first. Rows with all the words come before rows with some of them.

    ``kinds``: kinds of Hit (name, summary, fact, advice, staff_answer) to look for; None: all.
    """
    words = list(dict.fromkeys(_WORD.findall(fold(text))))[:MAX_WORDS]
    hits: dict[Any, Hit] = {}
    for operator in (" AND ", " OR ") if len(words) > 1 else (" AND ",):
        for found in _match(connection, operator.join(f'"{word}"' for word in words), limit * 4):
            key, hit = _hit(read, found)
            if hit and key not in hits and (kinds is None or hit.kind in kinds):
                hits[key] = hit
        if len(hits) >= limit:
            break
    return list(hits.values())[:limit]


def _match(connection: sqlite3.Connection, query: str, limit: int) -> Iterable[_Found]:
    return [_Found(*row) for row in connection.execute(_SQL, (query, limit))] if query else []


def _hit(read: Reading, found: _Found) -> tuple[Any, Optional[Hit]]:
    """A row of the index as a hit, and what it is about: a text in two languages is one hit."""
    row = read.index.get((found.table, found.row))
    if row is None:
        return None, None
    if found.table == "fact_text":
        return _fact(read, row["fact"], found.score)
    if found.table == "staff_answer_text":
        return _staff_answer(read, row["staff_answer"], found.score)
    return _subject(read, found.table, row, found.score)


def _fact(read: Reading, id_: int, score: float) -> tuple[Any, Optional[Hit]]:
    fact = read.fact_by_id.get(id_)
    return ("fact", id_), None if fact is None else Hit(
        fact.subject, "fact", fact.topic, fact.words, score, fact.source
    )


def _staff_answer(read: Reading, id_: int, score: float) -> tuple[Any, Optional[Hit]]:
    answer = next((answer for answer in read.staff_answers() if answer.id == id_), None)
    return ("staff_answer", id_), None if answer is None else Hit(
        answer.subject, "staff_answer", None, answer.answer, score, answer.source
    )


def _subject(read: Reading, table: str, row: dict[str, Any], score: float) -> tuple[Any, Optional[Hit]]:
    id_, kind = row["subject"], row["subject"].partition("/")[0]
    if kind == "advice":
        advice = read.advice_by_id.get(id_)
        return id_, None if advice is None else Hit(None, "advice", advice.topic, advice.words, score, advice.source)
    if kind not in KINDS:
        return id_, None
    named = table == "alias" or row["field"] == "name"
    words = read.data.words(id_, "name" if named else row["field"])
    return (id_, named), Hit(ref(id_), "name" if named else "summary", None, words, score)
