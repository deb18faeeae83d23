"""Before and during a visit: weather, best time, manners, emergencies, access, contacts, notices, cable cars."""

from datetime import date, datetime, timedelta

import pytest

from guide.answers import Question, answer, formats
from guide.calendar.festivals import next_occurrence
from guide.calendar.hours import TIME_ZONE
from guide.refs import Ref


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("month", range(1, 13))
def test_weather_of_a_month_is_its_row(site, ask, month: int, lang: str) -> None:
    row = site.climate("yen-tu", month)
    text = ask("weather", lang, "yen-tu", at=datetime(2026, month, 15, tzinfo=TIME_ZONE)).text
    assert formats.temperature(row.mean_c, lang) in text and formats.temperature(row.summit_mean_c, lang) in text
    assert f"{formats.number(row.rain_mm, lang)} mm" in text


def test_weather_of_the_month_that_was_asked_for(site, ask) -> None:
    text = ask("weather", "vi", "yen-tu", text="tháng 7 thế nào").text
    assert "Tháng 7" in text and formats.temperature(site.climate("yen-tu", 7).mean_c, "vi") in text


def test_weather_for_a_festival_is_that_of_its_month(site, ask, now) -> None:
    festival = site.get(Ref("festival", "le-hoi-den-an-sinh"))
    month = formats.month(next_occurrence(festival, now.date()).start.month, "en")
    assert f"• {month}:" in ask("weather", "en", str(festival.ref)).text


def test_weather_from_another_area_is_called_so(site, ask) -> None:
    assert site.climate("chua-dong", 11).place == "yen-tu"
    assert "figures for the Yên Tử area" in ask("weather", "en", "chua-dong").text


def test_weather_is_never_a_forecast(ask) -> None:
    assert "không có dự báo" in ask("weather", "vi", "yen-tu").text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_best_time_is_what_staff_recommend(site, ask, lang: str) -> None:
    for place in site.all("place"):
        if place.best_time:
            assert place.best_time.in_(lang).rstrip(".") in ask("best_time", lang, place.id).text, place.id


def test_dry_months_are_those_of_the_rows(site, ask) -> None:
    text = next(line for line in ask("best_time", "en", "yen-tu").text.splitlines() if "driest" in line)
    told = {month for month in range(1, 13) if formats.month(month, "en") in text}
    assert told == {
        month
        for month in range(1, 13)
        if (row := site.climate("yen-tu", month)).rain_mm < 150 and row.fog != "often" and 14 <= row.mean_c <= 26
    }


def test_manners_of_the_place_come_before_general_ones(site, ask) -> None:
    own = site.facts(Ref("place", "chua-dong"), "etiquette")[0].words.in_("vi")
    text = ask("etiquette", "vi", "chua-dong").text
    assert text.index(own.rstrip(".")) < text.index("Yên Tử:")


def test_no_altar_no_dress_code_of_its_own(ask) -> None:
    assert "Khi vào chùa, đền trong vùng" in ask("etiquette", "vi", "tuan-chau").text


def test_what_one_asks_about_manners_comes_first(ask) -> None:
    text = ask("photo", "en", "yen-tu", text="can I fly a drone?").text
    assert "rone" in next(line for line in text.splitlines() if line.startswith("•"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_emergency_numbers_stand_first(site, ask, lang: str) -> None:
    numbers = [help_.number for help_ in site.help_for(None, kind="emergency")]
    assert {"112", "113", "114", "115"} <= set(numbers)
    for subjects in ((), ("yen-tu",), ("chua-con-son",)):
        first = ask("emergency", lang, *subjects).text.split("\n\n")[0]
        assert all(number in first for number in numbers)


def test_the_nearest_hospital_is_named(site, ask) -> None:
    hospital = site.help_for("yen-tu", kind="hospital")[0]
    reply = ask("emergency", "vi", "yen-tu")
    assert hospital.name.in_("vi") in reply.text and hospital.number in reply.text


def test_a_lost_passport_is_answered_as_such(ask) -> None:
    assert "đại sứ quán" in ask("emergency", "vi", text="tôi bị mất hộ chiếu").text


@pytest.mark.parametrize(
    "wheelchair, words",
    [
        pytest.param("no", "không vào được", id="no"),
        pytest.param("limited", "một phần", id="limited"),
        pytest.param("unknown", "chưa rõ", id="unknown"),
    ],
)
def test_access_is_what_the_row_says(site, ask, wheelchair: str, words: str) -> None:
    places = [place for place in site.all("place") if place.wheelchair == wheelchair]
    assert places
    for place in places:
        told = [one for one in ask("accessibility", "vi", place.id).text.split("\n\n") if not one.startswith("⚠️")]
        assert words in told[0], place.id


def test_every_phone_and_website_of_a_place_is_told(site, ask) -> None:
    for place in site.all("place"):
        for contact in filter(None, (place.phone, place.website, place.email)):
            assert contact in ask("contact", "en", place.id).text, place.id


def test_a_place_without_contact_gives_its_container_s(site, ask) -> None:
    text = ask("contact", "vi", "chua-dong").text
    assert "chưa có liên hệ riêng" in text and site.get(Ref("place", "yen-tu")).website in text


def test_no_contact_at_all_is_said(ask) -> None:
    assert not ask("contact", "vi", "den-do").known


def test_no_notice_is_said_with_the_date(ask, now) -> None:
    assert formats.plain_day(now.date(), "vi") in ask("closure", "vi", "yen-tu").text


def test_notices_are_told_once_in_full(fresh_site, now) -> None:
    with fresh_site.acting("test"):
        fresh_site.add_notice(
            Ref("place", "yen-tu"),
            "closure",
            {"vi": "Cáp treo nghỉ", "en": "Cable car closed"},
            starts=now.date(),
            ends=now.date() + timedelta(days=2),
        )
    text = answer(fresh_site, Question("closure", "vi", now, (Ref("place", "yen-tu"),))).text
    assert text.count("Cáp treo nghỉ") == 1 and formats.plain_day(now.date() + timedelta(days=2), "vi") in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cable_car_tells_its_length_and_time(site, ask, lang: str) -> None:
    for car in site.all("cable_car"):
        text = ask("cable_car", lang, str(car.ref)).text
        assert not car.length_m or formats.number(car.length_m, lang) in text
        assert not car.minutes or formats.duration(car.minutes, lang) in text


def test_a_cable_car_fare_that_is_known_is_told(site, ask, now) -> None:
    car = Ref("cable_car", "cap-treo-cat-hai-phu-long")
    (fare, *_) = site.prices(car, now.date()).current
    assert formats.money(fare.adult, "en") in ask("cable_car", "en", str(car)).text


def test_an_unknown_fare_is_said_and_the_old_one_has_its_year(site, ask, now) -> None:
    assert not site.prices(Ref("cable_car", "cap-treo-yen-tu-1"), date(2026, 11, 24)).current
    text = ask("cable_car", "vi", "yen-tu").text
    assert "chưa có nguồn chắc chắn" in text and "(năm 2017)" in text


def test_no_cable_car_there_is_said_and_the_region_s_are_named(site, ask) -> None:
    text = ask("cable_car", "en", "den-do").text
    assert "no cable car" in text and all(car.name.in_("en") in text for car in site.all("cable_car"))
