"""Each kind of value as visitors say it, on a Tuesday in November."""

from __future__ import annotations

from datetime import datetime

import pytest

from guide.values import find_values
from ops.evaluate_values import spelt

NOW = datetime(2026, 11, 24, 9, 0)  # the 16th of the tenth lunar month


def said(text: str, lang: str = "vi", now: datetime = NOW) -> list[str]:
    """The values of a text in the notation of the held-out sentences."""
    return [spelt(found.value, found.role) for found in find_values(text, lang, now)]


def cases(*rows: tuple[str, ...]) -> pytest.MarkDecorator:
    """Texts with the values they hold; the text is the id."""
    return pytest.mark.parametrize(
        ("text", "wanted"), [pytest.param(text, list(wanted), id=text) for text, *wanted in rows]
    )


@cases(
    ("20/2", "date 2027-02-20"),
    ("20 tháng 2", "date 2027-02-20"),
    ("ngày 24/11", "date 2026-11-24"),
    ("ngày 23/11", "date 2027-11-23"),
    ("20/2 âm lịch", "date 2027-03-27 lunar"),
    ("mùng 10 tháng Giêng", "date 2027-02-15 lunar"),
    ("mồng 5 Tết", "date 2027-02-10 lunar"),
    ("30 Tết", "date 2027-02-05 lunar"),  # the year's last month has 29 days
    ("rằm tháng Tám", "date 2027-09-15 lunar"),
    ("tháng Chạp", "date 2027-01-08/2027-02-05 lunar month"),
    ("cuối tuần này", "date 2026-11-28/2026-11-29 weekend"),
    ("cuối tuần sau", "date 2026-12-05/2026-12-06 weekend"),
    ("thứ Bảy tới", "date 2026-11-28"),
    ("thứ 3", "date 2026-11-24"),
    ("thứ 3 tới", "date 2026-12-01"),
    ("mai", "date 2026-11-25"),
    ("ngày mốt", "date 2026-11-26"),
    ("tuần sau", "date 2026-11-30/2026-12-06 week"),
    ("tháng sau", "date 2026-12-01/2026-12-31 month"),
    ("2 tuần nữa", "date 2026-12-08"),
    ("từ 20 đến 22/2", "date 2027-02-20/2027-02-22 days"),
    ("20-22/2", "date 2027-02-20/2027-02-22 days"),
    ("30/12 - 2/1", "date 2026-12-30/2027-01-02 days"),
    ("mùng 3 đến mùng 5 tết", "date 2027-02-08/2027-02-10 lunar days"),
    ("lễ 30/4", "date 2027-04-30/2027-05-01 holiday reunification"),
    ("trước Tết", "date 2027-02-06/2027-02-10 lunar holiday tet end"),
)
def test_dates(text: str, wanted: list[str]) -> None:
    """A year that is left out is the next in which the day is still to come; lunar and solar are told apart."""
    assert said(text) == wanted


@cases(
    ("next Saturday", "date 2026-11-28"),
    ("in two weeks", "date 2026-12-08"),
    ("20th of February", "date 2027-02-20"),
    ("February 20-22", "date 2027-02-20/2027-02-22 days"),
    ("from 30 December to 2 January", "date 2026-12-30/2027-01-02 days"),
    ("day after tomorrow", "date 2026-11-26"),
    ("the weekend", "date 2026-11-28/2026-11-29 weekend"),
    ("mid-March", "date 2027-03-11/2027-03-20 days"),
    ("15th day of the eighth lunar month", "date 2027-09-15 lunar"),
    ("2/20", "date 2027-02-20"),
)
def test_english_dates(text: str, wanted: list[str]) -> None:
    """Day before month, unless that is no date."""
    assert said(text, "en") == wanted


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        pytest.param(datetime(2026, 11, 28, 8), "date 2026-11-28/2026-11-29 weekend", id="on Saturday"),
        pytest.param(datetime(2026, 11, 29, 8), "date 2026-11-29 weekend", id="on Sunday what is left"),
        pytest.param(datetime(2026, 12, 31, 8), "date 2027-01-02/2027-01-03 weekend", id="over the year's end"),
    ],
)
def test_this_weekend_as_the_days_go_by(now: datetime, wanted: str) -> None:
    """The same words on other days."""
    assert said("cuối tuần này", now=now) == [wanted]


@cases(
    ("2 ngày 1 đêm", "duration 2d 1n"),
    ("2N1Đ", "duration 2d 1n"),
    ("3n2d", "duration 3d 2n"),
    ("ba ngày hai đêm", "duration 3d 2n"),
    ("nửa ngày", "duration 240m"),
    ("1/2 ngày", "duration 240m"),
    ("nửa buổi", "duration 120m"),
    ("cả ngày", "duration 1d"),
    ("một ngày rưỡi", "duration 1d 240m"),
    ("a long weekend", "duration 3d"),
    ("overnight", "duration 1n"),
    ("a couple of days", "duration 2d"),
    ("one and a half days", "duration 1d 240m"),
    ("3 ngày từ thứ Sáu", "duration 3d", "date 2026-11-27 begin"),
)
def test_lengths(text: str, wanted: list[str]) -> None:
    """Days, nights and hours."""
    assert said(text) == wanted


