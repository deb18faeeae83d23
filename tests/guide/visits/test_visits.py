"""What visitors leave is kept once, counted right, found again by staff, and by nobody who it was."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from guide.visits import Rating, Turned, Unanswered, Visits, VisitsBroken, default_url
from guide.visits.store import Store

DAY = date(2026, 11, 24)
PRICE = Turned(DAY, "rest", "vi", "price", "yen-tu", "answered")
HOURS = Turned(DAY, "web", "en", "hours", "con-son", "answered")


def question(text: str, now: datetime) -> Unanswered:
    return Unanswered(text, "vi", "rest", ("ask_nature",), now, "yen-tu")


def rating(now: datetime, good: bool = True) -> Rating:
    return Rating("giá vé?", "Vé tham quan …", "vi", "web", good, None if good else "wrong", now)


def test_a_question_waits_until_staff_have_dealt_with_it(visits: Visits, now: datetime) -> None:
    visits.unanswered.add(question("có wifi không", now), question("gửi đồ ở đâu", now + timedelta(hours=1)))
    newest, oldest = visits.unanswered.open()
    assert newest.text == "gửi đồ ở đâu" and replace(oldest, id=0) == question("có wifi không", now)
    assert visits.unanswered.settle(["có wifi không", "never asked"]) == 1
    assert [each.text for each in visits.unanswered.open()] == ["gửi đồ ở đâu"]


def test_a_later_rating_of_an_answer_takes_the_place_of_the_first(visits: Visits, now: datetime) -> None:
    visits.ratings.add("a", rating(now))
    visits.ratings.settle([visits.ratings.open()[0].id])
    assert visits.ratings.open() == []
    visits.ratings.add("a", rating(now + timedelta(minutes=1), good=False))
    visits.ratings.add("b", rating(now))
    assert [(each.good, each.reason) for each in visits.ratings.open()] == [(False, "wrong"), (True, None)]
    assert len(visits.ratings.between(now, now + timedelta(days=1))) == 2
    assert visits.ratings.between(now - timedelta(days=1), now) == []


def test_turns_add_up_by_whatever_is_asked_for(visits: Visits) -> None:
    visits.counts.add({PRICE: 2, HOURS: 1})
    visits.counts.add({PRICE: 1, PRICE._replace(day=DAY - timedelta(days=9)): 5})
    assert visits.counts.table(DAY, DAY) == [((), 4)]
    assert visits.counts.table(DAY, DAY, by=["topic"]) == [(("price",), 3), (("hours",), 1)]
    assert visits.counts.table(DAY - timedelta(days=9), DAY, by=["day"]) == [(("2026-11-15",), 5), (("2026-11-24",), 4)]
    assert visits.counts.table(DAY, DAY, ["place", "channel"], {"lang": ["en"]}) == [(("con-son", "web"), 1)]


def test_before_anybody_came_all_is_empty(visits: Visits) -> None:
    assert visits.counts.table(DAY, DAY) == visits.unanswered.open() == visits.ratings.open() == []
    visits.counts.add({})
    visits.unanswered.add()


def test_many_write_at_once_and_nothing_is_lost(visits: Visits) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(visits.counts.add, [{PRICE: 1, HOURS: 2}] * 100))
    assert visits.counts.table(DAY, DAY, by=["topic"]) == [(("hours",), 200), (("price",), 100)]


def test_a_file_taken_away_is_made_again(visits: Visits, tmp_path: Path, now: datetime) -> None:
    visits.unanswered.add(question("one", now))
    (tmp_path / "visits.db").rename(tmp_path / "saved.db")
    assert visits.unanswered.open() == []
    assert (tmp_path / "visits.db").stat().st_mode & 0o077 == 0, "what visitors typed is for its owner alone"


def test_a_column_that_came_later_is_added_to_an_old_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY)")
        old.execute("INSERT INTO thing VALUES (1)")
    schema = MetaData()
    thing = Table("thing", schema, Column("id", Integer, primary_key=True), Column("colour", String))
    with Store(url, schema).reading() as db:
        assert db.execute(thing.select()).all() == [(1, None)]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("no address", "no address of a database", id="no address"),
        pytest.param("mysql://lan:secret@example.vn/visits", "use one of sqlite, postgresql", id="another kind"),
        pytest.param("sqlite:////proc/nowhere/visits.db", "cannot be used", id="a folder that is not ours"),
    ],
)
def test_what_is_wrong_with_the_address_is_said_without_its_password(url: str, said: str) -> None:
    with pytest.raises(VisitsBroken, match=said) as raised:
        Visits(url).unanswered.open()
    assert "secret" not in str(raised.value)


def test_the_environment_names_the_place(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Visits.at() is visits and default_url() == visits.store.url
    monkeypatch.delenv("TRUC_VISITS_URL")
    assert default_url() == "sqlite:///var/visits.db"
