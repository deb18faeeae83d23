"""The tables of the channels' SQL store (SQLAlchemy Core, as Rasa's own tracker store)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

schema = MetaData()

seen = Table(
    "seen",
    schema,
    Column("channel", String(32), primary_key=True),
    Column("message_id", String(255), primary_key=True),
    Column("at", Float, nullable=False),
)
jobs = Table(
    "jobs",
    schema,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(255), nullable=False),
    Column("rank", BigInteger, nullable=False),
    Column("received", Float, nullable=False),
    Column("answered", Boolean, nullable=False, default=False),
    Column("step", Integer, nullable=False, default=0),
    Column("trying", Boolean, nullable=False, default=False),
    Column("body", Text, nullable=False),
    Index("jobs_in_order", "conversation", "answered", "rank", "id"),
    sqlite_autoincrement=True,
)
claims = Table(
    "claims",
    schema,
    Column("conversation", String(255), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("until", Float, nullable=False),
)
kept = Table(
    "kept",
    schema,
    Column("key", String(400), primary_key=True),
    Column("value", Text, nullable=False),
    Column("expires", Float, nullable=False),
)
buried = Table(
    "buried",
    schema,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(255), nullable=False),
    Column("at", Float, nullable=False),
    Column("reason", String(255), nullable=False),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)
