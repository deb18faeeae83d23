"""Conversations about a trip without Rasa: what is asked, what is defaulted, what a change does, how one gets out."""

from __future__ import annotations

from datetime import date

import pytest

from guide.answers.wording import wording_for
from guide.planner.changes import Drop, Later
from guide.planner.changes import payload as change_payload
from guide.planner.check import violations
from guide.refs import Ref
from guide.trips.wanting import wants
from tests.guide.trips.trip_talk import CON_SON, HA_NOI, Talk, heard

FULL = {
    "vi": "3 ngày từ [Hà Nội|from place/ha-noi], có bà 75 tuổi, thích chùa, đi ô tô",
    "en": "3 days from [Hanoi|from place/ha-noi] by car, with my 75 year old grandmother, pagodas",
}


def phrase(lang: str, name: str, **values: object) -> str:
    return wording_for(lang).say(f"trip.{name}", **values)


def offered(reply) -> list[str]:
    return [option.payload for option in reply.quick_replies]


@pytest.fixture
def talk(site) -> Talk:
    return Talk(site)


@pytest.fixture
def going(site) -> Talk:
    """With a plan of two days already."""
    talk = Talk(site)
    talk.say("2 ngày từ [Hà Nội|from place/ha-noi] đi ô tô, [Côn Sơn|place/con-son]", "plan_trip")
    return talk


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_sentence_fills_everything(site, lang: str) -> None:
    talk = Talk(site, lang)
    reply = talk.say(FULL[lang], "plan_trip")
    plan = talk.state.plan
    assert plan and talk.state.asked is None and len(reply.cards) == 3
    assert (plan.start, plan.transport, plan.request.oldest) == (HA_NOI, "car", 75)
    assert violations(site, plan) == ()


def test_only_what_is_missing_is_asked_and_one_thing_more(talk: Talk) -> None:
    talk.say("lên lịch giúp mình, đi ô tô", "plan_trip")
    assert talk.state.asked == "days"
    talk.say("2 ngày")
    assert talk.state.asked == "start"
    talk.say("[Hải Phòng|place/hai-phong]", "ask_overview")
    assert talk.state.asked == "when"
    talk.say("mùng 10 tháng Giêng")
    plan = talk.state.plan
    assert plan.days[0].date == date(2027, 2, 15) and plan.start == Ref("place", "hai-phong")
    assert (plan.days[0].lunar.day, plan.days[0].lunar.month) == (10, 1)


def test_all_can_be_answered_by_buttons(talk: Talk) -> None:
    reply = talk.say("lên lịch giúp mình", "plan_trip")
    for _ in range(3):
        reply = talk.press(offered(reply)[0])
    assert talk.state.plan is not None and offered(reply)[-1] == "plan:share"


def test_all_can_be_left_to_the_guide(talk: Talk) -> None:
    talk.say("plan a trip", "plan_trip")
    for _ in range(3):
        talk.say("tùy bạn")
    assert talk.state.plan and talk.state.plan.assumptions


@pytest.mark.parametrize(
    ("text", "intent", "wanted"),
    [
        ("3 ngày", "ask_duration", True),
        ("từ [Hà Nội|from place/ha-noi]", "ask_directions", True),
        ("[Hà Nội|place/ha-noi]", "ask_overview", True),
        ("thích chùa", "ask_list", True),
        ("thôi", "deny", True),
        ("tùy bạn", None, True),
        ("giá vé [Yên Tử|place/yen-tu] bao nhiêu", "ask_price", False),
        ("[Yên Tử|place/yen-tu] mở cửa mấy giờ", "ask_hours", False),
        ("cảm ơn", "thank", False),
        ("English please", "switch_language", False),
    ],
)
def test_what_belongs_to_a_trip_that_is_being_asked_for(talk: Talk, text: str, intent: str, wanted: bool) -> None:
    talk.say("lên lịch giúp mình", "plan_trip")
    assert wants(talk.state, heard(text, intent)) is wanted


@pytest.mark.parametrize(
    ("text", "intent", "wanted"),
    [
        ("bỏ [Côn Sơn|place/con-son]", "ask_overview", True),
        ("đi xe máy", "ask_bus", True),
        ("[Côn Sơn|place/con-son]", "ask_overview", False),
        ("[Côn Sơn|place/con-son] có gì hay", "ask_overview", False),
        ("đi xe khách mất bao lâu", "ask_bus", False),
    ],
)
def test_what_belongs_to_a_plan(going: Talk, text: str, intent: str, wanted: bool) -> None:
    assert wants(going.state, heard(text, intent)) is wanted


def test_without_a_trip_nothing_is_taken_from_other_answers(talk: Talk) -> None:
    assert not wants(talk.state, heard("3 ngày", "ask_duration"))


def test_a_change_says_what_it_did_and_can_be_taken_back_twice(going: Talk) -> None:
    first = going.state.plan
    reply = going.say("bỏ [Côn Sơn|place/con-son]", "change_trip")
    assert going.state.plan.day_of(CON_SON) is None and "Côn Sơn" in reply.text.splitlines()[0]
    second = going.state.plan
    going.say("thêm một ngày", "change_trip")
    assert len(going.state.plan.days) == 3
    going.say("quay lại lịch trước", "undo_trip")
    assert going.state.plan == second
    going.press("plan:undo")
    assert going.state.plan == first
    assert going.say("hoàn tác", "undo_trip").text == phrase("vi", "nothing_to_undo")


