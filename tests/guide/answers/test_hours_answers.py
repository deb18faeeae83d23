"""Opening hours and 'is it open now?': known, noted, inherited, unknown, and stopped by a notice."""

from datetime import datetime

import pytest

from guide.answers import Question, answer, formats
from guide.calendar.hours import TIME_ZONE, state_at
from guide.refs import Ref

MUSEUM = Ref("place", "quang-ninh-museum")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE)


def test_places_with_hours_tell_every_opening_and_closing_time(site, ask) -> None:
    placed = [place for place in site.all("place") if place.hours and place.hours != "24/7"]
    assert len(placed) >= 4
    for place in placed:
        for lang in ("vi", "en"):
            text = ask("hours", lang, place.id).text
            for time in place.hours.split(" ", 1)[1].replace(",", "-").split("-"):
                assert formats.clock(time, lang) in text, place.id


def test_days_with_the_same_hours_stand_together(ask) -> None:
    assert "thứ Ba – Chủ Nhật 8:00–11:30, 13:30–17:00; nghỉ thứ Hai" in ask("hours", "vi", MUSEUM.id).text
    assert "Tuesday–Sunday 08:00–11:30 and 13:30–17:00; closed Monday" in ask("hours", "en", MUSEUM.id).text


def test_a_note_is_told_where_no_hours_are_known(site, ask) -> None:
    pagoda = site.get(Ref("place", "chua-dong"))
    for lang in ("vi", "en"):
        assert pagoda.hours_note.in_(lang).rstrip(".") in ask("hours", lang, pagoda.id).text


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("2026-11-24 09:00", id="open"),
        pytest.param("2026-11-24 12:00", id="lunch"),
        pytest.param("2026-11-22 18:00", id="sunday-evening"),
        pytest.param("2026-11-23 09:00", id="day-off"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_open_now_is_what_the_row_says(site, ask, moment: str, lang: str) -> None:
    state = state_at(site.get(MUSEUM).hours, at(moment))
    text = ask("open_now", lang, MUSEUM.id, at=at(moment)).text
    words = {
        ("vi", True): "đang mở cửa",
        ("vi", False): "đang nghỉ",
        ("en", True): "is open",
        ("en", False): "is closed",
    }
    assert words[lang, state.open] in text
    change = state.until if state.open else state.next_open
    assert formats.clock(change, lang) in text
    assert (formats.plain_day(change.date(), lang) in text) is (change.date() != at(moment).date())


def test_a_visitor_abroad_hears_viet_nams_time(ask) -> None:
    from datetime import timezone

    reply = ask("open_now", "en", MUSEUM.id, at=datetime(2026, 11, 24, 2, 30, tzinfo=timezone.utc))
    assert "09:30 in Viet Nam" in reply.text and "is open" in reply.text


def test_unknown_hours_are_not_guessed(site, ask) -> None:
    reply = ask("open_now", "vi", "chua-dong")
    assert not reply.known and "không dám nói chắc" in reply.text
    assert site.get(Ref("place", "yen-tu")).website in reply.text


def test_a_closure_in_force_wins_over_the_hours(fresh_site, now) -> None:
    with fresh_site.acting("test"):
        fresh_site.add_notice(MUSEUM, "closure", {"vi": "Bảo tàng sửa chữa", "en": "Under repair"}, starts=now.date())
    text = answer(fresh_site, Question("open_now", "en", now, (MUSEUM,))).text
    assert text.startswith("⚠️ Closed: Under repair") and "is open" not in text


def test_without_a_place_the_guide_asks_back_with_places_to_choose(site, ask) -> None:
    reply = ask("hours", "vi")
    assert "?" in reply.text
    assert [option.payload.split("/")[1] for option in reply.quick_replies] == [
        "yen-tu",
        "con-son",
        "kiep-bac",
        "chua-vinh-nghiem",
    ]


def test_hours_of_things_that_have_none_are_what_the_thing_is(site, ask) -> None:
    dish = site.all("dish")[0]
    assert dish.name.in_("vi") in ask("hours", "vi", str(dish.ref)).text
    festival = site.all("festival")[0]
    assert festival.name.in_("vi") in ask("hours", "vi", str(festival.ref)).text


def test_a_cable_car_runs_rather_than_opens(ask) -> None:
    assert "Running hours" in ask("hours", "en", "cable_car/cap-treo-yen-tu-1").text
    assert "runs" in ask("hours", "en", "cable_car/cap-treo-cat-hai-phu-long").text
