"""Trips that visitors keep and share, in a database of their own: under unguessable ids, for a limited time.

A file of SQLite, or a server that several machines share: what ``guide.visits`` opens, this opens. Several processes
may use it at once (the actions keep, the pages read). No clock is read here.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Iterator, Optional

from sqlalchemy import Column, MetaData, String, Table, Text, func, select
from sqlalchemy.engine import Connection

from guide.moments import moment_of, moment_text
from guide.planner.itinerary import Itinerary
from guide.trips.privacy import impersonal
from guide.visits import VisitsBroken
from guide.visits.store import Store

USUAL_DAYS = 60
ID_BYTES = 16  # 128 bits: nobody finds a trip by trying
SCHEMA = MetaData()
TRIPS = Table(
    "trips",
    SCHEMA,
    Column("id", String(64), primary_key=True),
    Column("plan", Text),  # NULL when its time is over
    Column("lang", String(16), nullable=False),
    Column("kept_on", String(32), nullable=False),
    Column("expires_on", String(32), nullable=False, index=True),
)


class TripStoreBroken(Exception):
    """The database of kept trips cannot be used."""

    def __init__(self, where: str, reason: object) -> None:
        super().__init__(f"The kept trips in {where} cannot be used: {reason}")
        self.where = where


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
    """The kept trips of one database; ``days`` is how long each is kept."""

    def __init__(self, where: Path | str, days: int = USUAL_DAYS) -> None:
        """``where``: a file of SQLite, or the address of a database as SQLAlchemy writes it. Nothing is opened yet."""
        self.where, self.days = str(where), days
        self._store = Store(self.where if "://" in self.where else f"sqlite:///{self.where}", SCHEMA)

    @classmethod
    def usual(cls) -> TripStore:
        """The store that the environment names (``default_place``), with TRUC_TRIP_DAYS (60)."""
        return cls(default_place(), _days(os.environ.get("TRUC_TRIP_DAYS") or str(USUAL_DAYS)))

    def keep(self, plan: Itinerary, lang: str, now: datetime) -> str:
        """Keep a plan, without what it tells of its party, and return its new id. Forgets what has expired."""
        id_ = secrets.token_hex(ID_BYTES)
        row = {
            "id": id_,
            "plan": json.dumps(impersonal(plan).to_json(), ensure_ascii=False, separators=(",", ":")),
            "lang": lang,
            "kept_on": moment_text(now),
            "expires_on": moment_text(now + timedelta(days=self.days)),
        }
        with self._writing() as db:
            _purge(db, now)
            db.execute(TRIPS.insert(), row)
        return id_

    def read(self, id_: str, now: datetime) -> Optional[Kept]:
        """The trip of that id; None where there is none, or its time is over."""
        row = self._row(id_)
        if row is None or row["plan"] is None or row["expires_on"] <= moment_text(now):
            return None
        plan = Itinerary.from_json(json.loads(row["plan"]))
        return Kept(plan, row["lang"], moment_of(row["kept_on"]), moment_of(row["expires_on"]))

    def expired(self, id_: str, now: datetime) -> bool:
        """Whether there was a trip of that id whose time is over; known for as long again as it was kept."""
        row = self._row(id_)
        return row is not None and row["expires_on"] <= moment_text(now)

    def purge(self, now: datetime) -> int:
        """Delete the plans whose time is over; how many."""
        with self._writing() as db:
            return _purge(db, now)

    def count(self, now: datetime) -> int:
        """How many trips can be opened."""
        with self._reading() as db:
            return int(db.scalar(select(func.count()).where(TRIPS.c.expires_on > moment_text(now))))

    def _row(self, id_: str) -> Optional[dict[str, Any]]:
        with self._reading() as db:
            row = db.execute(select(TRIPS).where(TRIPS.c.id == id_)).mappings().first()
        return dict(row) if row else None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._store.reading() as db:
                yield db
        except VisitsBroken as problem:
            raise TripStoreBroken(self.where, problem) from problem

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._store.writing() as db:
                yield db
        except VisitsBroken as problem:
            raise TripStoreBroken(self.where, problem) from problem


def default_place() -> str:
    """Where kept trips are: TRUC_TRIPS_URL, else the file TRUC_TRIPS_DB, else var/trips.db where we are."""
    return os.environ.get("TRUC_TRIPS_URL") or os.environ.get("TRUC_TRIPS_DB") or "var/trips.db"


def _purge(db: Connection, now: datetime) -> int:
    """Empty what has expired, so that its address can still say so, and delete what expired as long ago again."""
    expired = TRIPS.c.expires_on <= moment_text(now)
    emptied = db.execute(TRIPS.update().where(expired, TRIPS.c.plan.is_not(None)).values(plan=None)).rowcount
    for row in db.execute(select(TRIPS).where(expired)).mappings().all():
        over = moment_of(row["expires_on"])
        if now - over >= over - moment_of(row["kept_on"]):
            db.execute(TRIPS.delete().where(TRIPS.c.id == row["id"]))
    return int(emptied)


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise BadTripDays(text)
    return int(text)
