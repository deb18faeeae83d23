"""Open, closed, until when: opening hours in Viet Nam's time."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.calendar.hours import TIME_ZONE, HoursError, open_today, state_at, validate, with_holidays

MUSEUM = "Tu-Su 08:00-11:30,13:30-17:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE)


@pytest.mark.parametrize(
    "moment, is_open, until, next_open",
    [
        pytest.param("2027-03-12 09:00", True, "2027-03-12 11:30", None, id="friday-morning"),
        pytest.param("2027-03-12 12:00", False, "2027-03-12 13:30", "2027-03-12 13:30", id="lunch-break"),
        pytest.param("2027-03-12 17:00", False, "2027-03-13 08:00", "2027-03-13 08:00", id="at-closing-time"),
        pytest.param("2027-03-14 18:00", False, "2027-03-16 08:00", "2027-03-16 08:00", id="sunday-evening-monday-off"),
    ],
)
def test_the_museum_through_the_week(moment: str, is_open: bool, until: str, next_open: str) -> None:
    state = state_at(MUSEUM, at(moment))
    assert state.open is is_open
    assert state.until == at(until)
    assert state.next_open == (at(next_open) if next_open else None)


def test_a_moment_elsewhere_is_read_in_viet_nams_time() -> None:
    assert state_at(MUSEUM, datetime(2027, 3, 12, 2, 0, tzinfo=timezone.utc)).open is True


def test_always_open_never_changes() -> None:
    state = state_at("24/7", at("2027-03-12 03:00"))
    assert state.open is True and state.until is None


def test_hours_past_midnight() -> None:
    assert state_at("Mo-Su 22:00-03:00", at("2027-03-12 01:30")).until == at("2027-03-12 03:00")


def test_an_expression_may_say_unknown() -> None:
    assert state_at("Mo-Su 05:00-18:00 unknown", at("2027-03-12 09:00")).open is None


def test_always_closed_never_opens() -> None:
    assert state_at("off", at("2027-03-12 09:00")).next_open is None


TET = (date(2027, 2, 6), date(2027, 2, 7))


@pytest.mark.parametrize(
    "expression, moment, is_open",
    [
        pytest.param("Mo-Su 07:00-17:00; PH off", "2027-02-06 09:00", False, id="closed-on-a-holiday"),
        pytest.param("Mo-Su 07:00-17:00; PH off", "2027-02-08 09:00", True, id="open-after-it"),
        pytest.param("Mo-Fr 07:00-17:00; PH 09:00-12:00", "2027-02-07 10:00", True, id="short-hours-on-a-holiday"),
        pytest.param("Mo-Fr,PH 07:00-17:00", "2027-02-06 09:00", True, id="a-holiday-like-a-weekday"),
        pytest.param("Mo-Fr,PH 07:00-17:00", "2027-02-13 09:00", False, id="a-saturday-that-is-none"),
        pytest.param("PH,Sa 07:00-17:00", "2027-02-07 09:00", True, id="holiday-named-first"),
        pytest.param("Sa-Su,PH off; Mo-Fr 07:00-17:00", "2027-02-13 09:00", False, id="weekend-and-holidays-off"),
    ],
)
def test_holidays_are_those_that_are_given(expression: str, moment: str, is_open: bool) -> None:
    assert state_at(expression, at(moment), TET).open is is_open


def test_without_holidays_the_expression_stays() -> None:
    assert with_holidays("Mo-Su 07:00-17:00; PH off", ()) == "Mo-Su 07:00-17:00; PH off"
    assert with_holidays(MUSEUM, TET) == MUSEUM


def test_todays_hours() -> None:
    assert open_today(MUSEUM, at("2027-03-12 20:00")) == (
        (at("2027-03-12 08:00"), at("2027-03-12 11:30")),
        (at("2027-03-12 13:30"), at("2027-03-12 17:00")),
    )
    assert open_today(MUSEUM, at("2027-03-15 20:00")) == ()
    assert open_today("24/7", at("2027-03-15 20:00")) == ((at("2027-03-15 00:00"), at("2027-03-16 00:00")),)


@pytest.mark.parametrize("expression", ["", "from nine to five", "Mo-Su 25:00-30:00", "Thứ Hai 7:00"])
def test_what_is_no_expression_is_refused_with_its_text(expression: str) -> None:
    with pytest.raises(HoursError, match="opening_hours") as refusal:
        validate(expression)
    assert refusal.value.expression == expression


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(lambda moment: moment.replace(tzinfo=TIME_ZONE)))
def test_a_closed_place_opens_when_it_says_so(moment: datetime) -> None:
    state = state_at(MUSEUM, moment)
    if state.open:
        assert state_at(MUSEUM, state.until).open is False
    else:
        assert state.next_open > moment
        assert state_at(MUSEUM, state.next_open).open is True
        assert state_at(MUSEUM, state.next_open - timedelta(minutes=1)).open is False
