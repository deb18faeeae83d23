"""Full-text search over everything that is told, in all languages at once, with or without diacritics."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Iterator, NamedTuple, Optional, Sequence

from guide.refs import KINDS, Ref
from guide.sitedb.reading import Reading
from guide.sitedb.records import Hit
from guide.sitedb.snapshot import ref
from guide.text import fold

NAME_WEIGHT, BODY_WEIGHT = 4.0, 1.0
ROOM = 8  # rows to look at for each hit wanted: a text in two languages is one hit, others are left out
MAX_WORDS = 24  # a question has no more words that help
_WORD = re.compile(r"[a-z0-9]+")
_SQL = f"""SELECT tbl, row, -bm25(search, {NAME_WEIGHT}, {BODY_WEIGHT}) AS score FROM search
    WHERE search MATCH ? ORDER BY bm25(search, {NAME_WEIGHT}, {BODY_WEIGHT}) LIMIT ?"""


class _Found(NamedTuple):
    table: str
    row: int
    score: float


class _Query(NamedTuple):
    """A query of FTS5, and the subjects that its hits must be about (None: any)."""

    text: str
    about: Optional[frozenset[Ref]] = None


def search(
    connection: sqlite3.Connection, read: Reading, text: str, limit: int, kinds: Optional[Sequence[str]]
) -> list[Hit]:
    """The best hits, best first, in steps: rows with all the words; with all but mere question words; rows about the
    subjects that are named in the text with some of the other words; rows with some of the words.

    Within a step, hits about the subjects that are named come first. ``kinds``: kinds of Hit (name, summary, fact,
    advice, staff_answer) to look for; None: all.
    """
    all_words = _WORD.findall(fold(text))
    words, sentence = list(dict.fromkeys(all_words))[:MAX_WORDS], f" {' '.join(all_words)} "
    names = {ref: name for name, ref in read.folded_names if f" {name} " in sentence}
    hits: dict[Any, Hit] = {}
    for query in _queries(words, names):
        found = [_hit(read, each) for each in _match(connection, query.text, limit * ROOM)]
        step = {key: hit for key, hit in found if hit and (kinds is None or hit.kind in kinds)}
        about = names if query.about is None else query.about
        for key in sorted(step, key=lambda key: (step[key].ref not in about, -step[key].score)):
            if query.about is None or step[key].ref in query.about:
                hits.setdefault(key, step[key])
        if len(hits) >= limit:
            break
    return list(hits.values())[:limit]


def _queries(words: list[str], names: dict[Ref, str]) -> Iterator[_Query]:
    """The queries of the steps, the strictest first."""
    telling = [word for word in words if word not in _stopwords()] or words
    yield _Query(_joined(" AND ", words))
    if len(telling) < len(words):
        yield _Query(_joined(" AND ", telling))
    rest = [word for word in telling if not any(word in name.split() for name in names.values())]
    if names and rest:
        yield _Query(_joined(" OR ", rest), frozenset(names))
    if len(telling) > 1:
        yield _Query(_joined(" OR ", telling))


def _joined(operator: str, words: list[str]) -> str:
    return operator.join(f'"{word}"' for word in words)


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    lines = Path(__file__).with_name("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


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
