"""The page of a kept trip: everything planned, what has become known since, and files to take along."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Callable

import gpx
import pytest
import vobject
from django.test import Client
from django.test.utils import override_settings

from guide.answers.formats import clock as said_clock
from guide.answers.formats import plain_day
from guide.answers.trip_words import TripWords, clock
from guide.answers.wording import wording_for
from guide.planner.itinerary import Itinerary
from guide.planner.plan import plan
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.trips.store import TripStore
from tests.guide.planner.trips_kit import FEW, asked
from tests.web.reading import Page, Visit, plain, read
from web.pages.words import say

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


@pytest.fixture(scope="module")
def trip(site: SiteDb) -> Itinerary:
    """Three days from Hà Nội with somebody of 75."""
    return plan(site, asked(days=3, oldest=75, interests=("pagodas",)), FEW)


@pytest.fixture
def store(tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> TripStore:
    """The store that the pages read, at the tests' moment."""
    monkeypatch.setattr("web.trips.views.now", lambda: now)
    with override_settings(TRIPS=tmp_path / "trips.db"):
        yield TripStore(tmp_path / "trips.db")


@pytest.fixture
def address(store: TripStore, trip: Itinerary, now: datetime) -> str:
    """The address of the trip, kept in Vietnamese."""
    return f"/t/{store.keep(trip, 'vi', now)}"


def test_every_day_visit_time_and_night_is_there(
    visit: Visit, site: SiteDb, address: str, trip: Itinerary, lang: str
) -> None:
    page = read(visit, f"{address}?lang={lang}")
    words, said = TripWords(site, wording_for(lang)), plain(page.said(lang))
    for day in trip.days:
        assert f"day-{day.number}" in page.ids
        for one in day.visits:
            assert words.name(one.place) in said
            assert said_clock(clock(one.arrive), lang) in said and said_clock(clock(one.leave), lang) in said
            assert all(words.name(stop.place) in said for stop in one.stops if len(one.stops) > 1)
        assert not day.night or wording_for(lang).say("keep.night", name=words.name(day.night.place)) in said
    assert [f"visit-{number}" in page.ids for number in range(1, len(trip.visits) + 1)] == [True] * len(trip.visits)


def test_reasons_warnings_and_what_was_left_out_are_there(
    visit: Visit, site: SiteDb, address: str, trip: Itinerary, lang: str
) -> None:
    words = TripWords(site, wording_for(lang))
    said = plain(read(visit, f"{address}?lang={lang}").said(lang))
    assert trip.left_out and trip.alternatives and trip.cost.unknown
    for one in trip.visits:
        assert all(reason in said for reason in words.notes("why", one.why))
    assert all(warning in said for warning in words.notes("warn", trip.warnings))
    assert all(unknown in said for unknown in words.notes("unknown", trip.cost.unknown))
    assert say(lang, "trip.left_out") in said and say(lang, "trip.alternatives") in said


def test_the_page_is_sound_and_needs_no_script(visit: Visit, address: str, lang: str) -> None:
    page = read(visit, f"{address}?lang={lang}")
    assert page.mistakes == [] and page.of("html") == [{"lang": lang}] and len(page.of("h1")) == 1
    assert page.of("style") == [] and not [values for _, values in page.elements if "style" in values]
    assert all("src" in script for script in page.of("script")), "nothing inline"
    assert all("alt" in image for image in page.of("img"))


@pytest.mark.parametrize("days", [1, 7])
def test_trips_of_any_length_have_a_sound_page(
    visit: Visit, site: SiteDb, store: TripStore, now: datetime, days: int, lang: str
) -> None:
    page = read(visit, f"/t/{store.keep(plan(site, asked(days=days), FEW), lang, now)}")
    assert page.mistakes == [] and f"day-{days}" in page.ids and f"day-{days + 1}" not in page.ids
    assert not re.search(r"\{\{|\{%|None|\bplace/|\bplan\.|\bkeep\.", page.said(lang))


