"""Whatever is sent: a polite answer or a clear 4xx, never a 500, a stack trace or silence."""

from __future__ import annotations

import json
import threading

import pytest
import requests

SECONDS = 30


@pytest.fixture
def post(servers):
    """Post raw bytes to the REST channel."""

    def post(body: bytes, content_type: str = "application/json") -> requests.Response:
        url = servers.url("bot") + "/webhooks/rest/webhook"
        return requests.post(url, data=body, headers={"content-type": content_type}, timeout=SECONDS)

    return post


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   \n\t ", id="spaces"),
        pytest.param("😀🙏🏞️", id="emoji"),
        pytest.param("?", id="question-mark"),
        pytest.param("giá vé " * 2_000, id="ten-thousand-characters"),
        pytest.param("<script>alert(1)</script><b>giá vé</b>", id="html"),
        pytest.param("'; DROP TABLE place; --", id="sql"),
        pytest.param("\x00\x01\x1b[31mgiá vé\x07", id="control-characters"),
        pytest.param("\ud800\udfff giá vé", id="surrogates"),
        pytest.param("gi\u0061\u0301 ve\u0301 Y\u0065\u0302n T\u01b0\u0309", id="nfd"),
        pytest.param("/restart", id="restart"),
        pytest.param('/ask_price{"place":"x"}', id="intent"),
        pytest.param("/session_start", id="session-start"),
        pytest.param("{{ 7*7 }} ${x} %s {place}", id="templates"),
        pytest.param("a" * 999, id="one-long-word"),
        pytest.param("‮giá vé‬ \u200b\u200d", id="invisible"),
    ],
)
def test_any_text_gets_a_polite_answer(ask, text: str) -> None:
    messages = ask(text)
    assert messages and all(message["text"].strip() for message in messages)
    everything = json.dumps(messages)
    assert "Traceback" not in everything and "<script>" not in everything


def test_a_slash_command_is_only_text(ask) -> None:
    ask("giá vé Yên Tử")
    ask("/restart")
    (answer, *_) = ask("thế còn Côn Sơn?")  # a restart would have forgotten the topic
    assert "Côn Sơn" in answer["text"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not json", id="not-json"),
        pytest.param(b'{"sender": "x", "message": "gi\xe1 v\xe9"}', id="broken-utf8"),
        pytest.param(b"[1, 2]", id="a-list"),
        pytest.param(b'{"sender": "x"}', id="no-message"),
        pytest.param(b'{"sender": "x", "message": 5}', id="a-number"),
        pytest.param(b'{"sender": "x", "message": null}', id="null"),
        pytest.param(b'{"sender": {"a": 1}, "message": "hi"}', id="sender-object"),
        pytest.param(b'{"sender": "", "message": "hi"}', id="sender-empty"),
    ],
)
def test_a_malformed_request_is_a_clear_400(post, body: bytes) -> None:
    answer = post(body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "metadata", [{"lang": 5}, {"place": "../../etc/passwd"}, {"place": "no-such-place"}, [], "x", None]
)
def test_strange_metadata_is_passed_over(post, metadata: object) -> None:
    body = json.dumps({"sender": "strange", "message": "mấy giờ mở cửa", "metadata": metadata}).encode()
    answer = post(body)
    assert answer.status_code == 200
    assert answer.json()[0]["text"]


def test_five_quick_messages_are_answered_in_order(servers, ask, sender: str) -> None:
    names = ["Yên Tử", "Côn Sơn", "Kiếp Bạc", "Vĩnh Nghiêm", "Bổ Đà"]
    answers: dict[str, list] = {}

    def one(name: str) -> None:
        answers[name] = ask(f"{name} ở đâu")

    threads = [threading.Thread(target=one, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert all(name in answers[name][0]["text"] for name in names)
