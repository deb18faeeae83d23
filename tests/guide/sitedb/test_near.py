"""What belongs to a place: nearest relation first."""

from __future__ import annotations

import pytest

from guide.refs import Ref
from guide.sitedb import SiteDb


def ids(subjects: list) -> list[str]:
    return [subject.id for subject in subjects]


def test_festivals_of_a_place_come_before_those_of_what_contains_it(site: SiteDb) -> None:
    assert ids(site.festivals_at("kiep-bac"))[0] == "le-hoi-mua-thu-con-son-kiep-bac"
    assert "hoi-xuan-yen-tu" in ids(site.festivals_at("chua-lan")), "held in Yên Tử, which contains it"


def test_people_of_a_place(site: SiteDb) -> None:
    assert "nguyen-trai" in ids(site.people_at("den-tho-nguyen-trai"))


def test_beds_and_meals_at_the_summit_are_those_at_the_foot(site: SiteDb) -> None:
    assert {"lodging-legacy-yen-tu", "lodging-lang-nuong"} <= set(ids(site.lodging_near("chua-dong")))
    assert "eat-com-que-lang-nuong" in ids(site.eating_near("chua-dong"))
    assert all(venue.status != "closed" for venue in site.lodging_near("bai-chay"))


def test_cable_cars_around_the_summit(site: SiteDb) -> None:
    assert {"cap-treo-yen-tu-1", "cap-treo-yen-tu-2", "cap-treo-tay-yen-tu"} <= set(
        ids(site.cable_cars_at("chua-dong"))
    )


def test_a_bus_serves_the_sights_of_its_station(site: SiteDb) -> None:
    assert ids(site.bus_lines_serving("con-son")) == ["xe-ha-noi-chi-linh"]


def test_help_is_emergency_first_and_the_nearest_hospital(site: SiteDb) -> None:
    help_ = site.help_for("chua-dong")
    assert [item.kind for item in help_[:4]] == ["emergency"] * 4
    assert ids([item for item in help_ if item.kind == "hospital"])[0] == "bv-viet-nam-thuy-dien"
    assert len(site.help_for(None, "hotline")) > 5


def test_the_climate_of_the_summit_is_that_of_the_mountain(site: SiteDb) -> None:
    climate = site.climate("chua-dong", 1)
    assert climate is not None and (climate.place, climate.summit_mean_c) == ("yen-tu", 10)
    elsewhere = site.climate("hai-phong", 1)
    assert elsewhere is not None and elsewhere.place != "hai-phong"


@pytest.mark.parametrize(
    ("ref", "like"),
    [
        pytest.param(Ref("festival", "hoi-xuan-yen-tu"), Ref("place", "yen-tu"), id="festival"),
        pytest.param(Ref("cable_car", "cap-treo-yen-tu-1"), Ref("place", "ben-xe-giai-oan"), id="cable-car"),
        pytest.param(Ref("gateway", "san-bay-noi-bai"), Ref("gateway", "san-bay-noi-bai"), id="gateway"),
    ],
)
def test_what_has_no_location_of_its_own_is_where_it_belongs(site: SiteDb, ref: Ref, like: Ref) -> None:
    assert site.location(ref) == site.location(like) is not None


def test_advice_holds_for_what_a_place_contains(site: SiteDb) -> None:
    dress = {advice.id for advice in site.advice("dress", place="chua-dong")}
    assert {"rule-dress-cover", "rule-dress-climb"} <= dress
    assert "rule-dress-climb" not in {advice.id for advice in site.advice("dress", place="con-son")}
    assert "rule-heat" not in {advice.id for advice in site.advice("mountain", place="chua-dong", month=1)}


@pytest.mark.parametrize(
    ("area", "kind", "has", "has_not"),
    [
        pytest.param("Đông Triều", "pagoda", "chua-quynh-lam", "chua-dong", id="town"),
        pytest.param("dong trieu", "pagoda", "chua-ngoa-van", "chua-lan", id="without-diacritics"),
        pytest.param("Hải Dương", None, "con-son", "do-son", id="former-province"),
        pytest.param("Hải Phòng", None, "con-son", "yen-tu", id="province-now"),
        pytest.param("TP Hải Dương", "museum", "bao-tang-hai-duong", "con-son", id="former-city-of-that-name"),
        pytest.param("bac-giang", "pagoda", "chua-vinh-nghiem", "chua-dau", id="by-id"),
        pytest.param("Tiên Du", "pagoda", "chua-phat-tich", "chua-quynh-lam", id="district-not-mountain"),
    ],
)
def test_places_in_an_area(site: SiteDb, area: str, kind: str | None, has: str, has_not: str) -> None:
    found = ids(site.places(kind=kind, province=area))
    assert has in found and has_not not in found


def test_places_within_a_town_are_those_with_its_address(site: SiteDb) -> None:
    assert "con-son" in ids(site.places(within="chi-linh"))
    assert ids(site.places(within="yen-tu")) == sorted(ids(site.children("yen-tu")))


def test_former_names_lead_to_what_they_belong_to_now(site: SiteDb) -> None:
    areas = {area.id: area for area in site.provinces()}
    assert (areas["hai-duong"].former, areas["hai-duong"].province_name["vi"]) == (True, "Hải Phòng")
    assert (areas["dong-trieu"].province, areas["dong-trieu"].place) == ("quang-ninh", "dong-trieu")
    assert areas["quang-ninh"].province == "quang-ninh" and not areas["quang-ninh"].former
