"""A visitor on our own pages, in a real browser, with the real bot behind."""

from __future__ import annotations

import os
import re
import signal
from datetime import datetime

from playwright.sync_api import expect

from guide.visits import Visits
from tests.e2e.conftest import Servers
from tests.widget.conftest import PHONE, Visit


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


def test_what_is_said_while_the_bot_is_away_survives_a_reload_and_is_answered_once(
    visit: Visit, servers: Servers
) -> None:
    chat = visit().open()
    chat.ask("Chùa Đồng nằm ở đâu?")
    os.killpg(servers.keepers["bot"].pid, signal.SIGKILL)
    chat.say("giá vé bao nhiêu?").say("mấy giờ mở cửa?")
    expect(chat.strip).to_contain_text("Đang kết nối lại")
    chat.page.reload()
    chat.open()
    expect(chat.own).to_contain_text(["Chùa Đồng nằm ở đâu?", "giá vé bao nhiêu?", "mấy giờ mở cửa?"])
    expect(chat.answers).to_have_count(4, timeout=90_000)
    expect(chat.strip).to_be_hidden()
    chat.page.wait_for_timeout(500)
    assert (chat.own.count(), chat.answers.count()) == (3, 4), "nothing is said or answered twice"


def test_forgetting_ends_the_context(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Chùa Đồng nằm ở đâu?")
    chat.element.locator(".forget").click()
    chat.element.get_by_role("button", name="Xóa", exact=True).click()
    expect(chat.own).to_have_count(0)
    answer = chat.ask("mấy giờ mở cửa?")
    expect(answer).not_to_contain_text("Đồng")
