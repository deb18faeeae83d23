"""Planning in tests: a fixed number of steps, so that every machine finds the same plan."""

from __future__ import annotations

from typing import Any, Callable

import pytest
from trips_kit import FEW, asked

from guide.planner.itinerary import Itinerary
from guide.planner.plan import plan
from guide.sitedb import SiteDb


@pytest.fixture(scope="session")
def planned(site: SiteDb) -> Callable[..., Itinerary]:
    """Plans a trip on the shipped facts."""

    def make(**wishes: Any) -> Itinerary:
        return plan(site, asked(**wishes), FEW)

    return make
