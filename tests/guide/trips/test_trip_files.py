"""The files of a trip, read back by other programs' libraries: vobject, gpx with the GPX 1.1 schema, and ZXing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import gpx as gpx_reader
import pytest
import segno
import vobject
import zxingcpp
from lxml import etree
from PIL import Image

from guide.answers.trip_words import TripWords
from guide.answers.wording import wording_for
from guide.planner.itinerary import Itinerary, Meal
from guide.sitedb import SiteDb
from guide.trips.calendar_file import ics
from guide.trips.gpx_file import gpx
from guide.trips.qr import svg
from guide.trips.telling import TripTold

PAGE = "https://truc.example.vn/t/0123456789abcdef0123456789abcdef?lang=vi"


class Event(NamedTuple):
    """What a calendar shows of an event."""

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime
    description: str
    where: str
    spot: str
    url: str
    busy: bool


def events_of(file: bytes) -> list[Event]:
    """The events of a calendar file."""
    return [
        Event(
            *(read.getChildValue(name, "") for name in ("uid", "summary", "dtstart", "dtend", "description")),
            *(read.getChildValue(name, "") for name in ("location", "geo", "url")),
            read.getChildValue("transp") != "TRANSPARENT",
        )
        for read in vobject.readOne(file.decode()).vevent_list
    ]


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def events(site: SiteDb, trip: Itinerary, lang: str) -> list[Event]:
    """The events of the calendar file as another library reads them."""
    return events_of(ics(site, trip, lang, url=PAGE))


def test_every_visit_is_an_event_at_its_time(events: list[Event], site: SiteDb, trip: Itinerary, lang: str) -> None:
    name = TripWords(site, wording_for(lang)).name
    timed = [event for event in events if isinstance(event.start, datetime)]
    planned = [(datetime.fromisoformat(f"{day.date}T00:00+07:00"), visit) for day in trip.days for visit in day.visits]
    for event, (midnight, visit) in zip(timed, planned, strict=True):
        assert event.summary == name(visit.place) and event.busy
        assert event.start == midnight + timedelta(minutes=visit.arrive)
        assert event.end == midnight + timedelta(minutes=visit.leave)


def test_every_day_is_an_entry_that_keeps_nobody_busy(events: list[Event], trip: Itinerary) -> None:
    whole = [event for event in events if not isinstance(event.start, datetime)]
    assert [event.start for event in whole] == [day.date for day in trip.days]
    assert all(event.end == event.start + timedelta(days=1) and not event.busy for event in whole)


def test_an_event_says_where_why_and_how_the_hours_are_known(
    events: list[Event], site: SiteDb, trip: Itinerary, lang: str
) -> None:
    told = TripTold(site, trip, lang)
    for visit in trip.visits:
        event = next(event for event in events if event.summary == told.teller.words.name(visit.place))
        spot = site.location(visit.place)
        assert spot and tuple(map(float, event.spot.split(";"))) == (spot.lat, spot.lon)
        assert event.where.startswith(event.summary)
        assert told.hours(visit) in event.description
        assert all(said in event.description for said in (*told.why(visit), *told.warnings(visit)))
        assert event.url == PAGE


def test_the_file_brings_its_time_zone(site: SiteDb, trip: Itinerary) -> None:
    zone = vobject.readOne(ics(site, trip, "vi").decode()).vtimezone
    assert zone.tzid.value == "Asia/Ho_Chi_Minh" and zone.standard.tzoffsetto.value == "+0700"


def test_ids_stay_when_the_file_is_read_again_or_in_another_language(site: SiteDb, trip: Itinerary) -> None:
    vietnamese, english = ([event.uid for event in events_of(ics(site, trip, lang))] for lang in ("vi", "en"))
    assert vietnamese == english and len(set(english)) == len(english)
    assert ics(site, trip, "vi") == ics(site, trip, "vi")


def test_lines_are_short_and_end_as_the_standard_wants(site: SiteDb, trip: Itinerary) -> None:
    lines = ics(site, trip, "vi").split(b"\r\n")
    assert max(map(len, lines)) <= 75 and not any(b"\n" in line for line in lines)


# maps


@pytest.fixture(scope="module")
def track(site: SiteDb, trip: Itinerary, lang: str) -> gpx_reader.GPX:
    """The map file as another library reads it."""
    return gpx_reader.GPX.from_string(gpx(site, trip, lang, url=PAGE).decode())


def test_the_map_file_keeps_to_the_gpx_schema(site: SiteDb, trip: Itinerary, lang: str) -> None:
    schema = etree.XMLSchema(etree.fromstring((files("gpx") / "gpx.xsd").read_bytes()))
    schema.assertValid(etree.fromstring(gpx(site, trip, lang, url=PAGE)))


def test_every_stop_and_night_is_a_waypoint(track: gpx_reader.GPX, site: SiteDb, trip: Itinerary, lang: str) -> None:
    name = TripWords(site, wording_for(lang)).name
    named = [point.name for point in track.waypoints]
    for visit in trip.visits:
        assert name(visit.place) in named
        assert all(name(stop.place) in named for stop in visit.stops)
    told = TripTold(site, trip, lang)
    nights = [told.say("night", name=name(day.night.place)) for day in trip.days if day.night]
    lunches = [told.lunch(item) for day in trip.days for item in day.items if isinstance(item, Meal)]
    assert set(nights + lunches) <= set(named) and len(nights) == 2


def test_waypoints_stand_where_and_when_the_visits_are(
    track: gpx_reader.GPX, site: SiteDb, trip: Itinerary, lang: str
) -> None:
    visit, day = trip.visits[0], trip.days[0]
    point = next(p for p in track.waypoints if p.name == TripWords(site, wording_for(lang)).name(visit.place))
    spot = site.location(visit.place)
    assert spot and (float(point.lat), float(point.lon)) == pytest.approx((spot.lat, spot.lon))
    midnight = datetime.fromisoformat(f"{day.date}T00:00:00+07:00")
    assert point.time == midnight + timedelta(minutes=visit.arrive)


def test_every_day_is_a_route_from_its_start_to_its_end(
    track: gpx_reader.GPX, site: SiteDb, trip: Itinerary, lang: str
) -> None:
    name = TripWords(site, wording_for(lang)).name
    assert [route.name for route in track.routes] == [TripTold(site, trip, lang).day_name(day) for day in trip.days]
    for route, day in zip(track.routes, trip.days, strict=True):
        assert [route.points[0].name, route.points[-1].name] == [name(day.start), name(day.end)]


def test_a_day_without_anything_breaks_no_file(site: SiteDb, trip: Itinerary) -> None:
    empty = replace(trip, days=(replace(trip.days[0], items=()), *trip.days[1:]))
    assert len(events_of(ics(site, empty, "vi"))) == len(trip.days) + len(empty.visits)
    assert len(gpx_reader.GPX.from_string(gpx(site, empty, "vi").decode()).routes) == len(trip.days) - 1


# code


def test_the_code_leads_to_the_page() -> None:
    """ZXing reads pixels; the SVG's own modules are checked to be those of the picture that it reads."""
    picture = BytesIO()
    code = segno.make_qr(PAGE, error="m")
    code.save(picture, kind="png", scale=4, border=4)
    (read,) = zxingcpp.read_barcodes(Image.open(picture))
    assert read.text == PAGE and read.format == zxingcpp.BarcodeFormat.QRCode
    drawn = etree.fromstring(svg(PAGE, "QR"))
    assert drawn.findtext("{*}title") == "QR"
    assert _modules(drawn.find("{*}path[@class='qrline']").get("d")) == {
        (row, column) for row, line in enumerate(code.matrix) for column, dark in enumerate(line) if dark
    }


def _modules(path: str) -> set[tuple[int, int]]:
    """The dark squares of an SVG path of horizontal lines, without the quiet zone of four."""
    found, x, y = set(), 0.0, 0.0
    for command in path.replace("M", "\nM").replace("m", "\nm").replace("h", "\nh").split("\n")[1:]:
        numbers = [float(number) for number in command[1:].replace("-", " -").split()]
        if command[0] == "h":
            found |= {(int(y) - 4, column) for column in range(round(x) - 4, round(x + numbers[0]) - 4)}
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command[0] == "M" else (x + numbers[0], y + numbers[1])
    return found
