"""The tables of what visitors leave. Moments are UTC as text, days ISO dates: text compares as time does.

A column that is added later must be able to be NULL: it is then added to databases that were made before.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text

schema = MetaData()

unanswered = Table(
    "unanswered",
    schema,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("lang", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("guesses", Text, nullable=False),  # JSON
    Column("at", String, nullable=False),
    Column("place", String),
    Column("done", Boolean, nullable=False, default=False),
    Index("unanswered_open", "done", "id"),
)

# ``answer_key`` is one way only, so that nobody's conversation can be found by it.
ratings = Table(
    "ratings",
    schema,
    Column("id", Integer, primary_key=True),
    Column("answer_key", String, nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("lang", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("reason", String),
    Column("at", String, nullable=False),
    Column("done", Boolean, nullable=False, default=False),
    Index("ratings_at", "at"),
)

KEYS = ("day", "channel", "lang", "topic", "place", "outcome")
counts = Table(
    "counts",
    schema,
    *(Column(name, String, primary_key=True) for name in KEYS),
    Column("n", Integer, nullable=False),
)
