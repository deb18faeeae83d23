"""What visitors say of a trip becomes fields of a request, in either language, with marks or without."""

from datetime import date

import pytest

from guide.planner.request import TripRequest
from guide.refs import Ref
from guide.trips.reading import Reading
from guide.trips.wishes import merged, wishes_of
from tests.guide.trips.trip_talk import CON_SON, HA_NOI, NOW, heard

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("text", "lang", "fields"),
    [
        ("3 ngày từ [Hà Nội|from place/ha-noi], có bà 75 tuổi, thích chùa, đi ô tô", "vi",
         {"days": 3, "start": HA_NOI, "oldest": 75, "interests": ("pagodas",), "transport": "car"}),
        ("2 ngay 1 dem tu [ha noi|from place/ha-noi] di xe may, thich bien", "vi",
         {"days": 2, "start": HA_NOI, "transport": "motorbike", "interests": ("sea",)}),
        ("thích đền, lịch sử với ăn uống", "vi", {"interests": ("temples", "history", "food")}),
        ("mùng 10 tháng Giêng", "vi", {"first_day": date(2027, 2, 15)}),
        ("cuối tuần này", "vi", {"first_day": date(2026, 11, 28), "days": 2}),
        ("về trước 18h", "vi", {"end_by": 18 * 60}),
        ("đi nhẹ nhàng thôi, đừng dày quá", "vi", {"effort": "moderate", "pace": "slow"}),
        ("tránh [Hạ Long|place/ha-long-bay], nhất định có [Côn Sơn|place/con-son]", "vi",
         {"avoid": (Ref("place", "ha-long-bay"),), "must": (CON_SON,)}),
        ("tối ngủ ở [Uông Bí|place/uong-bi]", "vi", {"nights": (Ref("place", "uong-bi"),)}),
        ("từ [Huế|elsewhere/hue] ra", "vi", {"start": Ref("elsewhere", "hue")}),
        ("from [Hanoi|from place/ha-noi], three days, pagodas and food, by car", "en",
         {"days": 3, "start": HA_NOI, "interests": ("pagodas", "food"), "transport": "car"}),
        ("we want to avoid crowds and see [Con Son|place/con-son]", "en", {"festivals": "avoid", "must": (CON_SON,)}),
        ("ending in [Hai Phong|place/hai-phong]", "en", {"end": Ref("place", "hai-phong")}),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) and len(value) > 2 else "",
)  # fmt: skip
def test_fields(site, text: str, lang: str, fields: dict) -> None:
    given = wishes_of(site, Reading.of(heard(text, lang=lang)), None, TODAY)
    assert {name: given.get(name) for name in fields} == fields


@pytest.mark.parametrize(("text", "days"), [("3", 3), ("ba thôi", 3), ("two", 2), ("khoảng 4 ạ", 4)])
def test_a_bare_number_answers_the_question_for_days(site, text: str, days: int) -> None:
    assert wishes_of(site, Reading.of(heard(text)), "days", TODAY)["days"] == days


def test_a_name_alone_answers_the_question_for_the_start(site) -> None:
    assert wishes_of(site, Reading.of(heard("[Hải Phòng|place/hai-phong]")), "start", TODAY) == {
        "start": Ref("place", "hai-phong")
    }


def test_a_weekend_does_not_shorten_a_trip_of_three_days(site) -> None:
    given = wishes_of(site, Reading.of(heard("cuối tuần này")), "when", TODAY, said=("days",))
    assert given == {"first_day": date(2026, 11, 28)}


def test_words_with_other_marks_are_other_words(site) -> None:
    assert "interests" not in wishes_of(site, Reading.of(heard("chưa đến nơi")), None, TODAY)


def test_wishes_add_up_and_later_ones_count() -> None:
    request = merged(TripRequest(TODAY, interests=("pagodas",), must=(CON_SON,)), {"interests": ("food",), "days": 3})
    assert request.interests == ("pagodas", "food") and request.days == 3
    assert merged(request, {"avoid": (CON_SON,)}).must == ()
    assert merged(merged(request, {"avoid": (CON_SON,)}), {"must": (CON_SON,)}).avoid == ()
