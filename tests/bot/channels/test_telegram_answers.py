"""Whole exchanges over Telegram's webhook, seen from its Bot API."""

from __future__ import annotations

import asyncio
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.messengers.transport import Transport
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.commands import MENU
from bot.channels.telegram.setup import inspect, register
from tests.bot.channels.kit import FakeAgent, serving
from tests.bot.channels.platforms import Messenger, telegram_body
from tests.bot.channels.standins.base import status

CHAT = 70_001
PRICE = {"title": "Giá vé", "payload": "ask:price:place/yen-tu"}
LONG = {"title": "So sánh", "payload": "ask:compare:place/" + "a" * 60 + ",place/b"}


def saying(*replies: dict[str, Any]) -> FakeAgent:
    async def say(message: UserMessage) -> list[dict[str, Any]]:
        return [{"custom": {"text": "Trả lời", "lang": "vi", **reply}} for reply in replies]

    return FakeAgent(say)


def press(data: str, number: int, message: int = 1, chat: int = CHAT) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False}
    shown = {"message_id": message, "chat": {"id": chat, "type": "private"}, "date": 1}
    return {"update_id": number, "callback_query": {"id": f"q{number}", "from": person, "data": data, "message": shown}}


def test_text_that_looks_like_html_arrives_as_it_is(telegram: Messenger, store: str) -> None:
    text = 'Giá <b> & "vé" </a> 1 < 2 > 0 ấ😀\nNguồn: Báo A&B, 2017'
    sources = [{"title": "Báo A&B", "url": 'https://x.vn/?a=1&b="2"'}]
    with serving(telegram.make(store), agent=saying({"text": text, "sources": sources})) as server:
        telegram.say(server.url, "?")
        assert telegram.standin.wait_for(telegram.told) == [text]
    (sent,) = telegram.standin.seen("sendMessage")
    assert '<a href="https://x.vn/?a=1&amp;b=&quot;2&quot;">Báo A&amp;B</a>' in sent["text"]
    assert sent["link_preview_options"] == {"is_disabled": True}


def test_a_button_is_answered_at_once_asks_and_takes_its_keyboard_away(telegram: Messenger, store: str) -> None:
    agent = saying({"quick_replies": [PRICE]})
    with serving(telegram.make(store), agent=agent) as server:
        telegram.say(server.url, "xin chào")
        (first,) = telegram.standin.wait_for(lambda: telegram.standin.seen("sendMessage"))
        assert first["reply_markup"] == {"inline_keyboard": [[{"text": "Giá vé", "callback_data": PRICE["payload"]}]]}
        telegram.deliver(server.url, press(PRICE["payload"], 50, first["_message_id"]))
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
    assert agent.heard[1].parse_data["intent"]["name"] == "ask_price" and agent.heard[1].text == "Giá vé"
    methods = [made.method for made in telegram.standin.made]
    assert telegram.standin.seen("answerCallbackQuery") == [{"callback_query_id": "q50"}]
    assert methods.index("editMessageReplyMarkup") > methods.index("sendMessage")
    assert telegram.standin.seen("editMessageReplyMarkup") == [
        {"chat_id": CHAT, "message_id": first["_message_id"], "reply_markup": {"inline_keyboard": []}}
    ]


def test_only_the_newest_message_offers_choices_and_links_stay(telegram: Messenger, store: str) -> None:
    contact = {
        "title": "Ban quản lý",
        "buttons": [{"title": "Trang web", "url": "https://yentu.vn"}, {"title": "0203 1234", "phone": "02031234"}],
    }
    with serving(telegram.make(store), agent=saying({"quick_replies": [PRICE], "cards": [contact]})) as server:
        telegram.say(server.url, "một")
        telegram.standin.wait_for(telegram.told)
        telegram.say(server.url, "hai")
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
    (edit,) = telegram.standin.seen("editMessageReplyMarkup")
    web, phone = (
        {"text": "Trang web", "url": "https://yentu.vn"},
        {"text": "📞 0203 1234", "copy_text": {"text": "02031234"}},
    )
    assert edit["reply_markup"]["inline_keyboard"] == [[web, phone]]


def test_a_long_payload_travels_as_a_token_of_this_chat_only(telegram: Messenger, store: str) -> None:
    agent = saying({"quick_replies": [LONG]})
    with serving(telegram.make(store), agent=agent) as server:
        telegram.say(server.url, "so sánh")
        (sent,) = telegram.standin.wait_for(lambda: telegram.standin.seen("sendMessage"))
        token = sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        assert token.startswith("t:") and len(token.encode()) <= 64
        telegram.deliver(server.url, press(token, 51))
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
        telegram.deliver(server.url, press(token, 52, chat=70_002))
        telegram.deliver(server.url, press("/restart", 53, chat=70_002))
        telegram.standin.wait_for(lambda: len(telegram.told(2)) == 2)
    assert [m.parse_data and m.parse_data["intent"]["name"] for m in agent.heard] == [None, "ask_compare"]
    assert all("gõ câu hỏi" in said for said in telegram.told(2))


