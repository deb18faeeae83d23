"""What visitors left, out of site databases of before: it now has a database of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from guide.sitedb.connecting import open_file
from guide.visits import Rating, Unanswered, Visits

TABLES = ("unanswered", "ratings")


def move_visits(path: Path, visits: Visits) -> int:
    """Move the rows that are still in the site database's file, and drop their tables; how many there were.

    What was moved before and not dropped is not moved twice. Raises VisitsBroken, and then nothing is dropped.
    """
    with closing(open_file(path)) as connection:
        moved = 0
        if _there(connection, "unanswered"):
            moved += _move_unanswered(connection, visits)
        if _there(connection, "ratings"):
            moved += _move_ratings(connection, visits)
        for table in TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    return moved


def drop_empty(connection: sqlite3.Connection) -> None:
    """Drop the tables that hold nothing to move."""
    for table in TABLES:
        if _there(connection, table) and not connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
            connection.execute(f"DROP TABLE {table}")


def _there(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def _move_unanswered(connection: sqlite3.Connection, visits: Visits) -> int:
    rows = connection.execute("SELECT text, lang, channel, guesses, at FROM unanswered WHERE NOT done ORDER BY id")
    kept = {(q.text, q.channel, q.at) for q in visits.unanswered.open(limit=1_000_000)}
    questions = [
        Unanswered(text, lang, channel, tuple(json.loads(guesses)), datetime.fromisoformat(at))
        for text, lang, channel, guesses, at in rows
    ]
    new = [q for q in questions if (q.text, q.channel, q.at.replace(microsecond=0)) not in kept]
    visits.unanswered.add(*new)
    return len(questions)


def _move_ratings(connection: sqlite3.Connection, visits: Visits) -> int:
    rows = connection.execute(
        "SELECT answer_key, question, answer, lang, channel, good, reason, at FROM ratings WHERE NOT done ORDER BY id"
    ).fetchall()
    for key, question, answer, lang, channel, good, reason, at in rows:
        visits.ratings.add(key, Rating(question, answer, lang, channel, bool(good), reason, datetime.fromisoformat(at)))
    return len(rows)
