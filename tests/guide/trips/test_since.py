"""What is said of a trip that was kept: nothing at first, and what has changed later."""

from __future__ import annotations

from datetime import date

import pytest

from guide.planner.plan import plan
from guide.sitedb import SiteDb
from guide.trips.privacy import impersonal
from guide.trips.since import news
from tests.guide.planner.trips_kit import FEW, asked, place


@pytest.mark.parametrize(
    "wishes",
    [
        pytest.param({"days": 1}, id="a-day"),
        pytest.param({"days": 7}, id="a-week"),
        pytest.param({"days": 2, "transport": "motorbike", "must": (place("chua-dong"),)}, id="a-summit-by-motorbike"),
        pytest.param({"days": 2, "interests": ("sea",), "start": place("hai-phong")}, id="boats-and-ferries"),
        pytest.param({"days": 3, "transport": "bus", "oldest": 82}, id="coaches"),
        pytest.param({"days": 2, "first_day": date(2027, 2, 16), "festivals": "want"}, id="festival"),
        pytest.param({"days": 2, "wheelchair": True}, id="wheelchair"),
    ],
)
def test_a_plan_that_was_just_made_holds(site: SiteDb, wishes: dict[str, object]) -> None:
    assert news(site, impersonal(plan(site, asked(**wishes), FEW))) == ()


def test_a_notice_that_the_plan_tells_itself_is_no_news(fresh_site: SiteDb) -> None:
    wish = place("con-son")
    first = date(2026, 12, 5)
    with fresh_site.acting("staff"):
        fresh_site.add_notice(wish, "warning", {"vi": "Đường trơn", "en": "Slippery paths"}, starts=first, ends=first)
    trip = plan(fresh_site, asked(days=1, must=(wish,), first_day=first), FEW)
    assert any(note.code == "notice" for visit in trip.visits for note in visit.warnings)
    assert news(fresh_site, impersonal(trip)) == ()
    with fresh_site.acting("staff"):
        fresh_site.add_notice(None, "change", {"vi": "Mưa bão", "en": "Storm"}, starts=first, ends=first)
    (told,) = news(fresh_site, impersonal(trip))
    assert told.notice and told.notice.words["en"] == "Storm" and told.on == first