def test_a_position_is_a_question_about_what_is_near(telegram: Messenger, store: str) -> None:
    with serving(telegram.make(store)) as server:
        telegram.deliver(server.url, telegram_body("", CHAT, 1, location={"latitude": 21.1234567, "longitude": 106.7}))
        telegram.standin.wait_for(telegram.told)
        (heard,) = server.agent.heard
    assert heard.parse_data["intent"]["name"] == "ask_nearby"
    assert heard.metadata == {"lang": "vi", "location": {"lat": 21.12346, "lon": 106.7}}


def command(text: str, number: int) -> dict[str, Any]:
    return telegram_body(
        text, CHAT, number, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    )


def test_near_asks_for_the_position_and_language_offers_both(telegram: Messenger, store: str) -> None:
    with serving(telegram.make(store)) as server:
        telegram.deliver(server.url, command("/near", 1))
        telegram.deliver(server.url, command("/language", 2))
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
        near, language = telegram.standin.seen("sendMessage")[1:]
        telegram.deliver(server.url, press("lang:en", 3))
        telegram.standin.wait_for(lambda: server.agent.heard)
    assert near["reply_markup"]["keyboard"] == [[{"text": "📍 Gửi vị trí", "request_location": True}]]
    assert [b["callback_data"] for b in language["reply_markup"]["inline_keyboard"][0]] == ["lang:vi", "lang:en"]
    told = server.agent.heard[0].parse_data
    assert told["intent"]["name"] == "switch_language" and told["entities"][0]["value"] == "en"


def test_forget_erases_the_conversation_everywhere(telegram: Messenger, store: str) -> None:
    channel = telegram.make(store)
    with serving(channel) as server:
        telegram.say(server.url, "xin chào", number=1)
        telegram.standin.wait_for(telegram.told)
        sender = server.agent.heard[0].sender_id
        server.agent.tracker_store.store[sender] = "events"
        telegram.deliver(server.url, command("/forget", 2))
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
        assert "xóa" in telegram.told()[1] and sender not in server.agent.tracker_store.store
        time.sleep(0.2)
        assert channel._shelf.store.get([f"memory:{sender}"], time.time()) == {}


def test_who_blocks_us_is_left_in_peace_until_they_come_back(telegram: Messenger, store: str) -> None:
    telegram.standin.blocked.add(CHAT)
    channel = telegram.make(store)
    with serving(channel) as server:
        telegram.say(server.url, "một", number=1)
        telegram.standin.wait_for(lambda: any(m.method == "sendMessage" for m in telegram.standin.made))
        time.sleep(0.2)
        sender = server.agent.heard[0].sender_id
        server.run(channel.get_output_channel().send_response(sender, {"text": "nhắc bạn"}))
        telegram.standin.blocked.clear()
        telegram.say(server.url, "hai", number=2)
        telegram.standin.wait_for(telegram.told)
        assert telegram.told() == ["re: hai"] and channel._shelf.store.buried() == []


def test_telegram_is_obeyed_when_it_says_wait(telegram: Messenger, store: str) -> None:
    telegram.standin.fail_next(
        "sendMessage",
        status(
            429,
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            },
        ),
    )
    with serving(telegram.make(store)) as server:
        telegram.say(server.url, "một")
        telegram.say(server.url, "hai")
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2, 8)
    refused, *later = [made for made in telegram.standin.made if made.method == "sendMessage"]
    assert later[0].at - refused.at >= 1 and telegram.told() == ["re: một", "re: hai"]


