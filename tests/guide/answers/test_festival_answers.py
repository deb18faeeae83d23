"""Festivals: the next date, this year's and next, in both calendars."""

from datetime import datetime

import pytest

from guide.answers import formats
from guide.calendar.festivals import next_occurrence, upcoming
from guide.calendar.hours import TIME_ZONE
from guide.refs import Ref


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=TIME_ZONE)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_festival_tells_its_next_two_dates(site, ask, now, lang: str) -> None:
    for festival in site.all("festival"):
        first, second = upcoming(festival, now.date(), 2)
        text = ask("festival", lang, str(festival.ref)).text
        assert formats.day(first.start, lang) in text, festival.id
        assert formats.plain_day(second.start, lang) in text and formats.weekday(second.start, lang) in text, (
            festival.id
        )
        assert all(formats.day(day, lang) in text for day in first.main), festival.id


def test_yen_tu_in_2027(ask) -> None:
    text = ask("festival", "vi", "festival/hoi-xuan-yen-tu").text
    assert "15/2/2027 (thứ Hai, mùng 10 tháng Giêng âm lịch)" in text and "4/2/2028 (thứ Sáu)" in text


@pytest.mark.parametrize(
    "moment, words",
    [
        pytest.param(at(2027, 2, 14), "sắp tới khai hội", id="the-day-before"),
        pytest.param(at(2027, 2, 15), "đang diễn ra", id="opening-day"),
        pytest.param(at(2027, 5, 5), "đang diễn ra", id="last-day"),
        pytest.param(at(2027, 5, 6), "4/2/2028", id="over"),
    ],
)
def test_a_festival_that_is_on_says_so(ask, moment: datetime, words: str) -> None:
    assert words in ask("festival", "vi", "festival/hoi-xuan-yen-tu", at=moment).text


def test_a_place_lists_its_festivals_the_next_one_first(site, ask, now) -> None:
    festivals = sorted(site.festivals_at("yen-tu"), key=lambda one: next_occurrence(one, now.date()).start)
    text = ask("festival", "vi", "yen-tu").text
    places = [text.index(festival.name.in_("vi")) for festival in festivals]
    assert len(places) >= 2 and places == sorted(places)


def test_without_a_subject_the_region_s_next_festivals(site, ask, now) -> None:
    coming = sorted(site.all("festival"), key=lambda one: next_occurrence(one, now.date()).start)
    text = ask("festival", "en").text
    assert all(festival.name.in_("en") in text for festival in coming[:4])


def test_a_province_narrows_the_list(site, ask) -> None:
    text = ask("festival", "vi", province="Bắc Ninh").text
    inside = {place.id for place in site.places(province="Bắc Ninh")}
    outside = [one for one in site.all("festival") if not inside & set(one.places)]
    assert "Bắc Ninh" in text and not any(one.name.in_("vi") in text for one in outside)


def test_a_month_narrows_the_list(ask) -> None:
    assert "Hội xuân Yên Tử" in ask("festival", "vi", text="tháng 3 có lễ hội gì").text
    assert "Hội xuân Yên Tử" not in ask("festival", "vi", text="tháng 9 có lễ hội gì").text


def test_no_festival_there_is_said_and_the_next_one_of_the_province_named(site, ask, now) -> None:
    reply = ask("festival", "vi", "quang-ninh-museum")
    assert not reply.known
    named = [one for one in site.all("festival") if one.name.in_("vi") in reply.text]
    province = site.get(Ref("place", "quang-ninh-museum")).province_now
    assert named and all(province in {site.get(Ref("place", id_)).province_now for id_ in one.places} for one in named)


def test_dates_by_custom_are_called_so(site, ask) -> None:
    custom = [
        one
        for one in site.all("festival")
        if one.date_source and one.date_source.basis != "published" and not one.verified
    ]
    assert custom
    for festival in custom:
        assert "thông lệ" in ask("festival", "vi", str(festival.ref)).text
