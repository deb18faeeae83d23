"""Zalo OA: signatures, events, what is sent and what happens when Zalo says no."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.messengers.incoming import Kind
from bot.channels.messengers.platform import Forged
from bot.channels.messengers.shown import Choice
from bot.channels.zalo_oa import oauth, signature
from bot.channels.zalo_oa.events import read_event
from bot.channels.zalo_oa.payloads import from_text, to_text
from tests.bot.channels.kit import FakeAgent, post, serving
from tests.bot.channels.platforms import OA_ID, Messenger, oa_body, sign
from tests.bot.channels.standins.base import cut

USER = "2468458835291979001"
APP, SECRET = "360846524940903967", "OASECRET123"
DOCUMENTED = (
    '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730",'
    '"recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Xin chào Đà Nẵng",'
    '"msg_id":"96d3cdf3af150460909"},"timestamp":"154390853474"}'
).encode()
THEN = 154390853.474
MAC = "dd9b715c7290cf8eb587145487a44a4cfacd6cc5b38a005b720b9fd0c8f59b44"


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        pytest.param(f"mac={MAC}", True, id="as-documented"),
        pytest.param(MAC, True, id="without-prefix"),
        pytest.param(f"MAC={MAC}", True, id="prefix-in-capitals"),
        pytest.param(f"mac={MAC.upper()}", False, id="hex-in-capitals"),
        pytest.param(f"mac={MAC[:-1]}5", False, id="wrong"),
        pytest.param("mac=é", False, id="not-hex"),
        pytest.param("", False, id="missing"),
    ],
)
def test_the_documented_signature(given: str, accepted: bool) -> None:
    headers = {"x-zevent-signature": given}
    arguments = (headers, DOCUMENTED, json.loads(DOCUMENTED), APP, SECRET)
    if accepted:
        signature.check(*arguments, THEN)
    else:
        with pytest.raises(Forged):
            signature.check(*arguments, THEN)


@pytest.mark.parametrize(
    ("change", "now"),
    [
        pytest.param({"body": DOCUMENTED.replace(b'","', b'", "', 1)}, THEN, id="other-bytes-of-the-same-json"),
        pytest.param({"secret": "another"}, THEN, id="another-secret"),
        pytest.param({"app": "1"}, THEN, id="another-app"),
        pytest.param({}, THEN + 3 * 3_600, id="replayed-after-three-hours"),
        pytest.param({}, THEN - 3_600, id="from-the-future"),
    ],
)
def test_what_is_not_signed_by_zalo_now_for_us(change: dict[str, Any], now: float) -> None:
    body = change.get("body", DOCUMENTED)
    with pytest.raises(Forged):
        signature.check(
            {"x-zevent-signature": f"mac={MAC}"},
            body,
            json.loads(body),
            change.get("app", APP),
            change.get("secret", SECRET),
            now,
        )


def event(name: str, **more: Any) -> dict[str, Any]:
    return {"app_id": APP, "event_name": name, "timestamp": 1790000000000, **more}


def media(what: str, kind: str, /, **payload: Any) -> dict[str, Any]:
    message = {"msg_id": "m", "attachments": [{"type": kind, "payload": payload}]}
    return event(what, sender={"id": USER}, recipient={"id": OA_ID}, message=message)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(oa_body("giá vé?", USER, 1), {"kind": Kind.SAID, "text": "giá vé?"}, id="text"),
        pytest.param(
            media("user_send_location", "location", coordinates={"latitude": "16.0471", "longitude": "108.2068"}),
            {"kind": Kind.LOCATED, "position": {"lat": "16.0471", "lon": "108.2068"}},
            id="location-as-texts",
        ),
        pytest.param(
            event("user_send_location", sender={"id": USER}, message={"location": {"latitude": 16, "longitude": 108}}),
            {"kind": Kind.LOCATED, "position": {"lat": 16, "lon": 108}},
            id="location-otherwise",
        ),
        pytest.param(
            media("user_send_image", "photo", url="http://x"), {"kind": Kind.UNREADABLE, "what": "photo"}, id="image"
        ),
        pytest.param(media("user_send_sticker", "sticker", id="1"), {"what": "sticker"}, id="sticker"),
        pytest.param(media("user_send_audio", "audio", url="x.amr"), {"what": "voice"}, id="audio"),
        pytest.param(media("user_send_file", "file", name="a.pdf"), {"what": "file"}, id="file"),
        pytest.param(media("user_send_business_card", "link", description="{}"), {"what": "contact"}, id="card"),
        pytest.param(
            event("follow", oa_id=OA_ID, follower={"id": USER}), {"kind": Kind.ASKED, "intent": "greet"}, id="follow"
        ),
        pytest.param(event("user_click_chatnow", user_id=USER), {"intent": "greet"}, id="chat-now"),
        pytest.param(
            event("oa_send_text", sender={"id": OA_ID, "admin_id": "9"}, recipient={"id": USER}, message={"text": "x"}),
            {"kind": Kind.NOTED, "what": "staff"},
            id="staff-answers-by-hand",
        ),
        pytest.param(
            event("oa_send_text", sender={"id": OA_ID}, recipient={"id": USER}, message={"text": "x"}),
            {"kind": Kind.NOTED, "what": "echo"},
            id="echo",
        ),
        pytest.param(event("user_withdraw", user_id=USER), {"kind": Kind.NOTED, "what": "withdrew"}, id="withdrawal"),
        pytest.param(
            oa_body("#Giá vé #ask:price:place/yen-tu", USER, 1),
            {"kind": Kind.PRESSED, "text": "Giá vé", "payload": "ask:price:place/yen-tu"},
            id="hidden-query",
        ),
        pytest.param(oa_body("#haiphong #2026", USER, 1), {"kind": Kind.SAID}, id="hashtags-are-text"),
    ],
)
def test_events(body: dict[str, Any], expected: dict[str, Any]) -> None:
    seen = read_event(body)
    assert seen is not None and seen.chat == USER
    assert {name: getattr(seen, name) for name in expected} == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(event("user_seen_message", sender={"id": OA_ID}, message={"msg_ids": ["1"]}), id="seen"),
        pytest.param(event("user_submit_info", sender={"id": USER}, info={"phone": "84"}), id="personal-data"),
        pytest.param(event("user_send_group_text", sender={"id": USER}, message={"text": "x"}), id="group"),
        pytest.param(event("change_oa_daily_quota"), id="quota"),
        pytest.param(event("something_new", sender=5), id="unknown"),
        pytest.param({}, id="probe"),
    ],
)
def test_events_that_need_no_answer(body: dict[str, Any]) -> None:
    assert read_event(body) is None


@pytest.mark.parametrize("payload", ["ask:price:place/yen-tu", "ask:help"])
def test_a_hidden_payload_comes_back_as_it_was(payload: str) -> None:
    choice = Choice("Giá vé # 1", payload)
    assert from_text(to_text(choice) or "") == choice


@pytest.mark.parametrize("payload", ["/restart", "ask:price:slot/x", 'ask:price{"a":1}'])
def test_only_questions_can_hide_in_a_payload(payload: str) -> None:
    assert to_text(Choice("x", payload)) is None and from_text(f"#x #{payload}") is None


RICH = {
    "text": "Vé tham quan: 40.000 ₫.",
    "quick_replies": [{"title": f"Hỏi {n}", "payload": f"ask:price:place/p{n}"} for n in range(1, 6)],
    "cards": [{"title": "Ban quản lý", "buttons": [{"title": "0203 3854 333", "phone": "02033854333"}]}],
    "map": {"points": [{"lat": 21.1, "lon": 106.7, "label": "Chùa Đồng"}]},
}


def saying(reply: dict[str, Any]) -> FakeAgent:
    async def say(message: UserMessage) -> list[dict[str, Any]]:
        return [{"custom": {"lang": "vi", **reply}}]

    return FakeAgent(say)


def test_buttons_ask_call_and_open_the_map(zalo_oa: Messenger, store: str) -> None:
    with serving(zalo_oa.make(store), agent=saying(RICH)) as server:
        zalo_oa.say(server.url, "giá vé?")
        (sent,) = zalo_oa.standin.wait_for(lambda: zalo_oa.standin.seen("cs"))
    buttons = sent["message"]["attachment"]["payload"]["buttons"]
    assert [button["type"] for button in buttons] == ["oa.query.hide"] * 3 + ["oa.open.phone", "oa.open.url"]
    assert buttons[3]["payload"] == {"phone_code": "842033854333"}
    assert "21.10000,106.70000" in buttons[4]["payload"]["url"]
    assert "4. Hỏi 4" in sent["message"]["text"] and "5. Hỏi 5" in sent["message"]["text"]


def test_refused_buttons_become_numbers_that_can_be_typed(zalo_oa: Messenger, store: str) -> None:
    zalo_oa.standin.refuse_buttons = True
    agent = saying(RICH)
    with serving(zalo_oa.make(store), agent=agent) as server:
        zalo_oa.say(server.url, "giá vé?")
        (said,) = zalo_oa.standin.wait_for(zalo_oa.told)
        assert "1. Hỏi 1" in said and "5. Hỏi 5" in said and "maps" in said
        zalo_oa.say(server.url, "2.")
        zalo_oa.standin.wait_for(lambda: len(zalo_oa.told()) == 2)
    assert agent.heard[1].parse_data["entities"][0]["value"] == "p2"
    refused = [made for made in zalo_oa.standin.made if not made.carried_out]
    assert len(refused) == 1, "what was refused is not tried again within the hour"


def test_pictures_have_captions_and_a_list_falls_back_to_them(zalo_oa: Messenger, store: str) -> None:
    cards = [{"title": f"Chùa {n}", "subtitle": "Đông Triều", "image": f"https://x.vn/{n}.jpg"} for n in range(1, 5)]
    zalo_oa.standin.refuse_lists = True
    with serving(zalo_oa.make(store, lists="1"), agent=saying({"text": "Có bốn chùa.", "cards": cards})) as server:
        zalo_oa.say(server.url, "chùa nào?")
        zalo_oa.standin.wait_for(lambda: "Có bốn chùa." in zalo_oa.told())
    assert zalo_oa.told() == [*(f"Chùa {n}\nĐông Triều" for n in (1, 2, 3)), "Chùa 4", "Có bốn chùa."]


def test_staff_who_answer_by_hand_are_not_interrupted(zalo_oa: Messenger, store: str) -> None:
    with serving(zalo_oa.make(store)) as server:
        by_hand = event(
            "oa_send_text",
            sender={"id": OA_ID, "admin_id": "9"},
            recipient={"id": USER},
            message={"text": "chào", "msg_id": "h"},
        )
        zalo_oa.deliver(server.url, by_hand | {"timestamp": str(int(time.time() * 1000))})
        time.sleep(0.3)
        zalo_oa.say(server.url, "cảm ơn chị", person=1)
        zalo_oa.say(server.url, "giá vé?", person=2)
        zalo_oa.standin.wait_for(lambda: zalo_oa.told(2))
        time.sleep(0.3)
    assert zalo_oa.told(1) == []


def test_the_registration_probe_is_welcome_and_does_nothing(zalo_oa: Messenger, store: str) -> None:
    with serving(zalo_oa.make(store)) as server:
        assert post(zalo_oa.webhook(server.url), b"{}").status_code == 200
        assert server.agent.heard == []


def test_a_withdrawal_erases(zalo_oa: Messenger, store: str) -> None:
    channel = zalo_oa.make(store)
    with serving(channel) as server:
        zalo_oa.say(server.url, "xin chào")
        zalo_oa.standin.wait_for(zalo_oa.told)
        sender = server.agent.heard[0].sender_id
        server.agent.tracker_store.store[sender] = "events"
        zalo_oa.deliver(server.url, event("user_withdraw", user_id=USER) | {"timestamp": str(int(time.time() * 1000))})
        zalo_oa.standin.wait_for(lambda: sender not in server.agent.tracker_store.store)
        time.sleep(0.2)
        assert channel._shelf.store.get([f"memory:{sender}"], time.time()) == {}
    assert len(zalo_oa.told()) == 1


def test_outside_the_window_nothing_is_tried_twice_and_staff_see_it(zalo_oa: Messenger, store: str) -> None:
    zalo_oa.standin.errors[USER] = -230
    channel = zalo_oa.make(store)
    with serving(channel) as server:
        zalo_oa.say(server.url, "giá vé?")
        (kept,) = zalo_oa.standin.wait_for(lambda: channel._shelf.store.buried())
    assert kept.reason == "closed: -230" and len([m for m in zalo_oa.standin.made if m.method == "cs"]) == 1


def test_nobody_is_written_to_first_after_48_hours(zalo_oa: Messenger, store: str) -> None:
    channel = zalo_oa.make(store)
    assert channel.platform.may_write_first({"at": time.time() - 47 * 3_600})
    assert not channel.platform.may_write_first({"at": time.time() - 49 * 3_600})
    assert zalo_oa.make(store, paid="1").platform.may_write_first({"at": time.time() - 6 * 86_400})


def echo(text: str, number: int) -> dict[str, Any]:
    body = event(
        "oa_send_text", sender={"id": OA_ID}, recipient={"id": USER}, message={"text": text, "msg_id": f"e{number}"}
    )
    return body | {"timestamp": str(int(time.time() * 1000))}


@pytest.mark.parametrize("arrived", [True, False], ids=["it-arrived", "it-was-lost"])
def test_zalos_echo_tells_whether_a_message_arrived(zalo_oa: Messenger, store: str, arrived: bool) -> None:
    channel = zalo_oa.make(store)
    channel.platform.echo_seconds = 1.2
    with serving(channel) as server:
        zalo_oa.deliver(server.url, echo("câu trước", 1))
        time.sleep(0.3)
        zalo_oa.standin.fail_next("cs", cut(after=arrived))
        zalo_oa.say(server.url, "giá vé?")
        zalo_oa.standin.wait_for(lambda: any(made.method == "cs" for made in zalo_oa.standin.made))
        if arrived:
            zalo_oa.deliver(server.url, echo(zalo_oa.told_whole()[0], 2))
        time.sleep(2)
        assert channel._shelf.store.buried() == []
    assert zalo_oa.told() == ["re: giá vé?"]


def test_an_anonymous_visitor_of_the_widget_is_answered_in_their_conversation(zalo_oa: Messenger, store: str) -> None:
    with serving(zalo_oa.make(store), agent=saying(RICH)) as server:
        zalo_oa.deliver(
            server.url, oa_body("giá vé?", "1ffedc46", 1, event="anonymous_send_text", conversation_id="fa8f3f")
        )
        (sent,) = zalo_oa.standin.wait_for(lambda: zalo_oa.standin.seen("v2"))
    assert sent["recipient"] == {"anonymous_id": "1ffedc46", "conversation_id": "fa8f3f"}
    assert "attachment" not in sent["message"] and "5. Hỏi 5" in sent["message"]["text"]


def test_the_documented_challenge() -> None:
    assert (
        oauth.challenge("Zalo0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9") == "HKXUfHpGUqlSrh752TKvo7VYXuf61gD9uBXdwwqmnXQ"
    )
    assert oauth.challenge("a" * 43) == "ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA"
    assert len(oauth.new_verifier()) == 43 and sign(b"", "") == signature.mac(APP, b"", "", SECRET)
