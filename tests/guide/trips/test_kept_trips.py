"""A trip is kept under an id that nobody can guess, for a limited time, without what it tells of its party."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from guide.planner.itinerary import Itinerary
from guide.sitedb import SiteDb
from guide.trips import links
from guide.trips.privacy import impersonal
from guide.trips.store import BadTripDays, TripStore, TripStoreBroken

SECOND = timedelta(seconds=1)


def test_a_kept_trip_is_read_back(store: TripStore, trip: Itinerary, now: datetime) -> None:
    kept = store.read(store.keep(trip, "en", now), now)
    assert kept and kept.lang == "en" and kept.kept_on == now and kept.expires_on == now + timedelta(days=60)
    assert kept.plan == impersonal(trip)
    assert kept.plan.days == trip.days and kept.plan.cost == trip.cost


def test_ids_cannot_be_guessed(store: TripStore, trip: Itinerary, now: datetime) -> None:
    ids = {store.keep(trip, "vi", now) for _ in range(20)}
    assert len(ids) == 20 and all(re.fullmatch(r"[0-9a-f]{32}", id_) for id_ in ids)
    assert store.read("0" * 32, now) is None and not store.expired("0" * 32, now)


def test_a_trip_expires_to_the_second(store: TripStore, trip: Itinerary, now: datetime) -> None:
    id_ = store.keep(trip, "vi", now)
    over = now + timedelta(days=60)
    assert store.read(id_, over - SECOND) and not store.expired(id_, over - SECOND)
    assert store.read(id_, over) is None and store.expired(id_, over)


def test_what_has_expired_is_deleted_when_the_next_trip_is_kept(
    store: TripStore, trip: Itinerary, now: datetime
) -> None:
    old = store.keep(trip, "vi", now)
    over = now + timedelta(days=61)
    new = store.keep(trip, "vi", over)
    rows = {row["id"]: row["plan"] for row in Database(store.where)["trips"].rows}
    assert rows[old] is None and rows[new] is not None
    assert store.count(over) == 1
    assert store.expired(old, over), "its address can still say that it is over"


def test_in_the_end_nothing_is_left_of_it(store: TripStore, trip: Itinerary, now: datetime) -> None:
    id_ = store.keep(trip, "vi", now)
    assert store.purge(now + timedelta(days=59)) == 0
    assert store.purge(now + timedelta(days=60)) == 1
    store.purge(now + timedelta(days=121))
    assert Database(store.where)["trips"].count == 0
    assert not store.expired(id_, now + timedelta(days=121))


@pytest.mark.parametrize(
    "told",
    [
        pytest.param("83", id="age"),
        pytest.param("wheelchair", id="wheelchair"),
        pytest.param("steps_only", id="steps-that-only-a-wheelchair-minds"),
        pytest.param("777000", id="budget"),
        pytest.param("children", id="children"),
        pytest.param("adults", id="how-many"),
        pytest.param("avoid", id="dislikes"),
        pytest.param("effort_from", id="what-was-concluded-from-an-age"),
    ],
)
def test_nothing_of_the_party_is_kept(store: TripStore, party_trip: Itinerary, now: datetime, told: str) -> None:
    store.keep(party_trip, "vi", now)
    (row,) = Database(store.where)["trips"].rows
    plan = {name: part for name, part in json.loads(row["plan"]).items() if name not in ("days", "cost")}
    assert told not in json.dumps(plan)
    assert told in json.dumps(party_trip.to_json()), "the plan itself knows it"


def test_the_days_of_a_trip_are_all_there_without_its_party(party_trip: Itinerary) -> None:
    kept = impersonal(party_trip)
    assert kept.days == party_trip.days and kept.transport == party_trip.transport and kept.pace == party_trip.pace
    assert kept.request.asked_on == party_trip.request.asked_on
    assert impersonal(kept) == kept


KEEP_TEN = """
import sys, json
from datetime import datetime
from guide.planner.itinerary import Itinerary
from guide.trips.store import TripStore
plan = Itinerary.from_json(json.load(sys.stdin))
for _ in range(10):
    print(TripStore(sys.argv[1]).keep(plan, "vi", datetime.fromisoformat(sys.argv[2])))
"""


def test_several_processes_keep_trips_at_once(store: TripStore, trip: Itinerary, now: datetime) -> None:
    command = [sys.executable, "-c", KEEP_TEN, store.where, now.isoformat()]
    plan = json.dumps(trip.to_json())
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(plan)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    ids = [id_ for ids in said for id_ in ids]
    assert len(set(ids)) == 30 and all(store.read(id_, now) for id_ in ids)


def test_a_file_that_is_no_store_is_named(tmp_path: Path, trip: Itinerary, now: datetime) -> None:
    (tmp_path / "trips.db").write_text("no database at all, but long enough to be looked at " * 20)
    with pytest.raises(TripStoreBroken, match=r"trips\.db"):
        TripStore(tmp_path / "trips.db").keep(trip, "vi", now)


@pytest.mark.parametrize("days", ["0", "-1", "soon", "1.5"])
def test_a_wrong_number_of_days_is_said(days: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUC_TRIP_DAYS", days)
    with pytest.raises(BadTripDays, match=re.escape(days)):
        TripStore.usual()


def test_the_environment_names_file_and_days(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRUC_TRIPS_DB", str(tmp_path / "mine.db"))
    monkeypatch.setenv("TRUC_TRIP_DAYS", "7")
    store = TripStore.usual()
    assert store.where == str(tmp_path / "mine.db") and store.days == 7


@pytest.mark.parametrize(
    ("environ", "base"),
    [
        pytest.param({}, "http://localhost:8000", id="this-machine"),
        pytest.param({"TRUC_WEB_PORT": "8100", "TRUC_HOST": "0.0.0.0"}, "http://localhost:8100", id="another-port"),
        pytest.param({"TRUC_HOST": "10.1.2.3"}, "http://10.1.2.3:8000", id="another-host"),
        pytest.param({"TRUC_PUBLIC_URL": "https://truc.example.vn/"}, "https://truc.example.vn", id="public"),
    ],
)
def test_links_lead_to_where_visitors_reach_the_pages(environ: dict[str, str], base: str) -> None:
    assert links.base_url(environ) == base


def test_each_file_has_its_address() -> None:
    found = [link("ab", "en", "https://x.vn") for link in (links.page_url, links.ics, links.gpx, links.qr)]
    assert found == [f"https://x.vn/t/ab{ending}?lang=en" for ending in ("", ".ics", ".gpx", ".svg")]


def test_a_kept_trip_can_still_be_told(site: SiteDb, store: TripStore, party_trip: Itinerary, now: datetime) -> None:
    from guide.answers.itinerary import render_plan

    kept = store.read(store.keep(party_trip, "vi", now), now)
    assert kept and "NGÀY 2" in render_plan(site, kept.plan, "vi").text
