"""The way to the bot fails in every way that it can, and nothing that was said is lost or said twice."""

from __future__ import annotations

import re

from playwright.sync_api import WebSocketRoute, expect

from tests.widget.conftest import Server, Visit, serving


def test_history_is_there_after_a_reload(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.page.reload()
    chat.open()
    expect(chat.own).to_have_count(1)
    expect(chat.answers).to_have_count(2)
    expect(chat.ask("quanh đây có gì")).to_contain_text("Hoa Yên")


def test_two_tabs_show_one_conversation(visit: Visit, browser) -> None:
    context = browser.new_context()
    first, second = visit(context=context).open(), visit(context=context)
    first.ask("Giá vé?")
    second.open()
    expect(second.answers).to_have_count(2)
    second.ask("quanh đây có gì")
    for chat in (first, second):
        expect(chat.own).to_have_count(2)
        expect(chat.answers).to_have_count(3)
    context.close()


def test_frames_sent_twice_and_out_of_order_are_shown_once(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("hai lần nhé")
    chat.page.wait_for_timeout(400)
    expect(chat.own).to_have_count(1)
    expect(chat.answers).to_have_count(2)


def test_a_socket_that_closes_in_mid_turn_comes_back_with_the_answer(visit: Visit) -> None:
    chat = visit().open()
    chat.say("đứt giữa chừng")
    expect(chat.answers).to_have_count(2)
    expect(chat.ask("Giá vé?")).to_contain_text("miễn phí")


def test_a_proxy_that_blocks_sockets_is_gone_round(visit: Visit) -> None:
    with serving("--no-sockets") as server:
        chat = visit(server=server).open()
        expect(chat.ask("Giá vé?")).to_contain_text("miễn phí")
        expect(chat.ask("quanh đây có gì")).to_contain_text("Hoa Yên")
        chat.page.close()


def test_a_server_that_is_away_gets_the_message_when_it_is_back(visit: Visit) -> None:
    with serving() as server:
        chat = visit(server=server).open()
        chat.ask("Giá vé?")
        server.stop()
        chat.say("quanh đây có gì")
        expect(chat.strip).to_have_text("Đang kết nối lại…")
        server.start()  # it has forgotten all sessions: the old one is over, the message goes into a new one
        expect(chat.answers.last).to_contain_text("Hoa Yên", timeout=20_000)
        assert [call["text"] for call in server.calls("message")] == ["quanh đây có gì"]
        expect(chat.own.first).to_have_class(re.compile("past"))
        chat.page.close()


def test_an_expired_session_is_renewed_unseen(visit: Visit) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.say("hết hạn")
    chat.input.fill("đang gõ dở")
    expect(chat.own.first).to_have_class(re.compile("past"))
    expect(chat.input).to_have_value("đang gõ dở")
    chat.ask("quanh đây có gì")


def test_without_a_network_a_message_waits_and_says_so(visit: Visit, standin: Server) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    chat.page.context.set_offline(True)
    chat.say("quanh đây có gì")
    expect(chat.strip).to_contain_text("Bạn đang mất mạng")
    expect(chat.own.last).to_contain_text("Đang chờ có mạng để gửi")
    chat.page.context.set_offline(False)
    expect(chat.answers.last).to_contain_text("Hoa Yên")
    assert [call["text"] for call in standin.calls("message")][-1] == "quanh đây có gì"


def test_a_slow_answer_is_waited_for_in_words(visit: Visit) -> None:
    chat = visit().open()
    chat.say("câu này chậm")
    expect(chat.element.locator(".typing")).to_have_text("Trúc đang tìm câu trả lời…")
    expect(chat.answers).to_have_count(2)
    expect(chat.element.locator(".typing")).to_have_count(0)


def test_an_answer_that_never_comes_can_be_asked_for_again(visit: Visit, standin: Server) -> None:
    chat = visit()
    chat.page.clock.install()
    chat.open()
    chat.say("im lặng")
    expect(chat.element.locator(".mine.sent")).to_have_count(1)
    chat.page.clock.fast_forward(10_000)
    expect(chat.element.locator(".typing")).to_have_text(re.compile("vẫn đang tìm"))
    chat.page.clock.fast_forward(40_000)
    expect(chat.own.last).to_contain_text("mình chưa trả lời được câu này")
    chat.element.locator(".retry").click()
    expect(chat.own).to_have_count(1)
    asked = [call["id"] for call in standin.calls("message") if call["text"] == "im lặng"]
    assert len(asked) == len(set(asked)) == 2, "an id that the bot has seen would never be answered"


def test_a_rating_given_without_a_network_arrives_later(visit: Visit, standin: Server) -> None:
    chat = visit().open()
    chat.ask("Giá vé?")
    before = len(standin.calls("feedback"))
    chat.page.context.set_offline(True)
    chat.answers.last.locator(".tool.good").click()
    chat.page.wait_for_timeout(200)
    assert len(standin.calls("feedback")) == before
    chat.page.context.set_offline(False)
    chat.ask("quanh đây có gì")
    assert [rating["good"] for rating in standin.calls("feedback")[before:]] == [True]


def test_a_phone_that_slept_connects_anew(visit: Visit) -> None:
    chat = visit()
    sockets: list[str] = []
    chat.page.on("websocket", lambda socket: sockets.append(socket.url))
    chat.page.clock.install()
    chat.open().ask("Giá vé?")
    show = "(hidden) => (Object.defineProperty(document, 'hidden', {value: hidden, configurable: true}), "
    show += "document.dispatchEvent(new Event('visibilitychange')))"
    chat.page.evaluate(show, True)
    chat.page.clock.fast_forward(60_000)
    chat.page.evaluate(show, False)
    chat.ask("quanh đây có gì")
    assert len(sockets) == 2


def test_a_connection_that_is_dead_unnoticed_is_replaced(visit: Visit, standin: Server) -> None:
    chat = visit()
    sockets: list[object] = []

    def swallow(ws: WebSocketRoute) -> None:
        server, first = ws.connect_to_server(), not sockets
        sockets.append(ws)
        ws.on_message(lambda text: None if first and '"message"' in text else server.send(text))

    chat.page.route_web_socket(re.compile("/socket$"), swallow)
    chat.page.clock.install()
    chat.open().say("Giá vé?")
    chat.page.wait_for_timeout(500)
    assert len(sockets) == 1
    chat.page.clock.fast_forward(11_000)
    expect(chat.answers).to_have_count(2)
    expect(chat.own).to_have_count(1)
    assert len(sockets) == 2
