"""Changes by hand: what they take, what they refuse and how they say so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guide.refs import Ref
from guide.sitedb import Invalid, NotFound, SiteDb

CHUA_DONG = Ref("place", "chua-dong")
BOTH = {"vi": "chữ", "en": "words"}


@pytest.mark.parametrize(
    ("field", "value", "lang"),
    [
        pytest.param("hours", "Mo-Fr 07:00-17:00; PH off", None, id="column"),
        pytest.param("part_of", "con-son", None, id="reference-without-its-kind"),
        pytest.param("phone", None, None, id="unknown"),
        pytest.param("lat", 21.5, None, id="number"),
    ],
)
def test_a_value_is_set(fresh_site: SiteDb, field: str, value: Any, lang: str | None) -> None:
    with fresh_site.acting("lan"):
        fresh_site.set(CHUA_DONG, field, value, lang)
    place = fresh_site.get(CHUA_DONG)
    assert (place.location.lat if field == "lat" else getattr(place, field)) == value


def test_a_language_more_is_rows_more(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        fresh_site.set(CHUA_DONG, "name", "铜寺", lang="zh")
    assert fresh_site.name(CHUA_DONG, "zh") == "铜寺"
    assert any(name.text == "铜寺" and name.lang == "zh" for name in fresh_site.names())


def test_a_list_is_set_in_order(fresh_site: SiteDb) -> None:
    route = Ref("route", "dong-tay-yen-tu")
    with fresh_site.acting("lan"):
        fresh_site.set(route, "stops", ["tay-yen-tu", "chua-dong", "san-bay-noi-bai"])
    assert fresh_site.get(route).stops == ("tay-yen-tu", "chua-dong", "san-bay-noi-bai")


@pytest.mark.parametrize(
    ("field", "value", "lang", "said"),
    [
        pytest.param("hours", "always", None, "Mo-Su 07:00-17:00", id="opening-hours"),
        pytest.param("hour", "24/7", None, "did you mean hours", id="misspelt-field"),
        pytest.param("kind", "castle", None, "one of: pagoda", id="unknown-kind"),
        pytest.param("part_of", "atlantis", None, "there is no place", id="dangling-reference"),
        pytest.param("lat", 48.8, None, "22.1", id="outside-the-region"),
        pytest.param("summary", "chữ", None, "language", id="text-without-language"),
        pytest.param("summary", " ", "vi", "at least 1", id="empty-text"),
        pytest.param("name", None, "vi", "is needed", id="nameless"),
        pytest.param("province_now", None, None, "is needed", id="needed-column"),
        pytest.param("hours_source", "s9", None, "there is no source", id="unlisted-source"),
    ],
)
def test_a_wrong_value_is_refused(fresh_site: SiteDb, field: str, value: Any, lang: str | None, said: str) -> None:
    with pytest.raises(Invalid, match=said), fresh_site.acting("lan"):
        fresh_site.set(CHUA_DONG, field, value, lang)
    assert fresh_site.history() == []


@pytest.mark.parametrize("ref", ["place/atlantis", "fact/1", "atlantis", "castle/x"])
def test_there_must_be_such_a_subject(fresh_site: SiteDb, ref: str) -> None:
    with pytest.raises(NotFound, match=ref), fresh_site.acting("lan"):
        fresh_site.set(ref, "topic", "history")


def test_a_new_place_is_known_at_once(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        ref = fresh_site.add_place(
            "am-hoa", "hermitage", {"vi": "Am Hoa", "en": "Hoa Hermitage"}, BOTH, part_of="yen-tu"
        )
        fresh_site.add_alias(ref, "am hoa yen tu")
    place = fresh_site.get(ref)
    assert (place.province_now, place.part_of, place.wheelchair) == ("Quảng Ninh", "yen-tu", "unknown")
    assert {name.text for name in fresh_site.names() if name.ref == ref} == {"Am Hoa", "Hoa Hermitage", "am hoa yen tu"}
    assert (ref, "hours") in fresh_site.missing(ref)


def test_a_second_place_of_that_id_is_refused(fresh_site: SiteDb) -> None:
    with pytest.raises(Invalid, match="another place"), fresh_site.acting("lan"):
        fresh_site.add_place("chua-dong", "pagoda", BOTH, BOTH)


def test_a_place_nowhere_is_refused(fresh_site: SiteDb) -> None:
    with pytest.raises(Invalid, match="province_now"), fresh_site.acting("lan"):
        fresh_site.add_place("am-hoa", "hermitage", BOTH, BOTH)


def test_a_notice_is_in_force_on_its_days_for_what_the_place_contains(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        fresh_site.add_notice("place/yen-tu", "closure", BOTH, starts=date(2026, 11, 20), ends=date(2026, 11, 30))
    assert [notice.kind for notice in fresh_site.notices(date(2026, 11, 30), CHUA_DONG)] == ["closure"]
    assert fresh_site.notices(date(2026, 12, 1), CHUA_DONG) == []
    assert fresh_site.notices(date(2026, 11, 30), Ref("place", "con-son")) == []


def test_a_price_that_begins_later_is_announced(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        fresh_site.add_price(CHUA_DONG, {"vi": "Vé", "en": "Ticket"}, 20000, valid_from="2027-01-01")
    assert [price.adult for price in fresh_site.prices(CHUA_DONG, date(2026, 12, 31)).coming] == [20000]
    assert [price.adult for price in fresh_site.prices(CHUA_DONG, date(2027, 1, 1)).current] == [20000]


def test_a_notice_that_ends_before_it_begins_is_refused(fresh_site: SiteDb) -> None:
    with pytest.raises(Invalid, match="before starts"), fresh_site.acting("lan"):
        fresh_site.add_notice(CHUA_DONG, "closure", BOTH, starts="2026-12-02", ends="2026-12-01")


def test_a_text_in_one_language_is_refused(fresh_site: SiteDb) -> None:
    with pytest.raises(Invalid, match="missing in en"), fresh_site.acting("lan"):
        fresh_site.add_fact(CHUA_DONG, "history", {"vi": "chỉ tiếng Việt"})


def test_staffs_own_answer_is_found(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan", date(2026, 11, 24)):
        fresh_site.add_staff_answer(
            {"vi": "Có chỗ gửi hành lý không?", "en": "Can I leave my luggage?"}, BOTH, ref=CHUA_DONG
        )
    answer = fresh_site.staff_answers(CHUA_DONG)[0]
    assert (answer.answer, answer.updated) == (BOTH, "2026-11-24")
    assert fresh_site.search("gui hanh ly", kinds=["staff_answer"])[0].ref == CHUA_DONG
