"""A visitor on our own pages, in a real browser, with the real bot behind."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from guide.visits import Visits
from ops import chromium
from tests.e2e.conftest import Servers
from tests.widget.conftest import DESK, PHONE, Chat

Visit = Callable[..., Chat]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium.browser() as running:
        yield running


@pytest.fixture
def visit(servers: Servers, browser: Browser) -> Iterator[Visit]:
    """Open one of our pages in a browser of its own; its console must stay silent."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(path: str = "/vi/", size: dict[str, int] = DESK, **options: object) -> Chat:
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.goto(servers.url("web") + path)
        return Chat(page)

    yield visit
    for context in contexts:
        context.close()
    assert [text for text in complaints if "ERR_CONNECTION" not in text and "WebSocket" not in text] == []


def test_first_question_and_what_follows_from_it(visit: Visit) -> None:
    chat = visit().open()
    expect(chat.ask("Chùa Đồng nằm ở đâu?")).to_contain_text("Yên Tử")
    expect(chat.ask("mấy giờ mở cửa?")).to_contain_text("Đồng")
    chat.choices.first.click()
    expect(chat.answers).to_have_count(4)


def test_a_page_about_a_place_is_what_the_question_is_about(visit: Visit) -> None:
    chat = visit("/vi/chua-dong", PHONE).open()
    expect(chat.answers.first).to_contain_text("Chùa Đồng")
    expect(chat.ask("leo lên có mệt không?")).to_contain_text(re.compile("chùa Đồng", re.I))


def test_a_scanned_code_opens_the_chat_at_the_place(visit: Visit) -> None:
    chat = visit("/q/con-son", PHONE, locale="en-GB")
    expect(chat.panel).to_be_visible()
    expect(chat.answers.first).to_contain_text("Côn Sơn")
    expect(chat.ask("What is there to see here?")).to_contain_text("Côn Sơn")


def test_the_language_of_an_answer_is_that_of_the_question(visit: Visit) -> None:
    chat = visit().open()
    assert chat.ask("Lễ hội Yên Tử vào ngày nào?").get_attribute("lang") == "vi"
    answer = chat.ask("And how do I get there from Hanoi?")
    assert answer.get_attribute("lang") == "en"
    expect(answer).to_contain_text("Yên Tử")


def test_whoever_tells_where_they_are_hears_what_is_near(visit: Visit) -> None:
    here = {"latitude": 21.1522, "longitude": 106.3789}  # at Côn Sơn
    chat = visit(geolocation=here, permissions=["geolocation"]).open()
    chat.element.locator(".locate").click()
    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last).to_contain_text(re.compile("Côn Sơn|Kiếp Bạc|Thanh Mai"))


def test_a_rating_reaches_the_staff(visit: Visit, servers: Servers) -> None:
    chat = visit().open()
    chat.ask("Ở Kiếp Bạc có gì hay?").locator(".tool.bad").click()
    chat.answers.last.get_by_role("button", name="Còn thiếu").click()
    expect(chat.answers.last.locator(".why")).to_have_text("Cảm ơn bạn đã góp ý.")
    chat.page.wait_for_timeout(300)
    newest = Visits.at(servers.settings.visits).ratings.open()[0]
    assert (newest.question, newest.good, newest.reason) == ("Ở Kiếp Bạc có gì hay?", False, "incomplete")
    assert abs((datetime.now(newest.at.tzinfo) - newest.at).total_seconds()) < 60


def test_a_bot_that_dies_in_mid_conversation_answers_when_it_is_back(visit: Visit, servers: Servers) -> None:
    chat = visit().open()
    chat.ask("Chùa Đồng nằm ở đâu?")
    os.killpg(servers.keepers["bot"].pid, signal.SIGKILL)
    chat.say("giá vé bao nhiêu?")
    expect(chat.own.last).to_contain_text("giá vé bao nhiêu?")
    expect(chat.answers).to_have_count(3, timeout=90_000)
    expect(chat.own).to_have_count(2)


def test_forgetting_ends_the_context(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Chùa Đồng nằm ở đâu?")
    chat.element.locator(".forget").click()
    chat.element.get_by_role("button", name="Xóa", exact=True).click()
    expect(chat.own).to_have_count(0)
    answer = chat.ask("mấy giờ mở cửa?")
    expect(answer).not_to_contain_text("Đồng")
