"""Words that change a plan, as the changes they mean."""

import pytest

from guide.planner.changes import (
    Add,
    Days,
    Drop,
    Effort,
    Festivals,
    From,
    Gentler,
    Later,
    Move,
    Pace,
    Sleep,
    Swap,
    Transport,
)  # fmt: skip
from guide.refs import Ref
from guide.trips.changes_said import changes_said
from guide.trips.reading import Reading
from tests.guide.trips.trip_talk import CON_SON, heard, planned

KIEP_BAC, LAN, BA_VANG = Ref("place", "kiep-bac"), Ref("place", "chua-lan"), Ref("place", "chua-ba-vang")
HAI_PHONG, UONG_BI = Ref("place", "hai-phong"), Ref("place", "uong-bi")


@pytest.fixture(scope="module")
def trip(site):
    """Two days with Côn Sơn on the first and Kiếp Bạc on the second, nights free."""
    plan = planned(site, must=(CON_SON, KIEP_BAC), on_day=((CON_SON, 1), (KIEP_BAC, 2)))
    assert (plan.day_of(CON_SON), plan.day_of(KIEP_BAC)) == (1, 2)
    return plan


@pytest.mark.parametrize(
    ("text", "lang", "changes"),
    [
        ("bỏ [Côn Sơn|place/con-son] đi", "vi", (Drop(CON_SON),)),
        ("bo [con son|place/con-son] di", "vi", (Drop(CON_SON),)),
        ("k đi [con son|place/con-son] nữa nha", "vi", (Drop(CON_SON),)),
        ("thêm [Ba Vàng|place/chua-ba-vang] vào ngày 2", "vi", (Add(BA_VANG, 2),)),
        ("ngày 2 ghé [Ba Vàng|place/chua-ba-vang]", "vi", (Add(BA_VANG, 2),)),
        ("bỏ [Côn Sơn|place/con-son], thêm [chùa Lân|place/chua-lan]", "vi", (Drop(CON_SON), Add(LAN))),
        ("đổi [Côn Sơn|place/con-son] bằng [chùa Lân|place/chua-lan]", "vi", (Swap(CON_SON, LAN),)),
        ("thay [Côn Sơn|place/con-son] bằng chỗ khác", "vi", (Swap(CON_SON),)),
        ("chuyển [Côn Sơn|place/con-son] sang ngày 2", "vi", (Move(CON_SON, 2),)),
        ("dời [Côn Sơn|place/con-son] sang ngày cuối", "vi", (Move(CON_SON, 2),)),
        ("đi muộn hơn một tiếng", "vi", (Later(60),)),
        ("khởi hành muộn hơn", "vi", (Later(),)),
        ("xuất phát sớm hơn đi", "vi", (Later(-60),)),
        ("chậm lại đi", "vi", (Pace("slow"),)),
        ("ít bậc hơn", "vi", (Gentler(),)),
        ("mẹ mình không leo được", "vi", (Effort("easy"),)),
        ("đổi sang xe máy", "vi", (Transport("motorbike"),)),
        ("thêm một ngày nữa", "vi", (Days(1),)),
        ("bớt một ngày", "vi", (Days(-1),)),
        ("kéo dài thành 4 ngày", "vi", (Days(2),)),
        ("nếu đi từ [Hải Phòng|from place/hai-phong] thì sao", "vi", (From(HAI_PHONG),)),
        ("đêm đầu ngủ ở [Uông Bí|place/uong-bi]", "vi", (Sleep(UONG_BI, 1),)),
        ("tránh lễ hội đi", "vi", (Festivals("avoid"),)),
        ("drop [Con Son|place/con-son]", "en", (Drop(CON_SON),)),
        ("add [Ba Vang|place/chua-ba-vang] on day two", "en", (Add(BA_VANG, 2),)),
        ("swap [Con Son|place/con-son] for [Lan Pagoda|place/chua-lan]", "en", (Swap(CON_SON, LAN),)),
        ("move [Con Son|place/con-son] to the last day", "en", (Move(CON_SON, 2),)),
        ("start later", "en", (Later(),)),
        ("fewer steps please", "en", (Gentler(),)),
        ("slower please", "en", (Pace("slow"),)),
        ("by coach instead", "en", (Transport("bus"),)),
        ("one more day", "en", (Days(1),)),
        ("make it four days", "en", (Days(2),)),
        ("sleep in [Uong Bi|place/uong-bi]", "en", (Sleep(UONG_BI, 1),)),
        ("we want to catch a festival", "en", (Festivals("want"),)),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) and len(value) > 2 else "",
)  # fmt: skip
def test_what_is_meant(site, trip, text: str, lang: str, changes: tuple) -> None:
    assert changes_said(site, trip, Reading.of(heard(text, "change_trip", lang))).changes == changes


def test_stops_can_be_counted(site, trip) -> None:
    said = changes_said(site, trip, Reading.of(heard("bỏ chỗ thứ hai", "change_trip")))
    assert said.changes == (Drop(trip.visits[1].place),)
    said = changes_said(site, trip, Reading.of(heard("remove the last stop", "change_trip", "en")))
    assert said.changes == (Drop(trip.visits[-1].place),)


def test_adding_what_is_there_tells_the_day(site, trip) -> None:
    said = changes_said(site, trip, Reading.of(heard("thêm [Côn Sơn|place/con-son]", "change_trip")))
    assert said.changes == (Move(CON_SON, 1),)


def test_a_day_of_the_plan_is_no_date(site, trip) -> None:
    said = changes_said(site, trip, Reading.of(heard("thêm [Ba Vàng|place/chua-ba-vang] vào ngày 2", "change_trip")))
    assert said.left.values == ()
