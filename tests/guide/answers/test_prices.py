"""Prices: current ones as they are, free ones until their last day, old ones only as old, unknown ones said plainly."""

from datetime import datetime

import pytest

from guide.answers import Question, answer, formats
from guide.calendar.hours import TIME_ZONE
from guide.refs import Ref

YEN_TU = Ref("place", "yen-tu")


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=TIME_ZONE)


def entrance(site):
    """The row of the free entrance ticket."""
    rows = site.prices(YEN_TU, at(2026, 11, 24).date()).current
    return next(price for price in rows if price.valid_to and price.adult == 0 and price.valid_to.year == 2028)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_free_entry_is_told_with_its_last_day(site, ask, lang: str) -> None:
    row, reply = entrance(site), ask("price", lang, "yen-tu")
    line = next(line for line in reply.text.splitlines() if row.item.in_(lang) in line)
    assert formats.plain_day(row.valid_to, lang) in line
    assert f": {formats.money(0, lang)}" not in reply.text  # free is a word, not an amount


@pytest.mark.parametrize(
    "moment, still_free",
    [
        pytest.param(at(2028, 12, 31), True, id="last-day"),
        pytest.param(at(2029, 1, 1), False, id="day-after"),
    ],
)
def test_free_entry_ends_by_itself(site, ask, moment: datetime, still_free: bool) -> None:
    row, text = entrance(site), ask("price", "vi", "yen-tu", at=moment).text
    told = next(line for line in text.splitlines() if row.item.in_("vi") in line)
    assert ("đã hết hạn" in told) is not still_free
    assert (row.note.in_("vi").split(".")[0] in told) is still_free


def test_free_parking_lapses_with_the_year(site, ask) -> None:
    rows = site.prices(YEN_TU, at(2026, 11, 24).date()).current
    parking = next(price for price in rows if price.valid_to and price.valid_to.year == 2026)
    assert parking.note.in_("vi").rstrip(".") in ask("price", "vi", "yen-tu", at=at(2026, 12, 31)).text
    after = ask("price", "vi", "yen-tu", at=at(2027, 1, 1)).text
    assert parking.note.in_("vi") not in after and "đã hết hạn ngày 31/12/2026" in after


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_old_fares_are_told_only_with_their_year(site, ask, lang: str) -> None:
    car = Ref("cable_car", "cap-treo-yen-tu-1")
    old = site.prices(car, at(2026, 11, 24).date()).old
    assert old and not site.prices(car, at(2026, 11, 24).date()).current
    text = ask("price", lang, str(car)).text
    for price in old[:2]:
        line = next(line for line in text.splitlines() if formats.money(price.adult, lang) in line)
        assert str(price.valid_from.year) in line
    assert {"vi": "Giá cũ", "en": "Old prices"}[lang] in text


def test_every_current_amount_of_a_place_is_told_or_offered_next(site, ask) -> None:
    rows = site.prices(Ref("place", "cat-ba"), at(2026, 11, 24).date()).current
    text = ask("price", "vi", "cat-ba").text
    for price in rows[:4]:
        assert formats.money(price.adult, "vi") in text and formats.money(price.child, "vi") in text


def test_a_price_older_than_eighteen_months_is_said_with_its_date_and_whom_to_ask(ask) -> None:
    text = ask("price", "vi", "cat-ba").text
    assert "Thông tin này từ" in text and "bạn hỏi" in text


def test_an_undated_price_says_so(ask) -> None:
    assert "không rõ năm" in ask("price", "vi", "den-do").text


def test_a_place_without_prices_tells_those_of_its_container_by_name(site, ask) -> None:
    assert not site.prices(Ref("place", "chua-dong"), at(2026, 11, 24).date()).current
    text = ask("price", "vi", "chua-dong").text
    assert text.index("chùa Đồng") < text.index("Yên Tử:") and entrance(site).item.in_("vi") in text


def test_an_unknown_price_is_said_plainly_with_whom_to_ask_and_what_is_known(site, ask) -> None:
    reply = ask("price", "en", "con-son")
    assert not reply.known
    assert site.get(Ref("place", "con-son")).website in reply.text
    assert len(reply.quick_replies) >= 2


def test_the_price_of_a_dish_that_is_not_known_is_not_made_up(ask) -> None:
    reply = ask("price", "vi", "dish/banh-gai-ninh-giang")
    assert not reply.known and "₫" not in reply.text


def test_a_price_that_staff_enter_is_told_at_once(fresh_site, now) -> None:
    ref = Ref("place", "chua-con-son")
    with fresh_site.acting("test"):
        fresh_site.add_price(ref, {"vi": "Vé vào cổng", "en": "Entrance"}, 15000, child=5000, valid_from=now.date())
    text = answer(fresh_site, Question("price", "vi", now, (ref,))).text
    assert "15.000 ₫ (trẻ em 5.000 ₫)" in text and "có thể đã khác" not in text


def test_without_a_place_it_is_about_yen_tu_and_says_so(ask) -> None:
    reply = ask("price", "vi")
    assert "Yên Tử" in reply.text.splitlines()[0]
    assert any("con-son" in option.payload for option in reply.quick_replies)
