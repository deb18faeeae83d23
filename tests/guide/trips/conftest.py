"""A trip to keep: three days with a grandmother of 75, a child of 6 and a wheelchair, who dislike one place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guide.planner.itinerary import Itinerary, LeftOut
from guide.planner.notes import note
from guide.planner.plan import plan
from guide.sitedb import SiteDb
from guide.trips.store import TripStore
from tests.guide.planner.trips_kit import FEW, asked, place


@pytest.fixture(scope="session")
def trip(site: SiteDb) -> Itinerary:
    """The plan as the planner made it."""
    return plan(site, asked(days=3, oldest=75, children=(6,), interests=("pagodas",), must=(place("yen-tu"),)), FEW)


@pytest.fixture(scope="session")
def party_trip(site: SiteDb) -> Itinerary:
    """A plan that tells much of those who asked for it."""
    told = plan(
        site,
        asked(
            days=2, oldest=83, children=(4,), adults=3, wheelchair=True, budget=777_000, must=(place("con-son"),),
            avoid=(place("kiep-bac"),), interests=("history",),
        ),
        FEW,
    )  # fmt: skip
    return replace(
        told,
        assumptions=(*told.assumptions, note("effort_from_age", age=83, effort="easy")),
        left_out=(*told.left_out, LeftOut(place("chua-dong"), note("steps_only", ref=place("chua-dong")), True)),
    )


@pytest.fixture
def store(tmp_path: Path) -> TripStore:
    """An empty store in a folder that does not exist yet."""
    return TripStore(tmp_path / "var" / "trips.db")
