"""A sheet read, changed by one, and refused to another who had read it before."""

from __future__ import annotations

from datetime import date

import pytest

from guide.refs import Ref
from guide.sitedb import Invalid, NotFound, SiteDb
from guide.sitedb.sheets import ChangedMeanwhile

TODAY = date(2026, 11, 24)
YEN_TU = Ref("place", "yen-tu")


def a_price(site: SiteDb) -> str:
    return f"price/{site.prices(YEN_TU, TODAY).current[0].id}"


def test_a_sheet_has_columns_texts_and_aliases(site: SiteDb) -> None:
    price, place = site.sheet(a_price(site)), site.sheet(YEN_TU)
    assert price.subject == "place/yen-tu" and price.values["adult"] == 0
    assert price.values["item.vi"] == "Vé tham quan Yên Tử"
    assert place.values["aliases.vi"] and place.values["kind"] == "complex" and "hours_source" not in place.values


@pytest.mark.parametrize("ref", ["price/1", "place/nowhere", "nothing"])
def test_there_is_no_sheet_of_nothing(site: SiteDb, ref: str) -> None:
    with pytest.raises(NotFound):
        site.sheet(ref)


def test_values_of_all_kinds_are_set_together_under_one_name(fresh_site: SiteDb) -> None:
    ref = a_price(fresh_site)
    with fresh_site.acting("lan", TODAY):
        fresh_site.update(ref, {"adult": 50000, "note.vi": "Mới", "note.en": "New"}, fresh_site.sheet(ref).stamp)
    price = fresh_site.prices(YEN_TU, TODAY).current[0]
    assert (price.adult, price.note.in_("en"), price.source and price.source.date) == (50000, "New", "2026-11-24")
    assert {change.actor for change in fresh_site.history(YEN_TU, 3)} == {"lan"}


def test_a_span_moves_as_a_whole(fresh_site: SiteDb) -> None:
    ref = a_price(fresh_site)
    with fresh_site.acting("lan", TODAY):
        fresh_site.update(ref, {"valid_from": "2029-01-01", "valid_to": "2029-12-31"})
    assert fresh_site.sheet(ref).values["valid_to"] == "2029-12-31"


def test_every_mistake_is_named_by_its_key_and_nothing_is_written(fresh_site: SiteDb) -> None:
    ref = a_price(fresh_site)
    before = fresh_site.sheet(ref)
    with pytest.raises(Invalid) as caught, fresh_site.acting("lan", TODAY):
        fresh_site.update(ref, {"item.vi": "", "valid_to": "tomorrow", "adult": 1})
    assert {problem.field for problem in caught.value.problems} == {"item.vi", "valid_to"}
    assert fresh_site.sheet(ref) == before


def test_who_read_before_the_change_is_told(fresh_site: SiteDb) -> None:
    ref = a_price(fresh_site)
    stamp = fresh_site.sheet(ref).stamp
    with fresh_site.acting("lan", TODAY):
        fresh_site.update(ref, {"adult": 10000}, stamp)
    with pytest.raises(ChangedMeanwhile), fresh_site.acting("minh", TODAY):
        fresh_site.update(ref, {"adult": 20000}, stamp)
    assert fresh_site.sheet(ref).values["adult"] == 10000


def test_confirming_a_value_gives_it_a_new_day_and_the_same_stamp(fresh_site: SiteDb) -> None:
    ref = a_price(fresh_site)
    sheet = fresh_site.sheet(ref)
    with fresh_site.acting("lan", TODAY):
        fresh_site.update(ref, {"adult": sheet.values["adult"]}, sheet.stamp)
    assert fresh_site.sheet(ref).stamp == sheet.stamp
    source = fresh_site.prices(YEN_TU, TODAY).current[0].source
    assert source and source.date == "2026-11-24"


def test_aliases_come_and_go_and_can_be_brought_back(fresh_site: SiteDb) -> None:
    before = fresh_site.sheet(YEN_TU).values["aliases.vi"]
    with fresh_site.acting("lan", TODAY):
        fresh_site.update(YEN_TU, {"aliases.vi": [*before[1:], "núi Yên"]})
    after = fresh_site.sheet(YEN_TU).values["aliases.vi"]
    assert after == [*before[1:], "núi Yên"]
    assert any(name.text == "núi Yên" for name in fresh_site.names())
    gone = next(change for change in fresh_site.history(YEN_TU) if change.action == "delete")
    fresh_site.revert(gone.id, "minh")
    assert before[0] in fresh_site.sheet(YEN_TU).values["aliases.vi"]
