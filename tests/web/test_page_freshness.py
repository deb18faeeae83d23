"""Pages are quick because they are kept, and never older than the facts."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.reading import Visit
from web.pages.facts import Pages

LIMIT_MS = 50


def test_what_staff_change_is_on_the_page_at_once(visit_fresh: Visit, fresh_site: SiteDb, lang: str) -> None:
    ref = Ref("place", "chua-dong")
    before = visit_fresh(f"/{lang}/chua-dong").content.decode()
    with fresh_site.acting("test"):
        fresh_site.set(ref, "summary", "Changed a moment ago.", lang=lang)
    after = visit_fresh(f"/{lang}/chua-dong").content.decode()
    assert "Changed a moment ago." not in before
    assert "Changed a moment ago." in after


def test_a_notice_shows_on_its_days_only(
    visit_fresh: Visit, fresh_site: SiteDb, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = now.date()
    with fresh_site.acting("test"):
        words = {"vi": "Cáp treo nghỉ bảo dưỡng.", "en": "The cable car is closed for maintenance."}
        fresh_site.add_notice(Ref("place", "yen-tu"), "closure", words, starts=today, ends=today)
    assert "The cable car is closed for maintenance." in visit_fresh("/en/").content.decode()
    assert "Cáp treo nghỉ bảo dưỡng." in visit_fresh("/vi/chua-dong").content.decode(), "the pagoda is in Yên Tử"
    monkeypatch.setattr("web.pages.views.now", lambda: now + timedelta(days=1))
    assert "The cable car is closed for maintenance." not in visit_fresh("/en/").content.decode()


@pytest.mark.parametrize("address", ["/vi/", "/en/", "/vi/yen-tu", "/en/chua-dong"])
def test_a_kept_page_takes_little_time(visit: Visit, address: str) -> None:
    visit(address)
    times = []
    for _ in range(7):
        start = perf_counter()
        visit(address)
        times.append((perf_counter() - start) * 1000)
    assert median(times) < LIMIT_MS


def test_an_unchanged_page_is_not_sent_again(visit: Visit) -> None:
    from django.test import Client

    first = visit("/vi/")
    again = Client(headers={"host": "localhost", "if-none-match": first["ETag"]}).get("/vi/")
    assert again.status_code == 304 and not again.content


def test_kept_pages_are_made_once_for_each_version_and_forgotten_when_room_runs_out() -> None:
    made: list[str] = []

    def maker(name: str) -> Any:
        return lambda: made.append(name) or name.encode()

    pages = Pages(room=2)
    assert [pages.get(1, "home", maker("a")) for _ in range(2)] == [b"a", b"a"]
    assert pages.get(2, "home", maker("b")) == b"b", "another version of the database"
    pages.get(2, "place", maker("c"))
    pages.get(1, "home", maker("d"))
    assert made == ["a", "b", "c", "d"]
