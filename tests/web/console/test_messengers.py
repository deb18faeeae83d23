"""Administrators see what only a person can mend of Zalo and Telegram, and what could not be delivered."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Iterator

import pytest
from django.test import override_settings

from bot.channels.messengers import state
from bot.channels.messengers.alerts import keep_alerts
from bot.channels.messengers.stores import Store, open_store
from bot.channels.staff.channel import StaffInput
from tests.bot.channels.kit import serving
from tests.web.console.conftest import SignedIn

CALL = {"method": "sendMessage", "to": "70001", "params": {"chat_id": "70001", "text": "Giá vé Yên Tử là 40.000 đồng."}}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The messengers' store of a bot that the console asks."""
    address = f"sqlite:///{tmp_path / 'channels.db'}"
    monkeypatch.setenv("TRUC_CHANNELS_STORE", address)
    monkeypatch.setenv("TRUC_STAFF_KEY", "only for tests")
    state._opened.cache_clear()
    with serving(StaffInput(b"only for tests")) as bot, override_settings(BOT_INSIDE_URL=bot.url):
        yield open_store(address)


def test_nothing_is_said_while_nothing_is_wrong(signed_in: SignedIn, store: Store) -> None:
    browser = signed_in("administrator")
    assert 'class="warn"' not in browser.get("/console/").content.decode()
    shown = browser.get("/console/messengers").content.decode()
    assert "hoạt động bình thường" in shown and "Không có tin nào" in shown


def test_a_lapsing_token_is_on_the_administrators_first_page(signed_in: SignedIn, store: Store) -> None:
    keep_alerts(store, "zalo_oa", time.time(), lambda _: {"refresh-token-lapses-soon": time.time(), "-221": 1.0})
    shown = signed_in("administrator").get("/console/").content.decode()
    assert "Zalo OA" in shown and "chưa đầy 10 ngày" in shown and "mã -221" in shown
    assert "chưa đầy 10 ngày" not in signed_in("editor").get("/console/").content.decode()


def test_what_was_not_delivered_is_shown_without_the_account_and_sent_again(signed_in: SignedIn, store: Store) -> None:
    store.bury("telegram:abc", [CALL], "unsure: no-answer", time.time())
    store.bury("zalo_oa:def", [], "fault", time.time())
    browser = signed_in("administrator")
    assert "2 tin nhắn không gửi được" in browser.get("/console/").content.decode()
    shown = browser.get("/console/messengers").content.decode()
    assert "40.000 đồng" in shown and "không rõ khách đã nhận chưa" in shown and "lỗi của Trúc" in shown
    assert "70001" not in shown and "telegram:abc" not in shown
    fault, unsure = store.buried()
    told = browser.post(f"/console/messengers/{unsure.id}", {"do": "again"}, follow=True).content.decode()
    job = store.first("telegram:abc")
    assert "gửi lại trong vài giây" in told and job and job.answered
    browser.post(f"/console/messengers/{fault.id}", {"do": "drop"})
    assert store.buried() == []
    assert "Không còn tin ấy" in browser.post("/console/messengers/999", {"do": "again"}, follow=True).content.decode()


def test_a_silent_bot_is_no_fault_of_the_console(signed_in: SignedIn) -> None:
    with override_settings(BOT_INSIDE_URL="http://127.0.0.1:9"):
        browser = signed_in("administrator")
        assert browser.get("/console/").status_code == 200
        assert "Trúc có đang chạy không" in browser.get("/console/messengers").content.decode()
