"""Trips that visitors keep and share, in an SQLite file of their own: under unguessable ids, for a limited time.

Several processes may use the file at once (the actions keep, the pages read): it is in WAL mode, each call opens its
own connection and has committed what it wrote when it returns. No clock is read here.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Iterator, Optional

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from guide.planner.itinerary import Itinerary
from guide.trips.privacy import impersonal

USUAL_DAYS = 60
ID_BYTES = 16  # 128 bits: nobody finds a trip by trying
BUSY_SECONDS = 5.0  # how long to wait for another process that writes


class TripStoreBroken(Exception):
    """The file of kept trips cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The kept trips in {path} cannot be used: {reason}")
        self.path = path


class BadTripDays(ValueError):
    """TRUC_TRIP_DAYS is no number of days."""

    def __init__(self, text: str) -> None:
        super().__init__(f"TRUC_TRIP_DAYS is '{text}', but trips are kept for a whole number of days from 1 on")


@dataclass(frozen=True)
class Kept:
    """A trip as it was kept. Times have a time zone."""

    plan: Itinerary
    lang: str
    kept_on: datetime
    expires_on: datetime


class TripStore:
    """The kept trips of one file; ``days`` is how long each is kept."""

    def __init__(self, path: Path | str, days: int = USUAL_DAYS) -> None:
        self.path, self.days = Path(path), days

    @classmethod
    def usual(cls) -> TripStore:
        """The store that the environment names: TRUC_TRIPS_DB (var/trips.db) and TRUC_TRIP_DAYS (60)."""
        return cls(default_path(), _days(os.environ.get("TRUC_TRIP_DAYS") or str(USUAL_DAYS)))

    def keep(self, plan: Itinerary, lang: str, now: datetime) -> str:
        """Keep a plan, without what it tells of its party, and return its new id. Forgets what has expired."""
        id_ = secrets.token_hex(ID_BYTES)
        row = {
            "id": id_,
            "plan": json.dumps(impersonal(plan).to_json(), ensure_ascii=False, separators=(",", ":")),
            "lang": lang,
            "kept_on": _utc(now),
            "expires_on": _utc(now + timedelta(days=self.days)),
        }
        with self._open() as trips:
            _purge(trips, now)
            trips.table("trips").insert(row)
        return id_

    def read(self, id_: str, now: datetime) -> Optional[Kept]:
        """The trip of that id; None where there is none, or its time is over."""
        row = self._row(id_)
        if row is None or row["plan"] is None or row["expires_on"] <= _utc(now):
            return None
        plan = Itinerary.from_json(json.loads(row["plan"]))
        return Kept(plan, row["lang"], _moment(row["kept_on"]), _moment(row["expires_on"]))

    def expired(self, id_: str, now: datetime) -> bool:
        """Whether there was a trip of that id whose time is over; known for as long again as it was kept."""
        row = self._row(id_)
        return row is not None and row["expires_on"] <= _utc(now)

    def purge(self, now: datetime) -> int:
        """Delete the plans whose time is over; how many."""
        with self._open() as trips:
            return _purge(trips, now)

    def count(self, now: datetime) -> int:
        """How many trips can be opened."""
        with self._open() as trips:
            return int(trips.table("trips").count_where("expires_on > ?", [_utc(now)]))

    def _row(self, id_: str) -> Optional[dict[str, str]]:
        with self._open() as trips:
            try:
                row: dict[str, str] = trips.table("trips").get(id_)
            except NotFoundError:
                return None
            return row

    @contextmanager
    def _open(self) -> Iterator[Database]:
        """The database, made when it is not there; TripStoreBroken when it cannot be used."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
                trips = Database(connection)
                _prepare(trips)
                with connection:
                    yield trips
        except (OSError, sqlite3.Error) as problem:
            raise TripStoreBroken(self.path, str(problem)) from problem


def default_path() -> Path:
    """Where kept trips are: environment TRUC_TRIPS_DB, else var/trips.db below the working directory."""
    return Path(os.environ.get("TRUC_TRIPS_DB") or "var/trips.db")


def _prepare(trips: Database) -> None:
    if trips.table("trips").exists():
        return
    trips.enable_wal()
    columns = {"id": str, "plan": str, "lang": str, "kept_on": str, "expires_on": str}
    trips.table("trips").create(columns, pk="id", not_null={"lang", "kept_on", "expires_on"}, if_not_exists=True)
    trips.table("trips").create_index(["expires_on"], if_not_exists=True)


def _purge(trips: Database, now: datetime) -> int:
    """Empty what has expired, so that its address can still say so, and delete what expired as long ago again."""
    over = list(trips.table("trips").rows_where("expires_on <= ? and plan is not null", [_utc(now)]))
    for row in over:
        trips.table("trips").update(row["id"], {"plan": None})
    for row in list(trips.table("trips").rows_where("expires_on <= ? and plan is null", [_utc(now)])):
        expired = _moment(row["expires_on"])
        if now - expired >= expired - _moment(row["kept_on"]):
            trips.table("trips").delete(row["id"])
    return len(over)


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise BadTripDays(text)
    return int(text)


def _utc(moment: datetime) -> str:
    """A moment as it is stored: UTC, so that text compares as time does."""
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
