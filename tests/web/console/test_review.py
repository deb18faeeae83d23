"""Drafts: kept by whom they must be, looked at side by side, published, refused, given an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guide.sitedb import DatabaseMissing, SiteDb
from guide.sitedb.drafts import Draft, State, drafts, get, run_due
from tests.web.console.conftest import SignedIn
from tests.web.console.test_editing import opened
from tests.web.console.test_trying import MUSEUM, price_form, text_of
from web.console.schedule import start, tick

EVERY = tuple(State)


def amount(site: SiteDb, now: datetime) -> int | None:
    return next(price.adult for price in site.prices(MUSEUM, now.date()).current if price.adult)


def sent(client: Client, site: SiteDb, **changed: Any) -> Draft:
    """A change of the museum's price sent with these fields; the draft that it became."""
    address, form = price_form(client, site, **{"adult": "99.000", **changed})
    page = client.post(address, form, follow=True)
    assert page.status_code == 200, text_of(page)
    return drafts(site, EVERY)[0]


def decide(client: Client, draft: Draft, action: str, **more: str) -> Any:
    return client.post(reverse("console:decide", args=[draft.id]), {"action": action, **more}, follow=True)


@pytest.fixture
def reviewed(signed_in: SignedIn) -> Client:
    """An editor whose changes need review."""
    return signed_in("editor", "province/quang-ninh", needs_review=True, email="lan@example.vn")


def test_an_editor_under_review_saves_a_draft_that_a_reviewer_publishes(
    reviewed: Client, signed_in: SignedIn, site_db: SiteDb, now: datetime
) -> None:
    draft = sent(reviewed, site_db, draft_note="Theo thông báo số 5")
    assert draft.state is State.WAITING and amount(site_db, now) == 40_000
    assert decide(reviewed, draft, "publish").status_code == 403
    reviewer = signed_in("reviewer", email="minh@example.vn")
    assert "Bảo tàng Quảng Ninh" in text_of(reviewer.get(reverse("console:drafts")))
    seen = text_of(reviewer.get(reverse("console:draft", args=[draft.id])))
    assert "Theo thông báo số 5" in seen and "40.000" in seen and "99.000" in seen
    decide(reviewer, draft, "publish")
    assert amount(site_db, now) == 99_000
    assert site_db.history(limit=1)[0].actor == "lan@example.vn"
    assert get(site_db, draft.id).decided_by == "minh@example.vn"


def test_a_refusal_has_a_reason_and_the_author_hears_it(reviewed: Client, signed_in: SignedIn, site_db: SiteDb) -> None:
    draft, reviewer = sent(reviewed, site_db), signed_in("reviewer")
    assert decide(reviewer, draft, "refuse").status_code == 422
    decide(reviewer, draft, "refuse", reason="Chưa có <b>văn bản</b>")
    page = text_of(reviewed.get(reverse("console:draft", args=[draft.id])))
    assert "Chưa có &lt;b&gt;văn bản" in page
    decide(reviewed, draft, "send")
    assert get(site_db, draft.id).state is State.WAITING
    decide(reviewed, draft, "discard")
    assert get(site_db, draft.id).state is State.DISCARDED


def test_others_save_at_once_unless_they_want_a_draft(signed_in: SignedIn, site_db: SiteDb, now: datetime) -> None:
    editor = signed_in("editor")
    draft = sent(editor, site_db, later="draft")
    assert draft.state is State.DRAFT and amount(site_db, now) == 40_000
    decide(editor, draft, "publish")
    assert amount(site_db, now) == 99_000
    address, form = price_form(editor, site_db, adult="98.000")
    editor.post(address, form)
    assert amount(site_db, now) == 98_000 and len(drafts(site_db, EVERY)) == 1


def test_a_fare_begins_on_new_years_day_by_itself(signed_in: SignedIn, site_db: SiteDb, now: datetime) -> None:
    draft = sent(signed_in("editor"), site_db, publish_at="2027-01-01T00:00")
    hour = datetime(2027, 1, 1, tzinfo=now.tzinfo)
    assert (draft.state, draft.publish_at) == (State.SCHEDULED, hour)
    run_due(site_db, hour - timedelta(seconds=1))
    assert amount(site_db, now) == 40_000
    run_due(site_db, hour)
    assert amount(site_db, now) == 99_000


@pytest.mark.parametrize(
    ("times", "said"),
    [
        pytest.param({"publish_at": "2020-01-01T00:00"}, "Giờ hẹn đã qua", id="over"),
        pytest.param({"publish_at": "ngày mai"}, "Xin chọn ngày và giờ", id="no-moment"),
        pytest.param(
            {"publish_at": "2027-01-02T00:00", "expires_at": "2027-01-01T00:00"}, "Giờ hết hạn phải sau", id="backwards"
        ),
    ],
)
def test_moments_that_cannot_be_are_explained(
    signed_in: SignedIn, site_db: SiteDb, times: dict[str, str], said: str
) -> None:
    client = signed_in("editor")
    address, form = price_form(client, site_db, adult="99.000", **times)
    page = client.post(address, form)
    assert said in text_of(page) and 'value="99.000"' in text_of(page) and not drafts(site_db, EVERY)