def test_the_page_is_small_for_a_weak_phone(visit: Visit, address: str) -> None:
    page = visit(address)
    css = Path("web/pages/static/pages/trip.css").read_bytes()
    assert len(page.content) < 80_000 and len(css) < 12_000


def test_the_language_can_be_switched(visit: Visit, address: str) -> None:
    assert visit(address)["Content-Language"] == "vi", "as it was kept"
    page = read(visit, f"{address}?lang=en")
    switch = {link["hreflang"]: link["href"] for link in page.of("a") if "data-language" in link}
    assert switch == {code: f"http://localhost{address}?lang={code}" for code in ("vi", "en")}
    assert visit(f"{address}?lang=xx")["Content-Language"] == "vi"


def test_it_is_found_by_nobody_who_was_not_given_it(visit: Visit, address: str) -> None:
    for ending in ("", ".ics", ".gpx", ".svg"):
        headers = visit(address + ending).headers
        assert headers["Cache-Control"].startswith("private")
        assert "noindex" in headers["X-Robots-Tag"] and headers["Referrer-Policy"] == "no-referrer"
    assert address not in visit("/sitemap.xml").content.decode()


def test_until_when_it_can_be_opened_is_said(visit: Visit, address: str, lang: str) -> None:
    said = read(visit, f"{address}?lang={lang}").said(lang)
    assert say(lang, "trip.expires", day=plain_day(date(2027, 1, 23), lang)) in said


