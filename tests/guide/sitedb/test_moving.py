"""What visitors left in a site database of before is moved, once, to where it is kept now."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from guide.sitedb import SiteDb, schema
from guide.sitedb.loading import load
from guide.sitedb.moving import move_visits
from guide.visits import Visits, VisitsBroken

BEFORE = (
    "CREATE TABLE unanswered (id INTEGER PRIMARY KEY, text TEXT NOT NULL, lang TEXT NOT NULL, channel TEXT NOT NULL,"
    " guesses TEXT NOT NULL, at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE ratings (id INTEGER PRIMARY KEY, answer_key TEXT NOT NULL UNIQUE, question TEXT NOT NULL,"
    " answer TEXT NOT NULL, lang TEXT NOT NULL, channel TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT,"
    " at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)",
    "DELETE FROM _sqlite_migrations WHERE name = 'visits_apart'",
    "PRAGMA user_version = 6",
)


@pytest.fixture
def old(fresh_site: SiteDb, now: datetime) -> Path:
    """A site database of version 6, with questions and a rating in it."""
    fresh_site.close()
    at = now.isoformat()
    with closing(sqlite3.connect(fresh_site.path)) as db, db:
        for statement in BEFORE:
            db.execute(statement)
        for text, done in (("có wifi không", 0), ("mấy giờ có xe?", 0), ("đã trả lời rồi", 1)):
            values = (text, "vi", "rest", '["ask_a"]', at, done)
            db.execute("INSERT INTO unanswered (text, lang, channel, guesses, at, done) VALUES (?,?,?,?,?,?)", values)
        db.execute(
            "INSERT INTO ratings (answer_key, question, answer, lang, channel, good, reason, at)"
            f" VALUES ('k', 'giá?', '0 đ', 'vi', 'web', 0, 'wrong', '{at}')"
        )
    return fresh_site.path


def check(old: Path, visits: Visits, now: datetime) -> None:
    assert [(q.text, q.guesses, q.at) for q in visits.unanswered.open()] == [
        ("mấy giờ có xe?", ("ask_a",), now),
        ("có wifi không", ("ask_a",), now),
    ]
    assert [(r.question, r.reason, r.at) for r in visits.ratings.open()] == [("giá?", "wrong", now)]
    with closing(sqlite3.connect(old)) as db:
        assert not db.execute("SELECT name FROM sqlite_master WHERE name IN ('unanswered', 'ratings')").fetchall()


def test_a_load_brings_the_schema_up_to_date_and_the_rows_wait_to_be_moved(
    old: Path, facts_dir: Path, visits: Visits, now: datetime
) -> None:
    load(facts_dir, old)
    SiteDb.open(old).close()
    assert move_visits(old, visits) == 3
    check(old, visits, now)
    assert move_visits(old, visits) == 0


def test_a_move_that_was_cut_short_is_finished_without_doubles(old: Path, visits: Visits, now: datetime) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        schema.migrate(db)
        db.execute("CREATE TABLE kept AS SELECT * FROM unanswered")
    move_visits(old, visits)
    with closing(sqlite3.connect(old)) as db, db:
        db.execute("ALTER TABLE kept RENAME TO unanswered")
    move_visits(old, visits)
    check(old, visits, now)


def test_nothing_is_dropped_that_could_not_be_moved(old: Path, visits: Visits, now: datetime) -> None:
    with pytest.raises(VisitsBroken):
        move_visits(old, Visits("sqlite:////proc/nowhere/visits.db"))
    move_visits(old, visits)
    check(old, visits, now)
