"""The widget on other people's pages: hostile styles and data, deep links, calls and events, coming and going."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.widget.conftest import Visit


def test_a_page_with_hostile_styles_changes_nothing(visit: Visit) -> None:
    plain, hostile = visit().open(), visit("hostile").open()
    for chat in (plain, hostile):
        chat.ask("quanh đây có gì")
    for part in (".panel", ".input, textarea", ".header h2", ".card >> nth=0", ".choice >> nth=0"):
        boxes = [chat.element.locator(part).first.bounding_box() for chat in (plain, hostile)]
        assert boxes[0] and boxes[1] and boxes[0]["height"] == boxes[1]["height"], part
    colours = [
        chat.element.locator(".bubble").first.evaluate("e => getComputedStyle(e).color") for chat in (plain, hostile)
    ]
    assert colours[0] == colours[1]


def test_markup_and_scripts_in_every_field_stay_text(visit: Visit) -> None:
    chat = visit().open()
    answer = chat.ask("xss")
    expect(answer.locator(".bubble").first).to_contain_text("<script>alert(2)</script>")
    expect(answer.locator("img, script")).to_have_count(0)
    assert chat.element.locator("[href^='javascript:']").count() == 0
    assert chat.log.evaluate("log => log.scrollWidth <= log.clientWidth"), "a word of 3,000 letters must break"
    chat.page.wait_for_timeout(200)
    assert chat.watched("alerts") == []


def test_a_deep_link_prefills_and_never_sends(visit: Visit) -> None:
    chat = visit(query="?chat=open&chat_msg=Gi%C3%A1%20v%C3%A9%3F&chat_place=yen-tu&mine=1")
    expect(chat.panel).to_be_visible()
    expect(chat.input).to_have_value("Giá vé?")
    expect(chat.own).to_have_count(0)
    assert chat.page.url.endswith("?mine=1"), "what was the widget's is gone from the address, what was not is there"
    assert chat.element.get_attribute("place") == "yen-tu"


def test_a_page_about_a_place_greets_there_and_calls_made_before_loading_count(visit: Visit) -> None:
    chat = visit("place")
    expect(chat.panel).to_be_visible()
    expect(chat.input).to_have_value("How high is it?")
    expect(chat.answers.first).to_contain_text("You are looking at Đồng Pagoda")
    expect(chat.choices.first).to_have_text("What is there to see here?")
    expect(chat.element.locator(".foot a")).to_have_attribute("href", re.compile("^http.*/host/plain$"))


def test_the_page_hears_what_happens_and_can_act(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate("document.querySelector('truc-chat').send('Giá vé?')")
    expect(chat.answers).to_have_count(2)
    chat.page.evaluate("document.querySelector('truc-chat').close()")
    expect(chat.panel).to_be_hidden()
    names = [name for name, _ in chat.watched("heard")]
    assert names[0] == "truc-ready" and {"truc-open", "truc-message", "truc-close"} <= set(names)


def test_the_page_may_follow_links_itself(visit: Visit) -> None:
    chat = visit().open()
    answer = chat.ask("Giá vé?")
    chat.page.evaluate("document.addEventListener('truc-link', (event) => event.preventDefault())")
    answer.locator(".sources a").click()
    assert ["truc-link", {"url": "https://dantri.com.vn/"}] in chat.watched("heard")
    assert len(chat.page.context.pages) == 1


def test_answers_that_come_while_it_is_closed_are_counted(visit: Visit) -> None:
    chat = visit().open()
    chat.say("câu này chậm")
    chat.element.locator(".close").click()
    expect(chat.launcher).to_have_attribute("aria-label", "Hỏi Trúc, 1 tin chưa đọc")
    assert chat.page.title() == "(1) tin mới từ Trúc · Một trang du lịch"
    chat.open()
    assert chat.page.title() == "Một trang du lịch"


def test_removal_leaves_nothing_behind(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.page.evaluate("document.querySelector('truc-chat').remove()")
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.page.evaluate("dispatchEvent(new Event('online'))")
    chat.page.wait_for_timeout(1500)
    assert asked == []


def test_two_widgets_on_a_page_do_not_disturb_each_other(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate("document.body.append(document.createElement('truc-chat'))")
    expect(chat.page.locator("truc-chat .launcher")).to_have_count(2)
    chat.page.locator("truc-chat").first.evaluate("widget => widget.open()")
    expect(chat.page.locator("truc-chat .panel:visible")).to_have_count(1)
