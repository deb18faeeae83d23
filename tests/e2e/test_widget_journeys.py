"""What a visitor lives through with the widget, from the first question to the calendar file, over the real servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.conftest import Servers
from tests.widget.conftest import DESK, PHONE, Chat, Visit

SMALLEST = {"width": 320, "height": 568}
PLAN = "Lịch trình 2 ngày từ Hà Nội đi ô tô, Yên Tử và Côn Sơn"
HOST_FILES = Path(__file__).parents[1] / "widget" / "pages"


def test_a_trip_is_planned_and_put_into_the_calendar(visit: Visit) -> None:
    chat = visit(size=PHONE).open()
    plan = chat.ask(PLAN)
    expect(plan.locator(".day strong")).to_have_text(["NGÀY 1", "NGÀY 2"])
    expect(plan.locator(".hours .when").first).to_have_text(re.compile(r"\d+:\d\d"))
    chat.choices.filter(has_text="Gửi cho tôi").click()
    file = chat.element.locator(".attachments a[href*='.ics']")
    expect(chat.answers.last).not_to_contain_text("http")
    with chat.page.expect_download() as download:
        file.click()
    calendar = Calendar.from_ical(Path(download.value.path()).read_bytes())
    events = calendar.walk("VEVENT")
    assert len({event["dtstart"].dt.isoformat()[:10] for event in events}) == 2
    for name in ("Yên Tử", "Côn Sơn"):
        assert any(name in event["summary"] for event in events), name


def test_two_tabs_are_one_conversation(visit: Visit, servers: Servers) -> None:
    first = visit().open()
    first.ask("Chùa Đồng nằm ở đâu?")
    page = first.page.context.new_page()
    page.goto(servers.url("web") + "/vi/con-son")
    second = Chat(page).open()
    expect(second.answers).to_have_count(2)
    expect(second.ask("mấy giờ mở cửa?")).to_be_visible()
    for chat in (first, second):
        expect(chat.own).to_have_count(2)
        expect(chat.answers).to_have_count(3)
    first.ask("cảm ơn")
    expect(second.own).to_have_count(3)
    expect(second.answers).to_have_count(4)


def test_where_sockets_are_blocked_everything_goes_by_post(visit: Visit) -> None:
    chat = visit()
    chat.page.route_web_socket(re.compile("/webhooks/web/socket"), lambda ws: ws.close())
    chat.open()
    expect(chat.ask("Chùa Đồng nằm ở đâu?")).to_contain_text("Yên Tử")
    expect(chat.ask("giá vé bao nhiêu?")).to_be_visible()
    chat.answers.last.locator(".tool.good").click()
    expect(chat.answers.last.locator(".tool.good")).to_have_attribute("aria-pressed", "true")
    expect(chat.own).to_have_count(2)


def test_a_session_that_is_over_is_followed_by_another(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Chùa Đồng nằm ở đâu?")
    chat.input.fill("đang gõ dở")
    chat.page.evaluate(
        """() => {
            const kept = JSON.parse(localStorage["truc-chat"]);
            kept.session.token = kept.session.token.replace(/.{8}$/, "AAAAAAAA");
            localStorage["truc-chat"] = JSON.stringify(kept);
        }"""
    )
    chat.page.reload()
    chat.open()
    expect(chat.own.first).to_have_class(re.compile("past"))
    expect(chat.element.locator(".earlier")).to_have_text("Cuộc trò chuyện trước")
    expect(chat.input).to_have_value("đang gõ dở")
    expect(chat.ask("Lễ hội Yên Tử ngày nào?")).to_contain_text("tháng Giêng")


def test_vietnamese_is_typed_with_an_input_method_and_nothing_leaves_early(visit: Visit) -> None:
    chat = visit().open()
    chat.input.focus()
    keys = chat.page.context.new_cdp_session(chat.page)
    for text in ("g", "gi", "gia", "giá"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        enter = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
        keys.send("Input.dispatchKeyEvent", enter)
    expect(chat.own).to_have_count(0)
    keys.send("Input.insertText", {"text": "giá"})
    chat.page.keyboard.type(" vé Yên Tử?")
    expect(chat.input).to_have_value("giá vé Yên Tử?")
    chat.page.keyboard.press("Enter")
    expect(chat.own).to_have_count(1)
    expect(chat.answers).to_have_count(2)


@contextmanager
def foreign_page(servers: Servers) -> Iterator[str]:
    """A page of another firm, with styles and a policy of its own, at an origin that the bot allows."""
    bot, web, origin = servers.url("bot"), servers.url("web"), servers.settings.origins[0]
    policy = (
        f"default-src 'none'; script-src 'self' {web}; connect-src {bot} {bot.replace('http', 'ws', 1)}; "
        "style-src 'self'; require-trusted-types-for 'script'"
    )
    page = (HOST_FILES / "hostile.html").read_text("utf-8")
    page = page.replace("<truc-chat", f'<truc-chat bot-url="{bot}"').replace('"/widget.js', f'"{web}/widget.js')

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rsplit("/", 1)[-1]
            self.send_response(200)
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Type", guess_type(name)[0] or "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((HOST_FILES / name).read_bytes() if name else page.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", int(origin.rsplit(":", 1)[-1])), Host)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"{origin}/"
    server.shutdown()
    server.server_close()


def test_a_hostile_page_of_another_site_with_a_strict_policy_changes_nothing(visit: Visit, servers: Servers) -> None:
    chat = visit()
    ours = chat.launcher.bounding_box()
    with foreign_page(servers) as address:
        chat.page.goto(address)
        assert chat.launcher.bounding_box() == ours
        answer = chat.open().ask("Đường từ Hà Nội đến chùa Đồng")
        expect(answer.locator(".map .pin").first).to_be_visible()
        assert chat.input.evaluate("input => getComputedStyle(input).fontSize") == "16px"
        assert chat.watched("violations") == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_smallest_phone_shows_a_long_plan_without_sideways_scrolling(visit: Visit, lang: str) -> None:
    chat = visit(f"/{lang}/", SMALLEST, is_mobile=True, has_touch=True).open()
    answer = chat.ask(PLAN if lang == "vi" else "Plan 2 days from Hanoi by car, Yên Tử and Côn Sơn")
    expect(answer.locator(".map")).to_be_attached()
    assert chat.log.evaluate("log => log.scrollWidth <= log.clientWidth")
    expect(chat.input).to_be_in_viewport(ratio=1)
    chat.element.locator(".to-end").tap()
    expect(chat.choices.last).to_be_in_viewport()


def test_the_language_is_switched_in_mid_conversation(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Chùa Đồng nằm ở đâu?")
    chat.element.locator(".language").click()
    expect(chat.input).to_have_attribute("placeholder", "Ask Trúc…")
    answer = chat.ask("how do I get there?")
    assert answer.get_attribute("lang") == "en"
    expect(answer).to_contain_text("Đồng")
    expect(chat.element.locator(".foot a")).to_have_attribute("href", re.compile("/en/privacy$"))


def test_the_way_begins_where_the_visitor_is(visit: Visit) -> None:
    here = {"latitude": 21.1522, "longitude": 106.3789}  # at Côn Sơn
    chat = visit(geolocation=here, permissions=["geolocation"]).open()
    chat.input.fill("Đường đến chùa Đồng")
    chat.element.locator(".locate").click()
    expect(chat.own.last).to_contain_text("Đường đến chùa Đồng")
    expect(chat.answers.last).to_contain_text("Côn Sơn")


def test_a_route_of_the_home_page_is_told_and_can_be_planned(visit: Visit) -> None:
    chat = visit(size=DESK)
    chat.page.locator(".route button").first.click()
    expect(chat.panel).to_be_visible()
    expect(chat.answers).to_have_count(2)
    expect(chat.choices.filter(has_text="Lên lịch theo tuyến này")).to_be_visible()
