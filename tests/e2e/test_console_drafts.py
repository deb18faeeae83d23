"""What staff try out, have reviewed and schedule, and what they answer from the inbox, with the real bot behind it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from actions.conversation import TIMEZONE
from guide.sitedb import SiteDb
from guide.sitedb.drafts import State, keep
from guide.sitedb.writes import UPDATE, Write
from ops import chromium
from tests.e2e.conftest import Servers
from tests.e2e.test_console import come_in, invited
from tests.e2e.test_live_facts import HEARD_WITHIN, heard

MUSEUM = "place/quang-ninh-museum"
PRICES = "Giá ở bảo tàng Quảng Ninh"  # how the answer begins, whatever the price is by now
NAME = "Ngôi Nhà Than Đen"  # nobody calls it so


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium.browser() as running:
        yield running


@pytest.fixture
def page(servers: Servers, browser: Browser) -> Iterator[Page]:
    """A phone on which an editor has signed in."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    email = f"lan{time.monotonic_ns()}@example.vn"
    come_in(page, invited(servers, email), email)
    yield page
    context.close()


def console(servers: Servers, path: str) -> str:
    return servers.url("web").replace("127.0.0.1", "localhost") + "/console/" + path


def test_a_new_name_is_tried_out_on_every_channel_before_anybody_hears_it(servers: Servers, page: Page, ask) -> None:
    page.goto(console(servers, f"subject/{MUSEUM}/edit/words"))
    page.get_by_label("Tên gọi khác · tiếng Việt").fill(NAME)
    page.get_by_label("Câu muốn hỏi").fill("gia ve ngoi nha than den")
    page.get_by_label("Câu muốn hỏi").press("Enter")
    after = page.locator(".look.web > div").nth(1)
    expect(after).to_contain_text(PRICES)
    expect(page.locator(".look.web > div").nth(0)).not_to_contain_text(PRICES)
    page.get_by_label("Telegram").check()
    expect(page.locator(".look.telegram")).to_be_visible()
    expect(page.locator(".look.telegram > div").nth(1)).to_contain_text(PRICES)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"
    assert PRICES not in ask("gia ve ngoi nha than den")[0]["text"], "nothing is saved yet"
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert heard(ask, "gia ve ngoi nha than den", PRICES)


def test_a_scheduled_change_is_heard_within_five_seconds_of_its_hour(servers: Servers, ask) -> None:
    site, now = SiteDb.open(servers.settings.site_db, writable=True), datetime.now(TIMEZONE)
    hours = Write(UPDATE, "place/chua-dong", {"hours": "Mo-Su 04:45-18:35"})
    hour = now + timedelta(seconds=2)
    keep(site, [hours], "lan@example.vn", now, State.SCHEDULED, publish_at=hour)
    time.sleep(2)
    assert heard(ask, "chùa Đồng mở cửa mấy giờ", "4:45")


def test_a_question_asked_in_vain_is_answered_from_the_inbox_and_heard(servers: Servers, page: Page, ask) -> None:
    question = "có chỗ gửi vali ở bảo tàng Quảng Ninh không"
    ask(question)
    deadline = time.monotonic() + HEARD_WITHIN  # the question is written down behind the visitor's back
    while time.monotonic() < deadline and not page.get_by_text(question).count():
        page.goto(console(servers, "questions"))
    line = page.locator(".rows > li").filter(has_text="gửi vali").first
    expect(line).to_contain_text("Bảo tàng Quảng Ninh")
    line.get_by_role("link", name="Viết câu trả lời").click()
    page.get_by_label("Câu hỏi · tiếng Anh").fill("Can I leave a suitcase at the museum?")
    page.get_by_label("Câu trả lời · tiếng Việt").fill("Có tủ gửi đồ cạnh quầy vé.")
    page.get_by_label("Câu trả lời · tiếng Anh").fill("There are lockers beside the ticket office.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Trúc nay trả lời được câu")).to_be_visible()
    assert heard(ask, question, "Có tủ gửi đồ")