@pytest.mark.parametrize("ending", ["", ".ics", ".gpx", ".svg"])
def test_an_expired_trip_is_gone(
    visit: Visit, store: TripStore, address: str, now: datetime, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    later = now + timedelta(days=60)
    monkeypatch.setattr("web.trips.views.now", lambda: later)
    answer = visit(f"{address}{ending}?lang=en")
    page = Page(answer.content.decode())
    assert answer.status_code == 410 and page.mistakes == [] and page.of("html") == [{"lang": "en"}]
    assert say("vi", "error.expired_trip.title") in page.said("vi")
    assert say("en", "error.expired_trip.title") in page.said("en")
    assert store.purge(later) == 0, "it was deleted when it was asked for"


@pytest.mark.parametrize(
    "id_",
    [
        pytest.param("0" * 32, id="unknown"),
        pytest.param("abc", id="too-short"),
        pytest.param("Z" * 32, id="no-id"),
        pytest.param("../../etc/passwd", id="climbing-out"),
    ],
)
def test_a_trip_that_never_was_is_not_there(visit: Visit, store: TripStore, id_: str) -> None:
    answer = visit(f"/t/{id_}")
    page = Page(answer.content.decode())
    assert answer.status_code == 404 and page.said("vi") and page.said("en")


def test_trips_are_for_reading(address: str) -> None:
    assert Client(headers={"host": "localhost"}).post(address).status_code == 405


# files


def test_the_calendar_file(visit: Visit, address: str, trip: Itinerary) -> None:
    answer = visit(f"{address}.ics?lang=en")
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == f'attachment; filename="truc-{trip.days[0].date}.ics"'
    events = vobject.readOne(answer.content.decode()).vevent_list
    assert len(events) == len(trip.days) + len(trip.visits)
    assert {event.url.value for event in events} == {f"http://localhost{address}?lang=en"}


def test_the_map_file(visit: Visit, address: str, trip: Itinerary) -> None:
    answer = visit(f"{address}.gpx?lang=en")
    assert answer["Content-Type"] == "application/gpx+xml"
    assert len(gpx.GPX.from_string(answer.content.decode()).routes) == len(trip.days)


def test_the_code_is_a_picture_of_the_address(visit: Visit, address: str) -> None:
    answer = visit(f"{address}.svg?lang=en")
    assert answer["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content


def test_links_of_the_public_site_are_used(visit: Visit, address: str) -> None:
    with override_settings(PUBLIC_URL="https://truc.example.vn"):
        (canonical,) = (link for link in read(visit, address).of("link") if link["rel"] == "canonical")
    assert canonical["href"] == f"https://truc.example.vn{address}?lang=vi"


# what has become known since


def test_a_trip_that_holds_says_so(visit: Visit, address: str, lang: str) -> None:
    said = read(visit, f"{address}?lang={lang}").said(lang)
    assert say(lang, "trip.holds", day=plain_day(date(2026, 11, 24), lang)) in said


@pytest.fixture
def close(fresh_site: SiteDb, trip: Itinerary) -> Callable[[date, date], str]:
    """Staff close the first place of the trip from one day to another."""

    def do(first: date, last: date) -> str:
        with fresh_site.acting("staff"):
            fresh_site.add_notice(
                trip.visits[0].place,
                "closure",
                {"vi": "Nghỉ tu sửa", "en": "Shut for repairs"},
                starts=first,
                ends=last,
            )
        return "Shut for repairs"

    return do


def test_what_closes_on_a_day_of_the_trip_comes_first(
    visit_fresh: Visit, address: str, trip: Itinerary, close: Callable[[date, date], str]
) -> None:
    text = close(trip.days[0].date, trip.days[0].date)
    said = read(visit_fresh, f"{address}?lang=en").said("en")
    assert say("en", "trip.news") in said and text in said
    assert said.index(text) < said.index(say("en", "trip.day", number=1) + " Hà Nội")
    assert "still fits" not in said


def test_what_closes_on_another_day_is_no_news(
    visit_fresh: Visit, address: str, trip: Itinerary, close: Callable[[date, date], str]
) -> None:
    text = close(trip.days[-1].date + timedelta(days=1), trip.days[-1].date + timedelta(days=9))
    assert text not in read(visit_fresh, f"{address}?lang=en").said("en")


def test_hours_that_no_longer_fit_are_said(
    visit_fresh: Visit, fresh_site: SiteDb, address: str, trip: Itinerary, lang: str
) -> None:
    assert trip.visits[0].leave > 8 * 60
    with fresh_site.acting("staff"):
        fresh_site.set(trip.visits[0].place, "hours", "Mo-Su 06:00-08:00")
    assert say(lang, "trip.news_hours", day=1) in read(visit_fresh, f"{address}?lang={lang}").said(lang)


def test_a_place_that_staff_took_out_does_not_break_the_page(
    visit_fresh: Visit, fresh_site: SiteDb, address: str, trip: Itinerary
) -> None:
    gone = next(one.place for one in trip.visits if not one.stops and not fresh_site.children(one.place.id))
    with fresh_site.acting("staff"):
        fresh_site.delete(gone)
    said = read(visit_fresh, f"{address}?lang=en").said("en")
    assert say("en", "trip.news_gone", day=trip.day_of(gone)) in said


def test_a_trip_that_is_over_says_so(
    visit: Visit, address: str, trip: Itinerary, monkeypatch: pytest.MonkeyPatch, now: datetime, lang: str
) -> None:
    after = datetime.combine(trip.days[-1].date + timedelta(days=1), now.timetz())
    monkeypatch.setattr("web.trips.views.now", lambda: after)
    assert say(lang, "trip.over") in read(visit, f"{address}?lang={lang}").said(lang)


def test_markup_in_a_fact_is_only_text(visit_fresh: Visit, fresh_site: SiteDb, address: str, trip: Itinerary) -> None:
    with fresh_site.acting("test"):
        fresh_site.set(trip.visits[0].place, "name", EVIL, lang="vi")
    page = Page(visit_fresh(address).content.decode())
    assert page.mistakes == [] and not [values for _, values in page.elements if "onerror" in values]


def test_the_wish_to_plan_it_again_waits_in_the_widget(
    visit: Visit, site: SiteDb, address: str, trip: Itinerary, lang: str
) -> None:
    page = read(visit, f"{address}?lang={lang}")
    (button,) = (values for values in page.of("button") if "data-prefill" in values)
    assert all(site.name(Ref("place", "ha-noi"), lang) in button["data-prefill"] for _ in trip.days)
    assert "data-ask" not in button, "it is the visitor who sends"