def test_html_that_telegram_does_not_like_is_sent_plain(telegram: Messenger, store: str) -> None:
    parse_error = status(400, {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities"})
    telegram.standin.fail_next("sendMessage", parse_error)
    with serving(telegram.make(store)) as server:
        telegram.say(server.url, "1 < 2")
        assert telegram.standin.wait_for(telegram.told) == ["re: 1 < 2"]
    assert "parse_mode" not in telegram.standin.seen("sendMessage")[0]


def test_a_group_that_became_a_supergroup_is_followed(telegram: Messenger, store: str) -> None:
    moved = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded",
        "parameters": {"migrate_to_chat_id": -100777},
    }
    telegram.standin.fail_next("sendMessage", status(400, moved))
    with serving(telegram.make(store)) as server:
        telegram.say(server.url, "hỏi")
        assert telegram.standin.wait_for(lambda: telegram.standin.seen("sendMessage"))[0]["chat_id"] == -100777


def test_two_members_of_a_group_have_two_conversations(telegram: Messenger, store: str) -> None:
    group = {"id": -100123, "type": "supergroup"}
    with serving(telegram.make(store)) as server:
        for n in (1, 2):
            body = command("/help", n)
            body["message"] |= {"chat": group, "from": {"id": 80_000 + n, "is_bot": False}}
            telegram.deliver(server.url, body)
        sent = telegram.standin.wait_for(
            lambda: len(telegram.standin.seen("sendMessage")) == 2
        ) and telegram.standin.seen("sendMessage")
    assert len({message.sender_id for message in server.agent.heard}) == 2
    assert sorted(one["reply_parameters"]["message_id"] for one in sent) == [1, 2]
    assert {one["chat_id"] for one in sent} == {-100123}


def test_a_corrected_question_is_answered_while_it_is_the_last(telegram: Messenger, store: str) -> None:
    with serving(telegram.make(store)) as server:
        telegram.say(server.url, "giá vé Yên tử", number=1)
        telegram.standin.wait_for(telegram.told)
        corrected = telegram_body("giá vé Côn Sơn", CHAT, 1)["message"]
        telegram.deliver(server.url, {"update_id": 2, "edited_message": corrected})
        telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
        telegram.say(server.url, "cảm ơn", number=3)
        telegram.standin.wait_for(lambda: len(telegram.told()) == 3)
        telegram.deliver(server.url, {"update_id": 4, "edited_message": corrected})
        time.sleep(0.4)
    assert server.agent.texts == ["giá vé Yên tử", "giá vé Côn Sơn", "cảm ơn"]


def test_typing_is_shown_while_a_turn_takes_its_time(telegram: Messenger, store: str) -> None:
    async def slow(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(0.8)
        return [{"text": "xong"}]

    with serving(telegram.make(store), agent=FakeAgent(slow)) as server:
        telegram.say(server.url, "hỏi")
        telegram.standin.wait_for(telegram.told)
    methods = [made.method for made in telegram.standin.made if made.method.startswith("send")]
    assert methods == ["sendChatAction", "sendMessage"]


def test_a_visitor_is_told_when_an_answer_takes_long_and_still_gets_it(
    telegram: Messenger, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.messengers.answering.PATIENCE_SECONDS", 0.3)

    async def slow(message: UserMessage) -> list[dict[str, Any]]:
        await asyncio.sleep(1)
        return [{"text": "xong"}]

    with serving(telegram.make(store), agent=FakeAgent(slow)) as server:
        telegram.say(server.url, "hỏi")
        wait, answer = telegram.standin.wait_for(lambda: len(telegram.told()) == 2 and telegram.told())
    assert "chờ mình" in wait and answer == "xong"


class _Web(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/t/abc.ics" else 404)
        self.end_headers()
        self.wfile.write(b"BEGIN:VCALENDAR")

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def test_our_calendar_file_is_sent_along_and_foreign_files_are_links(
    telegram: Messenger, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        {"kind": "calendar", "title": "Lịch trình", "url": "https://yentu.example/t/abc.ics"},
        {"kind": "gpx", "title": "Tuyến", "url": "https://yentu.example/t/gone.gpx"},
        {"kind": "gpx", "title": "Lạ", "url": "https://elsewhere.example/x.gpx"},
    ]
    with ThreadingHTTPServer(("127.0.0.1", 0), _Web) as web:
        Thread(target=web.serve_forever, daemon=True).start()
        monkeypatch.setenv("TRUC_WEB_URL", f"http://127.0.0.1:{web.server_address[1]}")
        channel = telegram.make(store, public_url="https://yentu.example")
        with serving(channel, agent=saying({"attachments": files})) as server:
            telegram.say(server.url, "lịch")
            telegram.standin.wait_for(lambda: len(telegram.told()) == 2)
        web.shutdown()
    (sent,) = [made for made in telegram.standin.made if made.method == "sendDocument"]
    assert sent.files["document"] == ("abc.ics", b"BEGIN:VCALENDAR")
    text, link = telegram.standin.seen("sendMessage")
    assert "elsewhere.example" in str(text["reply_markup"]) and link["text"].endswith(
        "https://yentu.example/t/gone.gpx"
    )


def test_registering_and_checking(telegram: Messenger) -> None:
    api = TelegramApi(Transport(telegram.standin.url), telegram.standin.token)
    url = "https://chat.example.vn/webhooks/telegram/webhook"
    assert all(finding.fine for finding in asyncio.run(register(api, url, "s")))
    menus = telegram.standin.seen("setMyCommands")
    assert [menu.get("language_code") for menu in menus] == [None, "vi", "en"]
    assert [one["command"] for one in menus[0]["commands"]] == list(MENU)
    assert all(finding.fine for finding in asyncio.run(inspect(api, url)))
    telegram.standin.webhook |= {"pending_update_count": 300, "last_error_message": "Connection refused"}
    wrong = [finding.text for finding in asyncio.run(inspect(api, "https://other/")) if not finding.fine]
    assert len(wrong) == 3
    wrong_token = TelegramApi(Transport(telegram.standin.url), "1:wrong")
    assert not asyncio.run(inspect(wrong_token, url))[0].fine
