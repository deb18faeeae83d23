"""A visitor talks to the widget: asks, presses, rates, reads on, forgets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.widget.conftest import PHONE, Server, Visit


def test_a_question_is_shown_at_once_and_answered(visit: Visit) -> None:
    chat = visit().open()
    answer = chat.ask("Giá vé Yên Tử?")
    expect(chat.own).to_have_text(re.compile("Giá vé Yên Tử"))
    expect(answer).to_contain_text("miễn phí")
    assert answer.get_attribute("lang") == "vi"
    expect(answer.locator(".sources a")).to_have_attribute("href", "https://dantri.com.vn/")


def test_nothing_is_asked_or_stored_before_the_visitor_speaks(visit: Visit, standin: Server) -> None:
    chat = visit()
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.open()
    chat.page.wait_for_timeout(500)
    assert not [url for url in asked if "/webhooks/" in url]
    assert chat.page.evaluate("localStorage.length") == 0


def test_a_choice_says_its_title_and_sends_its_payload(visit: Visit, standin: Server) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.choices.filter(has_text="Giờ mở cửa").click()
    expect(chat.own.last).to_contain_text("Giờ mở cửa")
    expect(chat.answers).to_have_count(3)
    sent = standin.calls("message")[-1]
    assert (sent["text"], sent["payload"]) == ("Giờ mở cửa", "ask:hours:place/yen-tu")


def test_cards_map_and_files_are_there_to_use(visit: Visit) -> None:
    chat = visit().open()
    answer = chat.ask("lịch trình hai ngày")
    expect(answer.locator(".card h3")).to_have_text(["Ngày 1: Yên Tử – Ba Vàng", "Ngày 2: Côn Sơn – Kiếp Bạc"])
    expect(answer.locator(".map .pin")).to_have_count(3)
    assert [a.get_attribute("download") for a in answer.locator(".attachments a").all()] == [None, "", ""]
    answer.locator(".arrow.next").click()
    expect(answer.locator(".card").last).to_be_in_viewport()


def test_an_answer_is_rated_and_the_reason_given(visit: Visit, standin: Server) -> None:
    chat = visit().open()
    answer = chat.ask("Giá vé?")
    answer.locator(".tool.bad").click()
    expect(chat.answers.last.locator(".tool.bad")).to_have_attribute("aria-pressed", "true")
    chat.answers.last.get_by_role("button", name="Khó hiểu").click()
    expect(chat.answers.last.locator(".why")).to_have_text("Cảm ơn bạn đã góp ý.")
    chat.page.wait_for_timeout(300)
    given = standin.calls("feedback")[-2:]
    assert [(each["good"], each.get("reason")) for each in given] == [(False, None), (False, "unclear")]


def test_the_language_is_switched_and_what_was_typed_stays(visit: Visit) -> None:
    chat = visit().open()
    chat.input.fill("đang gõ dở")
    chat.element.locator(".language").click()
    expect(chat.element.locator(".about")).to_have_text("Your guide to Yên Tử")
    expect(chat.input).to_have_value("đang gõ dở")
    expect(chat.ask("How much is the ticket?")).to_contain_text("free")


def test_forgetting_deletes_here_and_on_the_server(visit: Visit, standin: Server) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.element.locator(".forget").click()
    chat.element.get_by_role("button", name="Xóa", exact=True).click()
    expect(chat.own).to_have_count(0)
    expect(chat.choices.first).to_have_text("Chùa Đồng có gì đặc biệt?")
    chat.page.wait_for_timeout(300)
    assert standin.calls("forget")
    assert chat.page.evaluate("localStorage.length") == 0


def test_a_wish_in_words_to_be_forgotten_empties_the_chat_and_it_goes_on(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.say("Xóa dữ liệu của tôi")
    expect(chat.answers.last).to_contain_text("Mình đã xóa cuộc trò chuyện")
    expect(chat.answers).to_have_count(2)  # the greeting is the widget's own
    expect(chat.own).to_have_count(0)
    assert "Giá vé" not in chat.page.evaluate("JSON.stringify(localStorage)")
    expect(chat.ask("Giá vé?")).to_contain_text("miễn phí")


def test_the_position_is_told_only_when_asked_and_only_roughly(visit: Visit, standin: Server) -> None:
    where = {"latitude": 21.161234, "longitude": 106.714567}
    chat = visit(geolocation=where, permissions=["geolocation"]).open()
    chat.element.locator(".locate").click()
    expect(chat.answers).to_have_count(2)
    assert standin.calls("message")[-1]["location"] == {"lat": 21.161, "lon": 106.715}


def test_a_refused_position_is_explained(visit: Visit) -> None:
    chat = visit(permissions=[]).open()
    chat.element.locator(".locate").click()
    expect(chat.strip).to_contain_text("Mình không xem được vị trí của bạn")


@pytest.mark.parametrize("size", [{"width": 320, "height": 568}, PHONE], ids=["the smallest phone", "a phone"])
def test_a_phone_gets_the_whole_screen_and_no_sideways_scrolling(visit: Visit, size: dict[str, int]) -> None:
    chat = visit(viewport=size, is_mobile=True, has_touch=True).open()
    chat.ask("quanh đây có gì")
    box = chat.panel.bounding_box()
    assert box and (round(box["width"]), round(box["height"])) == (size["width"], size["height"])
    assert chat.log.evaluate("log => log.scrollWidth <= log.clientWidth")
    assert chat.panel.get_attribute("aria-modal") == "true"
