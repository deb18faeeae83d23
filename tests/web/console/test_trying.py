"""Hỏi thử Trúc: the answer before and after a change, on every channel, without anything being saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.console.conftest import SignedIn
from tests.web.console.test_editing import opened
from web.console.trying import CHANNELS

MUSEUM = Ref("place", "quang-ninh-museum")


def price_form(client: Client, site: SiteDb, **changed: Any) -> tuple[str, dict[str, Any]]:
    """The address of the form of the museum's price, and what it is sent with."""
    price = next(price for price in site.every_price() if price.subject == MUSEUM and price.current and price.adult)
    address = reverse("console:statement", args=["price", price.id])
    return address, {**opened(client, address), **changed}


def text_of(response: Any) -> str:
    return response.content.decode()


def test_the_answer_is_shown_before_and_after_and_nothing_is_saved(
    signed_in: SignedIn, site_db: SiteDb, running_bot: None
) -> None:
    client, before = signed_in("editor"), site_db.version()
    address, form = price_form(client, site_db, adult="99.000")
    page = client.post(address, {**form, "try": "", "try_question": "vé bảo tàng Quảng Ninh?"})
    said = text_of(page)
    assert page.status_code == 200 and "Hiện nay" in said and "Sau khi lưu" in said
    old, new = said.split("Sau khi lưu", 1)
    assert "99.000 ₫" in new and "99.000 ₫" not in old
    assert all(f'class="look {channel}"' in said for channel in CHANNELS)
    assert 'value="99.000"' in said, "what was typed stays"
    assert site_db.version() == before


def test_a_change_that_makes_no_difference_says_so(signed_in: SignedIn, site_db: SiteDb, running_bot: None) -> None:
    client = signed_in("editor")
    address, form = price_form(client, site_db)
    page = client.post(address, {**form, "try": "Giá vé bao nhiêu?"})
    assert "Câu trả lời trước và sau giống nhau" in text_of(page)


def test_a_form_with_a_mistake_tells_of_it_first(signed_in: SignedIn, site_db: SiteDb, running_bot: None) -> None:
    client = signed_in("editor")
    address, form = price_form(client, site_db, adult="bốn lăm")
    page = client.post(address, {**form, "try": "Giá vé bao nhiêu?"})
    assert "Xin viết số tiền bằng chữ số" in text_of(page) and "Sau khi lưu" not in text_of(page)


def test_when_the_bot_is_down_it_is_said_plainly(
    signed_in: SignedIn, site_db: SiteDb, settings_of_nobody: None
) -> None:
    client = signed_in("editor")
    address, form = price_form(client, site_db, adult="99.000")
    page = client.post(address, {**form, "try": "Giá vé bao nhiêu?"})
    assert "Trúc hiện không chạy" in text_of(page) and 'value="99.000"' in text_of(page)


@pytest.fixture
def settings_of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A bot at an address where none listens."""
    monkeypatch.setattr("django.conf.settings.BOT_INSIDE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TRUC_VAR", str(tmp_path))


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_everybody_may_ask_at_a_places_page(signed_in: SignedIn, site_db: SiteDb, running_bot: None, role: str) -> None:
    client = signed_in(role, "place/yen-tu")
    address = reverse("console:try", args=["place", MUSEUM.id])
    assert "Giá vé Bảo tàng Quảng Ninh bao nhiêu?" in text_of(client.get(address))
    page = client.post(address, {"try": "giá vé?"})
    assert "40.000 ₫" in text_of(page) and "Sau khi lưu" not in text_of(page)


def test_nobody_tries_a_change_where_they_may_not_change(
    signed_in: SignedIn, site_db: SiteDb, running_bot: None
) -> None:
    address, form = price_form(signed_in("editor"), site_db)
    assert signed_in("editor", "place/con-son").post(address, {**form, "try": "giá vé?"}).status_code == 403


def test_a_trip_is_answered_as_in_a_conversation(
    signed_in: SignedIn, site_db: SiteDb, running_bot: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = {"text": "lên lịch trình giúp mình", "intent": {"name": "plan_trip"}, "entities": []}
    monkeypatch.setattr("web.console.bot.parse", lambda texts, names=None: [parsed])
    page = signed_in("viewer").post(reverse("console:try", args=["place", MUSEUM.id]), {"try": parsed["text"]})
    assert "Lên lịch trình" in text_of(page) and "mấy ngày" in text_of(page)