@cases(
    ("8h30", "clock 08:30"),
    ("8g", "clock 08:00"),
    ("7 giờ tối", "clock 19:00"),
    ("12 giờ đêm", "clock 00:00"),
    ("5 rưỡi chiều", "clock 17:30"),
    ("9 giờ kém 15", "clock 08:45"),
    ("2pm", "clock 14:00"),
    ("12 am", "clock 00:00"),
    ("half past nine", "clock 09:30"),
    ("noon", "clock 12:00"),
    ("sau 8h", "clock 08:00 begin"),
    ("phải về trước 5 giờ chiều", "clock 17:00 end"),
    ("leave at 8, back by 6", "clock 08:00 begin", "clock 18:00 end"),
    ("8h-17h", "clock 08:00 begin", "clock 17:00 end"),
    ("từ 8h đến 5h", "clock 08:00 begin", "clock 17:00 end"),
)
def test_times_of_day(text: str, wanted: list[str]) -> None:
    """With what begins and ends at them; one of twelve hours is the likelier one."""
    assert said(text) == wanted


@cases(
    ("2 người lớn 1 trẻ em 5 tuổi", "party adults=2 children=5"),
    ("bà ngoại 75 tuổi", "party oldest=75"),
    ("hai vợ chồng", "party adults=2 group=couple"),
    ("hai vợ chồng và bà ngoại 75 tuổi", "party adults=3 oldest=75 group=couple"),
    ("cả nhà 4 người có 2 bé", "party adults=2 children=?,? group=family"),
    ("2 người và 1 bé", "party adults=2 children=?"),
    ("đoàn 20 người", "party adults=20 group=group"),
    ("mình đi một mình", "party adults=1 group=solo"),
    ("family of four with two kids 4 and 7", "party adults=2 children=4,7 group=family"),
    ("my 80-year-old grandfather", "party oldest=80"),
    ("ông 82 tuổi ngồi xe lăn", "party oldest=82", "party wheelchair"),
    ("bé 18 tháng", "party children=1"),
)
def test_parties(text: str, wanted: list[str]) -> None:
    """Children of a family of so many are among them; after "and" they come on top."""
    assert said(text) == wanted


@cases(
    ("dưới 2 triệu", "budget 2000000 max"),
    ("500k/người", "budget 500000 person"),
    ("tầm 1tr5", "budget 1500000"),
    ("1tr250", "budget 1250000"),
    ("2 củ", "budget 2000000"),
    ("hai triệu rưỡi", "budget 2500000"),
    ("3 triệu cho 2 người", "budget 3000000 party"),
    ("không quá 1.500.000đ", "budget 1500000 max"),
    ("2.5 million dong each", "budget 2500000 person"),
    ("under 100 dollars",),
    ("200 USD",),
)
def test_money(text: str, wanted: list[str]) -> None:
    """VND only: no rate of exchange is known here."""
    assert said(text) == wanted


@cases(
    ("đi xe máy", "transport motorbike"),
    ("ô tô riêng", "transport car"),
    ("tự lái", "transport car"),
    ("xe khách", "transport bus"),
    ("grab", "transport taxi"),
    ("đi tàu", "transport train"),
    ("đi tàu cao tốc ra đảo",),
    ("đi bộ", "transport walk"),
    ("by train", "transport train"),
    ("the cable car",),
    ("car park",),
)
def test_ways_to_come(text: str, wanted: list[str]) -> None:
    """What visitors travel by; no boats and no cable cars."""
    assert said(text) == wanted


@cases(
    ("chỗ thứ hai", "ordinal 2"),
    ("cái đầu tiên", "ordinal 1"),
    ("số 3", "ordinal 3"),
    ("nơi cuối cùng", "ordinal -1"),
    ("the last one", "ordinal -1"),
    ("the second one", "ordinal 2"),
    ("thứ hai tới", "date 2026-11-30"),
    ("vị vua thứ hai",),
    ("cầu số 5",),
)
def test_which_of_several(text: str, wanted: list[str]) -> None:
    """The second place is no Monday."""
    assert said(text) == wanted


@cases(
    ("0203 3854 533",),
    ("rẽ đường 18, rồi QL18",),
    ("chùa Ba Vàng",),
    ("đền Tam Thanh",),
    ("năm 1285",),
    ("ngày 13/3/1285",),
    ("cây 700 tuổi",),
    ("lần thứ ba",),
    ("đi được 1/2 đường",),
    ("ngõ 20/2",),
    ("bây giờ",),
    ("bay gio",),
    ("hoa mai vàng",),
    ("khuyen mai",),
    ("một người bao nhiêu tiền",),
    ("vé trẻ em",),
    ("trên 60 tuổi",),
    ("bến xe",),
    ("24/7",),
    ("32/13",),
    ("31/2",),
    ("the 13th century",),
    ("may I",),
    ("the sun",),
    ("the second king",),
)
def test_no_values(text: str, wanted: list[str]) -> None:
    """What looks like a value and is none."""
    assert said(text) == wanted == []