def test_what_cannot_be_is_explained_and_the_nearest_plan_is_taken_by_a_yes(site) -> None:
    talk = Talk(site)
    talk.say(FULL["vi"], "plan_trip")
    before = talk.state.plan
    reply = talk.say("thêm [chùa Đồng|place/chua-dong]", "change_trip")
    assert talk.state.plan == before and talk.state.offer and phrase("vi", "offer") in reply.text
    offer = talk.state.offer
    talk.say("ừ", "affirm")
    assert talk.state.plan == offer and talk.state.offer is None
    assert violations(site, talk.state.plan) == ()


def test_an_offer_can_be_declined(site) -> None:
    talk = Talk(site)
    talk.say(FULL["vi"], "plan_trip")
    before = talk.state.plan
    talk.say("thêm [chùa Đồng|place/chua-dong]", "change_trip")
    talk.say("không", "deny")
    assert talk.state.plan == before and talk.state.offer is None


def test_too_many_days_are_refused_and_asked_again(talk: Talk) -> None:
    talk.say("10 ngày từ [Hà Nội|from place/ha-noi]", "plan_trip")
    assert talk.state.plan is None and talk.state.asked == "days"
    talk.say("thế 3 ngày")
    assert (talk.state.wishes.days, talk.state.wishes.start, talk.state.asked) == (3, HA_NOI, "when")


def test_a_trip_can_be_given_up(talk: Talk) -> None:
    talk.say("lên lịch giúp mình", "plan_trip")
    assert talk.say("thôi khỏi", "cancel_trip").text == phrase("vi", "cancelled")
    assert not talk.state


def test_giving_up_a_new_trip_keeps_the_old_one(going: Talk) -> None:
    before = going.state.plan
    going.say("lịch mới", "plan_trip")
    assert going.state.asked == "days"
    going.say("thôi", "deny")
    assert going.state.plan == before and going.state.asked is None


def test_another_trip_replaces_the_plan_and_can_be_taken_back(going: Talk) -> None:
    before = going.state.plan
    going.say("lên lịch trình 1 ngày từ [Hải Phòng|from place/hai-phong]", "plan_trip")
    assert len(going.state.plan.days) == 1
    going.press("plan:undo")
    assert going.state.plan == before


def test_sharing_keeps_the_plan_and_gives_its_addresses(going: Talk) -> None:
    reply = going.say("gửi cho tôi", "share_trip")
    assert going.kept == [going.state.plan]
    assert [one.kind for one in reply.attachments] == ["page", "calendar", "gpx"]
    assert all(one.url in reply.text for one in reply.attachments)


@pytest.mark.parametrize("intent", ["share_trip", "undo_trip"])
def test_without_a_plan_there_is_nothing_to_share_or_undo(talk: Talk, intent: str) -> None:
    assert talk.say("x", intent).text == phrase("vi", "none_yet")


def test_a_start_outside_the_region_is_replaced_and_said(talk: Talk) -> None:
    talk.say("2 ngày từ [Huế|elsewhere/hue]", "plan_trip")
    plan = talk.state.plan
    assert plan and plan.start == HA_NOI
    assert any(note.code == "start_replaced" for note in plan.assumptions)


def test_an_unknown_start_is_said_to_be_unknown(talk: Talk) -> None:
    talk.say("lên lịch 2 ngày", "plan_trip")
    reply = talk.say("Xóm Núi", None)
    assert phrase("vi", "start_unknown") in reply.text


def test_a_route_is_planned_from_its_button(site, talk: Talk) -> None:
    route = next(route for route in site.all("route") if (route.days_min or 1) <= 3)
    talk.press(f"plan:route:{route.id}")
    talk.press("plan:tell:start=place/ha-noi")
    if talk.state.asked:
        talk.press("plan:tell:first_day=any")
    plan = talk.state.plan or talk.state.offer
    assert plan and plan.request.route == route.id and len(plan.days) >= (route.days_min or 1)


def test_further_wishes_change_the_plan_but_not_its_day(going: Talk) -> None:
    before = going.state.plan
    reply = going.say("có cụ 82 tuổi đi cùng")
    assert going.state.plan.request.oldest == 82 and going.state.plan.days[0].date == before.days[0].date
    assert reply.cards


def test_what_is_not_understood_as_a_change_is_asked_for(going: Talk) -> None:
    assert phrase("vi", "what_change") in going.say("sửa lịch giúp mình", "change_trip").text


def test_by_train_is_said_to_be_impossible(talk: Talk) -> None:
    reply = talk.say("2 ngày từ [Hà Nội|from place/ha-noi] đi tàu hỏa", "plan_trip")
    assert phrase("vi", "no_transport", mode="train") in reply.text


def test_a_closure_on_the_day_keeps_the_place_out(fresh_site) -> None:
    with fresh_site.acting("test"):
        words = {"vi": "Tạm đóng để tu sửa.", "en": "Closed for repair."}
        fresh_site.add_notice(CON_SON, "closure", words, starts=date(2026, 11, 28), ends=date(2026, 11, 29))
    talk = Talk(fresh_site)
    talk.say("1 ngày từ [Hà Nội|from place/ha-noi], thứ bảy này, [Côn Sơn|place/con-son]", "plan_trip")
    state = talk.state
    assert state.plan is None and (state.offer is None or state.offer.day_of(CON_SON) is None)


@pytest.mark.parametrize("change", [Later(), Drop(CON_SON)], ids=["later", "drop"])
def test_a_change_by_button_is_the_change_by_words(going: Talk, change) -> None:
    going.press(change_payload(change))
    assert len(going.state.before) == 1 and violations(going.site, going.state.plan) == ()


def test_a_change_without_a_plan_begins_one(talk: Talk) -> None:
    talk.say("bỏ [Hạ Long|place/ha-long-bay]", "change_trip")
    assert talk.state.asked == "days" and talk.state.wishes.avoid == (Ref("place", "ha-long-bay"),)
