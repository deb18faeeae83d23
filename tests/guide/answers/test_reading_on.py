"""What the visitor's own words add to a question: a month, a season, the fact that they are after."""

from datetime import date

import pytest

from guide.answers.dates import is_stale, months_between, read_date
from guide.answers.months import month_asked, months_asked
from guide.answers.relevance import by_relevance, shared_words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text, month",
    [
        pytest.param("thời tiết tháng 3 ở Yên Tử", 3, id="figure"),
        pytest.param("thoi tiet thang 12", 12, id="figure-without-marks"),
        pytest.param("tháng mười hai có lạnh không", 12, id="in-words"),
        pytest.param("tháng mười có lạnh không", 10, id="shorter-word"),
        pytest.param("tháng Giêng đi được không", 2, id="first-lunar-month"),
        pytest.param("tháng 8 âm lịch có mưa không", 9, id="lunar"),
        pytest.param("thang 3 am co mua khong", 4, id="lunar-without-marks"),
        pytest.param("What is the weather like in March?", 3, id="english"),
        pytest.param("in may is it hot", 5, id="english-that-is-also-a-verb"),
        pytest.param("may I come along the march of soldiers", None, id="verbs-are-no-months"),
        pytest.param("next month?", 12, id="next-month"),
        pytest.param("tháng sau có lạnh không", 12, id="next-month-vietnamese"),
        pytest.param("tháng này", 11, id="this-month"),
        pytest.param("tháng 15", None, id="no-such-month"),
        pytest.param("Giá vé bao nhiêu?", None, id="none"),
    ],
)
def test_which_month_is_meant(text: str, month: int) -> None:
    assert month_asked(text, TODAY) == month


def test_a_season_is_several_months() -> None:
    assert months_asked("mùa thu có đẹp không", TODAY) == (9, 10, 11)
    assert months_asked("in spring", TODAY) == (2, 3, 4)
    assert months_asked("hôm nay", TODAY) == ()


FACTS = ["Chùa dài 4,6 m, rộng 3,6 m.", "Mỗi cột chùa nặng 1 tấn.", "Chùa khánh thành năm 2007."]


@pytest.mark.parametrize(
    "asked, first",
    [
        pytest.param("chùa Đồng nặng bao nhiêu tấn", 1, id="weight"),
        pytest.param("chua dong nang bao nhieu tan", 1, id="weight-without-marks"),
        pytest.param("khánh thành khi nào", 2, id="opening"),
        pytest.param("kể về chùa Đồng", 0, id="nothing-in-particular-keeps-the-order"),
    ],
)
def test_the_fact_that_is_asked_for_comes_first(asked: str, first: int) -> None:
    assert by_relevance(FACTS, str, asked, ["Chùa Đồng"])[0] == FACTS[first]


def test_ordering_loses_nothing() -> None:
    assert sorted(by_relevance(FACTS, str, "nặng")) == sorted(FACTS)


def test_names_do_not_count_as_shared_words() -> None:
    assert shared_words("Chùa Đồng nặng 70 tấn", "chùa Đồng", ["Chùa Đồng"]) == 0
    assert shared_words("Chùa Đồng nặng 70 tấn", "nặng mấy tấn", ["Chùa Đồng"]) == 2


@pytest.mark.parametrize(
    "text, day",
    [
        pytest.param("2026-02-05", date(2026, 2, 5), id="day"),
        pytest.param("2016-03", date(2016, 3, 1), id="month"),
        pytest.param("2016", date(2016, 1, 1), id="year"),
        pytest.param(None, None, id="unknown"),
        pytest.param("không rõ", None, id="words"),
        pytest.param("2026-13-45", None, id="nonsense"),
    ],
)
def test_dates_of_sources(text, day) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "as_of, stale",
    [
        pytest.param(date(2025, 5, 24), True, id="eighteen-months-to-the-day"),
        pytest.param(date(2025, 5, 25), False, id="a-day-less"),
        pytest.param(date(2026, 11, 1), False, id="fresh"),
        pytest.param(None, True, id="undated"),
    ],
)
def test_what_counts_as_old(as_of, stale: bool) -> None:
    assert is_stale(as_of, TODAY) is stale


def test_whole_months_are_counted() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 3, 1)) == 1
