"""``./run status`` tells how many trips are kept, and says when their file cannot be used."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from guide.planner.plan import plan
from guide.sitedb import SiteDb
from guide.trips.store import TripStore
from ops.settings import Settings
from ops.status import report
from tests.guide.planner.trips_kit import FEW, asked


@pytest.fixture
def settings(site_path: Path, tmp_path: Path) -> Settings:
    """Settings of a copy in which nothing runs."""
    here = Settings.read({"TRUC_VAR": str(tmp_path), "TRUC_MODELS": str(tmp_path)})
    return replace(here, site_db=site_path)


def line(settings: Settings) -> str:
    """What is said of trips."""
    return next(line for line in report(settings) if line.split()[0] == "trips")


def test_before_anybody_kept_one(settings: Settings) -> None:
    assert "none kept yet" in line(settings) and not settings.trips_db.exists(), "asking makes no file"


def test_only_those_that_can_be_opened_count(settings: Settings, site: SiteDb) -> None:
    store, now, trip = TripStore(settings.trips_db), datetime.now(timezone.utc), plan(site, asked(), FEW)
    store.keep(trip, "vi", now)
    store.keep(trip, "vi", now - timedelta(days=61))
    assert line(settings).endswith("trips.db: 1 kept")


def test_a_broken_file_is_named(settings: Settings) -> None:
    settings.trips_db.write_text("no database " * 200)
    assert "cannot be used" in line(settings)
