"""The conversation in the terminal, with a stand-in for the bot."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import click
import pytest

from ops.chat import HINTS, Conversation, choices, rendered
from ops.rest import BotUnreachable, say

MESSAGE = {
    "text": "Vé cáp treo là 40.000 ₫.\nNguồn: https://yentu.example/ve",
    "custom": {
        "lang": "vi",
        "quick_replies": [{"title": "Giờ mở cửa", "payload": "ask:hours:place/yen-tu"}],
        "cards": [
            {
                "title": "Yên Tử",
                "buttons": [
                    {"title": "Đường đi", "payload": "ask:directions:place/yen-tu"},
                    {"title": "Giờ mở cửa", "payload": "ask:hours:place/yen-tu"},
                    {"title": "Gọi", "phone": "0203"},
                ],
            }
        ],
        "map": {"points": [{"lat": 21.1, "lon": 106.7, "label": "Yên Tử"}]},
        "attachments": [{"kind": "calendar", "title": "Lịch lễ hội", "url": "https://yentu.example/le.ics"}],
        "sources": [{"title": "Ban quản lý", "url": "https://yentu.example/ve"}],
    },
}


class Bot:
    """Answers every message with MESSAGE (in English after "English please"), and remembers what it was told."""

    def __init__(self, status: int = 200) -> None:
        self.heard: list[dict] = []
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                bot.heard.append({"path": self.path, **body})
                lang = "en" if "English" in body["message"] else "vi"
                answer = json.dumps([{**MESSAGE, "custom": {**MESSAGE["custom"], "lang": lang}}]).encode()
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def bot() -> Iterator[Bot]:
    it = Bot()
    thread = threading.Thread(target=it.server.serve_forever, daemon=True)
    thread.start()
    yield it
    it.server.shutdown()
    it.server.server_close()


@pytest.fixture
def screen() -> list[str]:
    return []


def talk(url: str, screen: list[str], *lines: str) -> None:
    """Type these lines, then Ctrl-D."""
    typed = iter(lines)

    def read(prompt: str) -> str:
        screen.append(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    Conversation(url, "vi", "t1", lambda text: screen.append(click.unstyle(text))).run(read)


def test_a_question_is_asked_over_rest_and_its_answer_shown(bot: Bot, screen: list[str]) -> None:
    talk(bot.url, screen, "giá vé cáp treo?")
    assert bot.heard == [
        {"path": "/webhooks/rest/webhook", "sender": "t1", "message": "giá vé cáp treo?", "metadata": {}}
    ]
    assert any("Trúc › Vé cáp treo là 40.000 ₫." in line for line in screen)
    assert "[1] Giờ mở cửa   [2] Đường đi" in "\n".join(screen)


def test_a_number_chooses_the_suggestion_with_its_payload(bot: Bot, screen: list[str]) -> None:
    talk(bot.url, screen, "giá vé?", "2")
    assert bot.heard[1]["message"] == "Đường đi"
    assert bot.heard[1]["payload"] == "ask:directions:place/yen-tu"


@pytest.mark.parametrize("typed", ["3", "0", "2027"])
def test_a_number_that_is_no_suggestion_is_just_said(bot: Bot, screen: list[str], typed: str) -> None:
    talk(bot.url, screen, "giá vé?", typed)
    assert bot.heard[1]["message"] == typed
    assert "payload" not in bot.heard[1]


def test_empty_lines_are_not_sent(bot: Bot, screen: list[str]) -> None:
    talk(bot.url, screen, "", "   ")
    assert bot.heard == []


def test_the_prompt_follows_the_language_of_the_answers(bot: Bot, screen: list[str]) -> None:
    talk(bot.url, screen, "English please")
    assert screen[0] == "Bạn › "
    assert "You › " in screen
    assert screen[-1] == "\nGoodbye!"


def test_a_bot_that_is_down_is_said_and_the_conversation_goes_on(screen: list[str]) -> None:
    talk("http://127.0.0.1:9", screen, "xin chào", "còn đó không?")
    assert sum("không trả lời được" in line for line in screen) == 2


def test_links_are_shown_once_and_only_when_the_text_lacks_them() -> None:
    shown = "\n".join(map(click.unstyle, rendered(MESSAGE, HINTS["vi"])))
    assert shown.count("https://yentu.example/ve") == 1
    assert "Lịch lễ hội — https://yentu.example/le.ics" in shown
    assert "mlat=21.1&mlon=106.7" in shown


def test_a_plain_message_needs_no_custom_part() -> None:
    assert choices({"text": "Xin lỗi"}) == []
    assert rendered({"text": "Xin lỗi"}, HINTS["vi"]) == [click.style("Trúc", fg="green", bold=True) + " › Xin lỗi"]


def test_a_fault_of_the_server_is_a_named_error() -> None:
    broken = Bot(status=500)
    thread = threading.Thread(target=broken.server.handle_request, daemon=True)
    thread.start()
    with pytest.raises(BotUnreachable, match="500"):
        say(broken.url, "t1", "xin chào")
    broken.server.server_close()


def test_the_hints_are_the_same_in_both_languages() -> None:
    assert HINTS["vi"].keys() == HINTS["en"].keys()
