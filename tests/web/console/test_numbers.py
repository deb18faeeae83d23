"""Figures: what is counted is shown, by whatever it was counted, for the days asked for, and taken away as a file."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from guide.visits import Rating, Turned, Visits
from tests.web.console.conftest import SignedIn
from web.console.numbers.charts import columns
from web.console.numbers.figures import Span
from web.console.numbers.period import Period

TODAY = date(2026, 11, 24)
PRICE = Turned(TODAY, "web", "vi", "price", "yen-tu", "answered")
COUNTED = {
    PRICE: 12,
    PRICE._replace(day=TODAY - timedelta(days=2), outcome="unanswered"): 3,
    PRICE._replace(topic="greet", place="", outcome="talk"): 40,
    PRICE._replace(topic="plan_trip", place="", outcome="plan_made"): 2,
    PRICE._replace(day=TODAY - timedelta(days=300), lang="en"): 7,
    PRICE._replace(topic="=cmd()", place="", channel="-x", outcome="unanswered"): 1,
}


@pytest.fixture
def counted(visits: Visits, now: datetime) -> Visits:
    """A few days of visitors."""
    visits.counts.add(COUNTED)
    visits.ratings.add("a", Rating("giá?", "0 đ", "vi", "web", True, None, now))
    visits.ratings.add("b", Rating("giờ?", "7:00", "vi", "web", False, "wrong", now - timedelta(days=200)))
    return visits


def numbers_in(page: str) -> list[str]:
    """The large figures at the top."""
    return [part.split("<")[0] for part in page.split("<strong")[1:] for part in [part.partition(">")[2]]][:5]


def test_before_anybody_asked_the_page_says_so(signed_in: SignedIn) -> None:
    page = signed_in("viewer").get("/console/numbers").content.decode()
    assert "Chưa có câu hỏi nào trong thời gian này" in page and "<svg" not in page


def test_figures_of_the_last_thirty_days(signed_in: SignedIn, counted: Visits) -> None:
    page = signed_in("viewer").get("/console/numbers").content.decode()
    assert numbers_in(page) == ["16", "12", "2", "1", "0"], "talk is no question, and older days are not meant"
    assert "75% số câu hỏi" in page and "Yên Tử" in page and "giá vé" in page
    assert "24/11/2026 – 24/11/2026: 12 câu trả lời được, 1 câu chưa" in page


def test_a_year_is_shown_by_weeks(signed_in: SignedIn, counted: Visits) -> None:
    page = signed_in("viewer").get("/console/numbers?days=365").content.decode()
    assert numbers_in(page) == ["23", "19", "2", "1", "1"]
    assert "Theo tuần" in page and "tiếng Anh" in page and page.count("<rect") < 250


def test_the_same_to_keep_with_nothing_a_spreadsheet_would_work_out(signed_in: SignedIn, counted: Visits) -> None:
    browser = signed_in("viewer")
    text = browser.get("/console/numbers/file/csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Ngày", "Kênh", "Ngôn ngữ", "Chủ đề", "Địa điểm", "Kết quả", "Số lượt"]
    assert ["2026-11-24", "web", "vi", "price", "yen-tu", "answered", "12"] in rows
    assert ["2026-11-24", "'-x", "vi", "'=cmd()", "", "unanswered", "1"] in rows
    book = load_workbook(io.BytesIO(browser.get("/console/numbers/file/xlsx").content))
    assert book.sheetnames == ["Tất cả", "Ngày", "Chủ đề", "Địa điểm", "Kênh", "Ngôn ngữ", "Kết quả"]
    assert [12, 3] in [[cell.value for cell in row[1:]] for row in book["Địa điểm"].rows]
    assert not [cell for sheet in book for row in sheet.rows for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("sent", "first", "last"),
    [
        pytest.param({}, date(2026, 10, 26), TODAY, id="usual"),
        pytest.param({"days": "7"}, date(2026, 11, 18), TODAY, id="a week"),
        pytest.param({"days": "1e9"}, date(2026, 10, 26), TODAY, id="no number of days"),
        pytest.param({"first": "2026-11-01", "last": "2026-11-05"}, date(2026, 11, 1), date(2026, 11, 5), id="from to"),
        pytest.param({"first": "2026-12-01", "last": "9999-12-31"}, TODAY, TODAY, id="days to come"),
        pytest.param({"first": "2020-01-01"}, TODAY - timedelta(days=1098), TODAY, id="longer than is looked back"),
        pytest.param({"first": "<script>", "last": "x"}, date(2026, 10, 26), TODAY, id="no days"),
        pytest.param({"last": "0001-01-01"}, date(2026, 10, 26), TODAY, id="before the calendar"),
    ],
)
def test_a_period_always_makes_sense(sent: dict[str, str], first: date, last: date) -> None:
    assert Period.asked(sent, TODAY) == Period(first, last)


@pytest.mark.parametrize(("most", "top"), [(0, 2), (3, 4), (7, 10), (13, 20), (999, 1000), (1001, 2000)])
def test_the_scale_ends_at_a_round_figure(most: int, top: int) -> None:
    chart = columns([Span(TODAY, TODAY, most, 0)])
    assert chart.most == top and chart.columns[0].answered == most * 1000 // top
