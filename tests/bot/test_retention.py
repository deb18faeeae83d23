"""What was said is kept for as long as was promised and no longer."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from bot.engine.retention import DAY, EVERY_SECONDS, BadKeepDays, Retention, keep_days
from bot.engine.store import conversations, events

NOW = time.time()


@pytest.fixture
def db(tmp_path: Path):
    engine = sa.create_engine(f"sqlite:///{tmp_path}/conversations.db")
    SQLTrackerStore.Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for who, at in (("old", NOW - 31 * DAY), ("long", NOW - 31 * DAY), ("long", NOW), ("new", NOW - 29 * DAY)):
            said = {"sender_id": who, "type_name": "user", "timestamp": at, "data": "{}"}
            connection.execute(events.insert(), said)
        for who, at in (("old", NOW - 31 * DAY), ("long", NOW), ("new", NOW - 29 * DAY)):
            connection.execute(conversations.insert(), {"sender_id": who, "version": "1", "heard": at, "events": "[]"})
        yield connection


def left(db: sa.engine.Connection, table: sa.Table) -> list[str]:
    return sorted(db.scalars(sa.select(table.c.sender_id)))


def test_what_is_older_goes_and_what_is_younger_stays(db: sa.engine.Connection) -> None:
    assert Retention(events, conversations, days=30).sweep(db, NOW) == 3
    assert left(db, events) == ["long", "new"] and left(db, conversations) == ["long", "new"]


def test_it_is_done_now_and_then() -> None:
    retention = Retention(events, conversations, days=30)
    assert retention.due(NOW) and not retention.due(NOW + EVERY_SECONDS - 1) and retention.due(NOW + EVERY_SECONDS)


def test_the_operator_sets_for_how_long() -> None:
    assert (keep_days({}), keep_days({"TRUC_KEEP_DAYS": "7"})) == (30, 7)
    with pytest.raises(BadKeepDays, match="'0'"):
        keep_days({"TRUC_KEEP_DAYS": "0"})
