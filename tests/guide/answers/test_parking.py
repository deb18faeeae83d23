"""Parking: prices as they stand on the day asked; what was free until a date is not free after it."""

from datetime import timedelta

import pytest

from guide.answers.formats import money, plain_day
from guide.refs import Ref

HA_KIEU = Ref("place", "ben-xe-ha-kieu")


@pytest.fixture
def free(site, now):
    """The free parking at Hạ Kiệu, with the day on which it ends."""
    price = next(price for price in site.prices(HA_KIEU, now.date()).current if price.adult == 0)
    assert price.valid_to is not None
    return price


@pytest.mark.parametrize("lang, word", [("vi", "miễn phí"), ("en", "free")])
def test_while_it_is_free_that_is_said_with_its_last_day(ask, free, lang: str, word: str) -> None:
    text = ask("parking", lang, "yen-tu").text
    assert word in text and plain_day(free.valid_to, lang) in text


def test_on_the_last_day_it_is_still_free(ask, free, now) -> None:
    last = now.replace(year=free.valid_to.year, month=free.valid_to.month, day=free.valid_to.day)
    assert "🅿️" in ask("parking", "vi", "yen-tu", at=last).text


@pytest.mark.parametrize("lang, lapsed", [("vi", "đã hết hạn"), ("en", "which ended on")])
def test_from_the_day_after_nothing_is_called_free_any_more(ask, free, now, lang: str, lapsed: str) -> None:
    day = now.replace(year=free.valid_to.year, month=free.valid_to.month, day=free.valid_to.day) + timedelta(days=1)
    text = ask("parking", lang, "yen-tu", at=day).text
    assert lapsed in text and plain_day(free.valid_to, lang) in text and "🅿️" not in text
    assert not [line for line in text.splitlines() if line.startswith("•") and "miễn phí" in line]


def test_a_part_of_the_complex_parks_at_its_gate(site, ask) -> None:
    reply = ask("parking", "vi", "chua-dong")
    assert "bến xe Hạ Kiệu" in reply.text
    spot = site.location(HA_KIEU)
    assert (spot.lat, spot.lon) in [(point.lat, point.lon) for point in reply.map.points]


def test_a_fee_is_that_of_the_row(site, ask, now) -> None:
    price = next(it for it in site.prices(Ref("place", "den-chu-van-an"), now.date()).current if "xe" in it.item["vi"])
    assert money(price.adult, "vi") in ask("parking", "vi", "den-chu-van-an").text


def test_a_ride_from_the_car_park_is_no_parking_fee(ask, now) -> None:
    assert "Xe điện" not in ask("parking", "vi", "yen-tu", at=now.replace(year=2027)).text


def test_where_nothing_is_known_the_site_is_to_be_asked(ask) -> None:
    reply = ask("parking", "vi", "con-son")
    assert not reply.known and "consonkiepbac.org.vn" in reply.text