def test_facts_that_changed_since_are_told_and_compared(
    reviewed: Client, signed_in: SignedIn, site_db: SiteDb, now: datetime
) -> None:
    draft = sent(reviewed, site_db)
    with site_db.acting("minh"):
        site_db.set(draft.writes[0].subject or "", "child", 7_000)
    reviewer = signed_in("reviewer")
    page = text_of(decide(reviewer, draft, "publish"))
    assert "có người đã sửa cùng mục này" in page and amount(site_db, now) == 40_000
    decide(reviewer, draft, "renew")
    decide(reviewer, draft, "publish")
    (price,) = [price for price in site_db.every_price() if f"price/{price.id}" == draft.writes[0].subject]
    assert (price.adult, price.child) == (99_000, 7_000), "both changes stand"


def test_what_a_draft_is_about_may_be_gone(reviewed: Client, signed_in: SignedIn, site_db: SiteDb) -> None:
    draft = sent(reviewed, site_db)
    with site_db.acting("minh"):
        site_db.delete(draft.writes[0].subject or "")
    page = reviewed.get(reverse("console:draft", args=[draft.id]))
    assert page.status_code == 200 and "đã bị xoá" in text_of(page)
    decide(reviewed, draft, "discard")
    assert get(site_db, draft.id).state is State.DISCARDED


@pytest.mark.parametrize(
    ("role", "area", "status"),
    [("viewer", (), 403), ("editor", ("place/con-son",), 403), ("editor", (), 200), ("reviewer", (), 200)],
    ids=["viewer", "another-area", "editor-of-all", "reviewer"],
)
def test_drafts_are_seen_by_those_who_look_after_what_they_are_about(
    reviewed: Client, signed_in: SignedIn, site_db: SiteDb, role: str, area: tuple[str, ...], status: int
) -> None:
    draft = sent(reviewed, site_db)
    other = signed_in(role, *area)
    assert other.get(reverse("console:draft", args=[draft.id])).status_code == status
    refused = decide(other, draft, "publish").status_code
    assert refused == (200 if role == "reviewer" else 403)


def test_a_deletion_waits_too(reviewed: Client, site_db: SiteDb, now: datetime) -> None:
    with site_db.acting("minh"):
        number = site_db.add_notice(MUSEUM, "closure", {"vi": "Đóng", "en": "Closed"})
    reviewed.post(reverse("console:delete", args=["notice", number]))
    assert drafts(site_db)[0].state is State.WAITING
    assert number in [notice.id for notice in site_db.every_notice()]


def test_a_draft_is_tried_out_before_it_is_published(
    reviewed: Client, signed_in: SignedIn, site_db: SiteDb, running_bot: None
) -> None:
    draft = sent(reviewed, site_db)
    page = signed_in("reviewer").post(reverse("console:draft", args=[draft.id]), {"try": "giá vé?"})
    assert "99.000 ₫" in text_of(page).split("Sau khi lưu", 1)[1]
    assert site_db.find(MUSEUM) and get(site_db, draft.id).state is State.WAITING


def test_a_server_publishes_what_was_due_while_none_ran(
    signed_in: SignedIn, site_db: SiteDb, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = sent(signed_in("editor"), site_db, publish_at="2027-01-01T00:00")
    monkeypatch.setattr("web.console.schedule.now", lambda: now + timedelta(days=60))
    start(lambda seconds: True).join(10)
    assert get(site_db, draft.id).state is State.PUBLISHED and amount(site_db, now) == 99_000


def test_a_database_that_cannot_be_written_stops_no_server(
    signed_in: SignedIn, site_db: SiteDb, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> int:
        raise DatabaseMissing(site_db.path)

    monkeypatch.setattr("web.console.schedule.run_due", broken)
    assert tick() == 0


def test_a_draft_is_gone_on_with_in_its_form(reviewed: Client, signed_in: SignedIn, site_db: SiteDb) -> None:
    draft = sent(reviewed, site_db)
    address = f"{draft.form}?draft={draft.id}"
    assert f'href="{address}"' in text_of(reviewed.get(reverse("console:draft", args=[draft.id])))
    form = opened(reviewed, address)
    assert form["adult"] == "99.000"
    assert opened(signed_in("editor"), address)["adult"] == "40.000", "it is its author's"
    reviewed.post(address, {**form, "adult": "98.000"})
    later = drafts(site_db)[0]
    assert later.id != draft.id and later.writes[0].fields["adult"] == 98_000
    assert get(site_db, draft.id).state is State.DISCARDED


def test_who_is_reviewed_cannot_undo_what_was_published(
    reviewed: Client, signed_in: SignedIn, site_db: SiteDb, now: datetime
) -> None:
    draft = sent(reviewed, site_db)
    decide(signed_in("reviewer"), draft, "publish")
    change = site_db.history(limit=1)[0]
    assert reviewed.post(reverse("console:revert", args=[change.id])).status_code == 403
    assert amount(site_db, now) == 99_000


def test_a_new_place_waits_under_its_name(signed_in: SignedIn, site_db: SiteDb) -> None:
    client = signed_in("editor", needs_review=True)
    form = opened(client, "/console/places/new/place")
    words = {"name.vi": "Am Mây Trắng", "name.en": "White Cloud Hermitage"}
    words |= {"summary.vi": "Am nhỏ.", "summary.en": "A hermitage.", "kind": "hermitage", "part_of": "place/yen-tu"}
    page = client.post("/console/places/new/place", {**form, **words}, follow=True)
    (draft,) = drafts(site_db)
    assert draft.state is State.WAITING and "Am Mây Trắng" in text_of(page)
    reviewer = signed_in("reviewer")
    assert "Am Mây Trắng" in text_of(reviewer.get(reverse("console:drafts")))
    decide(reviewer, draft, "publish")
    assert [place for place in site_db.places() if place.name.in_("vi") == "Am Mây Trắng"]
