"""What visitors ask for in passing: days, vehicles, diets, things; and facts that speak of something."""

import pytest

from guide.answers.cues import days_in, found, groups, tells
from guide.sitedb.records import Words
from guide.text import fold, nfc


@pytest.mark.parametrize(
    "text, days",
    [
        pytest.param("đi 3 ngày 2 đêm", 3, id="days-and-nights"),
        pytest.param("tour 3N2Đ", 3, id="as-tours-are-sold"),
        pytest.param("hai ngày một đêm", 2, id="in-words"),
        pytest.param("di 4 ngay", 4, id="without-marks"),
        pytest.param("a two-day trip", 2, id="hyphen"),
        pytest.param("we have 5 days", 5, id="english"),
        pytest.param("cuối tuần này đi đâu", 2, id="weekend"),
        pytest.param("a day trip from Hanoi", 1, id="day-trip"),
        pytest.param("đi trong ngày", 1, id="within-the-day"),
        pytest.param("we stay 2 nights", 3, id="nights"),
        pytest.param("ở lại 1 đêm", 2, id="one-night"),
        pytest.param("48 hours in Bac Ninh", 2, id="hours"),
        pytest.param("leo mất 6 giờ không", None, id="hours-of-a-climb"),
        pytest.param("can you change day 2", None, id="the-second-day"),
        pytest.param("ngày mai đi được không", None, id="tomorrow-is-no-length"),
        pytest.param("mùng 10 có đông không", None, id="a-date-is-no-length"),
        pytest.param("99 ngày", None, id="longer-than-any-trip"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_days(text: str, days: int | None) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    "text, group, cues",
    [
        pytest.param("đi xe máy từ Hà Nội", "vehicle", ("motorbike",), id="motorbike"),
        pytest.param("lái ô tô hay đi tàu hoả", "vehicle", ("car", "train"), id="two-vehicles"),
        pytest.param("quán chay", "diet", ("vegetarian",), id="vegetarian"),
        pytest.param("any vegan food?", "diet", ("vegetarian",), id="vegan"),
        pytest.param("chạy bộ", "diet", ("vegetarian",), id="a-known-confusion-of-folding"),
        pytest.param("cachay", "diet", (), id="inside-a-word"),
        pytest.param("hành hương ba tỉnh", "theme", ("pilgrimage",), id="theme"),
    ],
)
def test_cues(text: str, group: str, cues: tuple[str, ...]) -> None:
    assert found(text, group) == cues


@pytest.mark.parametrize(
    "text, cue, speaks",
    [
        pytest.param("Leo mất chừng 6 giờ.", "time", True, id="an-hour"),
        pytest.param("Trời mưa, gió lớn không nên lên.", "time", False, id="the-wind"),
        pytest.param("Giờ mở cửa: 7–17 giờ", "time", True, id="large-letters"),
        pytest.param("Gửi ô tô, xe máy", "fee", True, id="parking-fee"),
        pytest.param("Xe điện từ bãi đỗ xe vào chân núi", "fee", False, id="a-ride-from-the-car-park"),
    ],
)
def test_what_a_fact_speaks_of(text: str, cue: str, speaks: bool) -> None:
    assert tells(Words(vi=text), cue) is speaks


def test_the_words_of_visitors_are_folded_and_those_of_facts_are_not() -> None:
    for group, cues in groups().items():
        for words in cues.values():
            for word in words:
                assert word == (nfc(word).lower() if group == "told" else fold(word)), (group, word)
