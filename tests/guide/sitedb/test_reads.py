"""What the bot asks of the site database, on the shipped facts."""

from __future__ import annotations

from datetime import date

import pytest

from guide.refs import Ref
from guide.sitedb import NotFound, SiteDb

YEN_TU = Ref("place", "yen-tu")
CHUA_DONG = Ref("place", "chua-dong")


def test_a_place_knows_its_names_and_where_it_belongs(site: SiteDb) -> None:
    place = site.get(CHUA_DONG)
    assert (place.name["vi"], place.province_now) == ("Chùa Đồng", "Quảng Ninh")
    assert [container.id for container in site.ancestors("chua-dong")] == ["yen-tu", "unesco-1732"]
    assert place in site.children("unesco-1732") and place not in site.children("unesco-1732", deep=False)


def test_what_is_not_there_is_said(site: SiteDb) -> None:
    assert site.find(Ref("place", "atlantis")) is None
    with pytest.raises(NotFound, match="place/atlantis"):
        site.get(Ref("place", "atlantis"))


def test_a_hermit_and_a_rock_may_share_an_id(site: SiteDb) -> None:
    assert site.get(Ref("place", "an-ky-sinh")).kind == "landmark"
    assert site.get(Ref("person", "an-ky-sinh")).places == ("an-ky-sinh", "yen-tu")


@pytest.mark.parametrize(
    ("on", "free"),
    [
        pytest.param(date(2026, 2, 4), False, id="before-the-resolution"),
        pytest.param(date(2026, 2, 5), True, id="first-day"),
        pytest.param(date(2028, 12, 31), True, id="last-day"),
        pytest.param(date(2029, 1, 1), False, id="lapsed"),
    ],
)
def test_free_entry_to_yen_tu_follows_its_dates(site: SiteDb, on: date, free: bool) -> None:
    prices = site.prices(YEN_TU, on)
    assert any(price.adult == 0 and price.valid_to == date(2028, 12, 31) for price in prices.current) is free
    assert all(price.adult != 40000 for price in prices.current), "the former rate is told only as old"


def test_old_prices_are_newest_first(site: SiteDb) -> None:
    dates = [price.valid_to or price.valid_from or date.min for price in site.prices(YEN_TU, date(2029, 1, 1)).old]
    assert dates == sorted(dates, reverse=True) and len(dates) > 3
