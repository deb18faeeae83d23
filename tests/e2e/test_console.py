"""A member of staff comes in by invitation, corrects a price in the browser, and the bot says it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ops import chromium
from ops.settings import ROOT
from tests.e2e.conftest import Servers
from tests.e2e.test_live_facts import heard

PASSWORD = "một câu dài dễ nhớ"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium.browser() as running:
        yield running


def invited(servers: Servers, email: str) -> str:
    """The link that ./run staff prints."""
    command = [sys.executable, "-m", "ops", "staff", "invite", email, "--role", "editor"]
    environ = servers.settings.child_environ()
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    link = re.search(r"/console/invitation/\S+", done.stdout)
    assert link, done.stdout
    return servers.url("web").replace("127.0.0.1", "localhost") + link[0]


def come_in(page: Page, link: str, email: str) -> None:
    page.goto(link)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Lưu mật khẩu").click()
    page.get_by_label("Địa chỉ e-mail").fill(email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Chào Nguyễn Thị Lan")).to_be_visible()


@pytest.mark.parametrize(("width", "amount"), [(1280, "45.000"), (360, "47.000")], ids=["desktop", "phone"])
def test_a_price_corrected_in_the_browser_is_heard_from_the_bot(
    servers: Servers, browser: Browser, ask, width: int, amount: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    email = f"lan{width}@example.vn"
    come_in(page, invited(servers, email), email)
    page.get_by_label("Tìm nơi cần sửa").fill("bao tang quang ninh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Bảo tàng Quảng Ninh", exact=True).click()
    price = page.get_by_role("listitem").filter(has_text="Vé tham quan").first
    price.get_by_role("link", name="Sửa").click()
    page.get_by_label("Giá người lớn").fill("bốn lăm")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Xin viết số tiền bằng chữ số")).to_be_visible()
    expect(page.get_by_label("Giá người lớn")).to_have_value("bốn lăm")
    page.get_by_label("Giá người lớn").fill(amount)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"
    assert heard(ask, "vé bảo tàng Quảng Ninh bao nhiêu tiền", amount)
    assert said == []
    context.close()


def test_what_was_typed_waits_for_its_writer(servers: Servers, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    come_in(page, invited(servers, "minh@example.vn"), "minh@example.vn")
    address = servers.url("web").replace("127.0.0.1", "localhost") + "/console/subject/place/chua-dong/add/notice"
    page.goto(address)
    page.get_by_label("Nội dung · tiếng Việt").fill("Tạm đóng để sửa bậc đá")
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it leaves
    page.goto(address)
    expect(page.get_by_label("Nội dung · tiếng Việt")).to_have_value("Tạm đóng để sửa bậc đá")
    expect(page.get_by_text("Đây là điều bạn gõ dở lần trước")).to_be_visible()
    page.get_by_role("button", name="Bỏ, lấy lại điều đang lưu").click()
    expect(page.get_by_label("Nội dung · tiếng Việt")).to_have_value("")
    context.close()
