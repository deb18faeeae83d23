"""What visitors let staff know: questions that could not be answered, and ratings of answers. No facts, no accounts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Optional, Sequence

from guide.sitedb.connecting import connect


@dataclass(frozen=True)
class Unanswered:
    """A question that could not be answered, with the intents that came nearest."""

    id: int
    text: str
    lang: str
    channel: str
    guesses: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Rating:
    """An answer and whether it helped; ``reason``: wrong, unclear, incomplete, other, or None."""

    id: int
    question: str
    answer: str
    lang: str
    channel: str
    good: bool
    reason: Optional[str]
    at: datetime


def unanswered(connection: sqlite3.Connection, limit: int) -> list[Unanswered]:
    """Questions that staff have not dealt with, newest first."""
    rows = connection.execute(
        "SELECT id, text, lang, channel, guesses, at FROM unanswered WHERE NOT done ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [
        Unanswered(id_, text, lang, channel, tuple(json.loads(guesses)), datetime.fromisoformat(at))
        for id_, text, lang, channel, guesses, at in rows
    ]


def ratings(connection: sqlite3.Connection, limit: int) -> list[Rating]:
    """Ratings that staff have not dealt with, newest first."""
    rows = connection.execute(
        "SELECT id, question, answer, lang, channel, good, reason, at FROM ratings WHERE NOT done"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [
        Rating(id_, question, answer, lang, channel, bool(good), reason, datetime.fromisoformat(at))
        for id_, question, answer, lang, channel, good, reason, at in rows
    ]


def settle_questions(connection: sqlite3.Connection, texts: Sequence[str]) -> None:
    """Staff have dealt with the questions of these texts."""
    connection.executemany("UPDATE unanswered SET done = 1 WHERE text = ?", [(text,) for text in texts])


def record_unanswered(path: Path, text: str, lang: str, channel: str, guesses: Sequence[str], at: datetime) -> None:
    """Keep a question for staff."""
    _write(
        path,
        "INSERT INTO unanswered (text, lang, channel, guesses, at) VALUES (?, ?, ?, ?, ?)",
        (text, lang, channel, json.dumps(list(guesses), ensure_ascii=False), at.isoformat()),
    )


def record_rating(path: Path, key: str, rating: Rating) -> None:
    """Keep a rating; a later one of the same ``key`` (an answer, told by nothing of its visitor) replaces it."""
    _write(
        path,
        "INSERT INTO ratings (answer_key, question, answer, lang, channel, good, reason, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (answer_key) DO UPDATE SET"
        " good = excluded.good, reason = excluded.reason, at = excluded.at, done = 0",
        (
            key, rating.question, rating.answer, rating.lang, rating.channel,
            rating.good, rating.reason, rating.at.isoformat(),
        ),
    )  # fmt: skip


def _write(path: Path, statement: str, values: tuple[object, ...]) -> None:
    connection = connect(path, writable=True)
    try:
        connection.execute(statement, values)
    finally:
        connection.close()
