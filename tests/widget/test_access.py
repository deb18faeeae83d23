"""Everyone can use it: no fault that axe-core knows, keyboard alone, screen readers, input methods, both themes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.widget.conftest import DESK, PHONE, Chat, Visit

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def closed(chat: Chat) -> None:
    """Only the launcher."""


def opened(chat: Chat) -> None:
    chat.open()


def answered(chat: Chat) -> None:
    chat.open().ask("quanh đây có gì")


def planned(chat: Chat) -> None:
    chat.open().ask("lịch trình").locator(".tool.bad").click()


def hostile(chat: Chat) -> None:
    chat.open().ask("xss")


def failed(chat: Chat) -> None:
    chat.open().ask("Giá vé?")
    chat.page.context.set_offline(True)
    chat.say("quanh đây")
    expect(chat.strip).to_be_visible()


def forgetting(chat: Chat) -> None:
    chat.open().ask("Giá vé?")
    chat.element.locator(".forget").click()


STATES = [closed, opened, answered, planned, hostile, failed, forgetting]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone, light", "desk, dark"])
def test_axe_finds_nothing(visit: Visit, state, size: dict[str, int], scheme: str) -> None:
    chat = visit(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    state(chat)
    results = Axe().run(chat.page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


def test_the_keyboard_is_enough(visit: Visit) -> None:
    chat = visit()
    keyboard = chat.page.keyboard
    chat.launcher.focus()
    keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    keyboard.type("Gia ve?")
    keyboard.press("Enter")
    expect(chat.answers).to_have_count(2)
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    expect(chat.choices.last).to_be_focused()
    keyboard.press("Enter")
    expect(chat.answers).to_have_count(3)
    keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_on_a_desk_the_page_stays_reachable_on_a_phone_the_focus_stays_inside(visit: Visit) -> None:
    desk, phone = visit(), visit(viewport=PHONE)
    desk.open()
    assert desk.panel.get_attribute("aria-modal") is None
    phone.open()
    for _ in range(12):
        phone.page.keyboard.press("Tab")
        assert phone.page.evaluate("document.activeElement.localName") == "truc-chat"


def test_nothing_is_sent_while_an_input_method_is_composing(visit: Visit) -> None:
    chat = visit().open()
    compose = """input => {
        const options = {bubbles: true, cancelable: true};
        const send = (Kind, name, more) => input.dispatchEvent(new Kind(name, {...options, ...more}));
        send(CompositionEvent, 'compositionstart');
        input.value = 'vé';
        send(InputEvent, 'input', {isComposing: true});
        send(KeyboardEvent, 'keydown', {key: 'Enter', isComposing: true});
        send(KeyboardEvent, 'keydown', {key: 'Enter', keyCode: 229});
    }"""
    chat.input.evaluate(compose)
    expect(chat.own).to_have_count(0)
    chat.input.press("Enter")
    expect(chat.own).to_have_count(1)


def test_shift_and_enter_makes_a_new_line(visit: Visit) -> None:
    chat = visit().open()
    chat.input.fill("một")
    chat.input.press("Shift+Enter")
    expect(chat.input).to_have_value("một\n")
    expect(chat.own).to_have_count(0)


def test_screen_readers_hear_each_answer_once(visit: Visit) -> None:
    chat = visit().open()
    live = chat.element.locator("[aria-live=polite]")
    chat.page.evaluate(
        """() => {
            window.announced = [];
            const live = document.querySelector('truc-chat').shadowRoot.querySelector('[aria-live=polite]');
            new MutationObserver(() => window.announced.push(live.textContent)).observe(live, {childList: true});
        }"""
    )
    chat.ask("Giá vé?")
    expect(live).to_contain_text("miễn phí")
    chat.ask("quanh đây có gì")
    expect(live).to_contain_text("3 thẻ thông tin")
    announced = chat.watched("announced")
    assert [text.startswith("Trúc nói: ") for text in announced] == [True, True]
    assert announced[1].endswith("3 thẻ thông tin.")
    expect(live).not_to_contain_text("**")
    assert chat.log.get_attribute("aria-live") == "off", "the log itself must not be read a second time"


def test_text_may_be_twice_as_large(visit: Visit) -> None:
    chat = visit(viewport=PHONE)
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    chat.open().ask("quanh đây có gì")
    assert chat.log.evaluate("log => log.scrollWidth <= log.clientWidth")
