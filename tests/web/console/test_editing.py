"""What staff correct: both languages, Vietnamese sentences for mistakes, nothing typed lost, nobody overwritten."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.visits import Unanswered, Visits
from tests.web.console.conftest import SignedIn

TODAY = date(2026, 11, 24)
YEN_TU = Ref("place", "yen-tu")
MUSEUM = "/console/subject/place/quang-ninh-museum"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def price_of(site: SiteDb) -> Any:
    return site.prices(YEN_TU, TODAY).current[0]


def filled_in(page: str) -> dict[str, str]:
    """The form's fields as a browser would send them back."""
    form = page[page.index('<form method="post" data-draft') :]
    form = form[: form.index("</form>")]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        box = 'type="checkbox"' in tag
        if name and (not box or "checked" in tag):
            sent[name[1]] = unescape(value[1]) if value else "on" if box else ""
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        sent[name] = unescape(text)
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = unescape(chosen[1]) if chosen else ""
    return sent


def opened(browser: Client, address: str) -> dict[str, str]:
    answer = browser.get(address)
    assert answer.status_code == 200
    return filled_in(answer.content.decode())


def mistakes(page: str) -> list[str]:
    return [unescape(said) for said in re.findall(r'<p class="mistake" id="[^"]*">(.*?)</p>', page)]


def test_a_price_is_corrected_and_answered_with_the_staffs_date(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), f"/console/statement/price/{price_of(site_db).id}"
    form = opened(browser, address)
    assert form["item.vi"] == "Vé tham quan Yên Tử" and form["valid_to"] == "31/12/2028"
    assert browser.post(address, {**form, "adult": "40.000 ₫"})["Location"] == "/console/subject/place/yen-tu"
    assert "Đã lưu." in browser.get("/console/subject/place/yen-tu").content.decode()
    assert "Đã lưu." not in browser.get("/console/subject/place/yen-tu").content.decode(), "told once"
    price = price_of(site_db)
    assert price.adult == 40000 and price.valid_to == date(2028, 12, 31)
    assert price.source.date == "2026-11-24"
    assert site_db.history(YEN_TU, 1)[0].actor == "editor0@example.vn"


def test_saving_a_form_untouched_changes_nothing(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, before = signed_in("editor"), site_db.version()
    for address in (f"/console/statement/price/{price_of(site_db).id}", f"{MUSEUM}/edit/hours", f"{MUSEUM}/edit/words"):
        assert browser.post(address, opened(browser, address)).status_code == 302
    assert site_db.version() == before


@pytest.mark.parametrize(
    ("typed", "number"),
    [("40.000", 40000), ("40,000", 40000), ("40 000 VND", 40000), ("1.200.000đ", 1200000), ("0", 0), ("", None)],
)
def test_money_is_typed_as_people_write_it(
    signed_in: SignedIn, site_db: SiteDb, typed: str, number: int | None
) -> None:
    browser, address = signed_in("editor"), f"/console/statement/price/{price_of(site_db).id}"
    browser.post(address, {**opened(browser, address), "adult": typed})
    assert price_of(site_db).adult == number


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"adult": "bốn mươi nghìn"}, "ví dụ 40.000", id="amount"),
        pytest.param({"adult": "-5"}, "ví dụ 40.000", id="negative"),
        pytest.param({"valid_to": "31/2/2027"}, "ngày có thật", id="no-such-day"),
        pytest.param({"valid_from": "1/1/2030"}, "trước ngày bắt đầu", id="ends-before"),
        pytest.param({"item.en": ""}, "điền vào ô này", id="needed"),
        pytest.param({"note.en": ""}, "Thiếu bản tiếng Anh", id="translation"),
    ],
)
def test_mistakes_are_said_beside_their_field_and_what_was_typed_stays(
    signed_in: SignedIn, site_db: SiteDb, wrong: dict[str, str], said: str
) -> None:
    browser, address = signed_in("editor"), f"/console/statement/price/{price_of(site_db).id}"
    before, sent = site_db.version(), {**opened(browser, address), "item.vi": "Vé mới", **wrong}
    page = browser.post(address, sent).content.decode()
    assert len(mistakes(page)) == 1 and said in mistakes(page)[0]
    again = filled_in(page)
    assert {name: again[name] for name in (*wrong, "item.vi")} == {**wrong, "item.vi": "Vé mới"}
    assert site_db.version() == before


def test_two_editors_at_one_price_are_told_and_neither_overwrites(signed_in: SignedIn, site_db: SiteDb) -> None:
    address = f"/console/statement/price/{price_of(site_db).id}"
    lan, minh = signed_in("editor", name="Lan"), signed_in("editor", name="Minh")
    hers, his = opened(lan, address), opened(minh, address)
    lan.post(address, {**hers, "adult": "50.000"})
    answer = minh.post(address, {**his, "adult": "60.000"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Lan vừa sửa" in page and "<q>50.000</q>" in page
    assert price_of(site_db).adult == 50000
    sent = filled_in(page)
    assert sent["adult"] == "60.000", "what he typed is still there"
    assert minh.post(address, sent).status_code == 302, "now he knows"
    assert price_of(site_db).adult == 60000


def test_hours_from_rows_with_a_preview_in_plain_words(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), f"{MUSEUM}/edit/hours"
    form = opened(browser, address)
    assert [form[f"{name}0"] for name in ("days", "opens", "closes")] == ["Tu-Su", "08:00", "11:30"]
    empty = {name: "" for name in form if name[-1].isdigit()}
    rows = {"days0": "Mo-Su", "opens0": "7h", "closes0": "17:00"}
    rows |= {"days1": "Mo-Su", "opens1": "5:00", "closes1": "20h", "first1": "10/1", "last1": "31/3"}
    before = site_db.version()
    page = browser.post(address, {**form, **empty, **rows, "preview": "1"}).content.decode()
    assert "Mở cửa hằng ngày 7:00–17:00." in page
    assert "Từ 10/1 đến 31/3: mở cửa hằng ngày 5:00–20:00." in page
    assert site_db.version() == before, "only looked at"
    browser.post(address, {**filled_in(page)})
    assert site_db.get(Ref("place", "quang-ninh-museum")).hours == "Mo-Su 07:00-17:00; Jan 10-Mar 31 Mo-Su 05:00-20:00"
    assert opened(browser, address)["first1"] == "10/1"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param({"days0": "Mo-Su", "opens0": "17:00", "closes0": "7:00"}, "sau giờ mở cửa", id="closes-first"),
        pytest.param({"days0": "Mo-Su", "opens0": "7:00", "closes0": ""}, "cả giờ mở và giờ đóng", id="half"),
        pytest.param({"days0": "Mo-Su", "opens0": "sáng", "closes0": "17h"}, "ví dụ 7:30", id="words"),
        pytest.param({"days0": "", "opens0": "7:00", "closes0": "9:00"}, "chọn ngày", id="no-days"),
        pytest.param({"first0": "10/1", "last0": ""}, "ngày cuối", id="half-a-season"),
        pytest.param({"by_hand": "mọi ngày"}, "Chưa đọc được", id="by-hand"),
        pytest.param({"by_hand": "Mo-Su 07:00-17:00"}, "một cách thôi", id="both-ways"),
    ],
)
def test_hours_that_cannot_be_are_explained(signed_in: SignedIn, rows: dict[str, str], said: str) -> None:
    browser, address = signed_in("editor"), f"{MUSEUM}/edit/hours"
    page = browser.post(address, {**opened(browser, address), **rows}).content.decode()
    assert any(said in mistake for mistake in mistakes(page))


def test_a_closure_is_added_once_however_often_the_button_is_pressed(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), "/console/subject/place/chua-dong/add/notice"
    sent = {**opened(browser, address), "kind": "closure", "starts": "24/11/2026", "ends": "26/11/2026"}
    sent |= {"text.vi": "Tạm đóng để sửa bậc đá.", "text.en": "Closed while the steps are repaired."}
    for _ in range(2):
        assert browser.post(address, sent).status_code == 302
    notices = [each for each in site_db.every_notice() if each.subject == Ref("place", "chua-dong")]
    assert [(each.kind, each.starts, each.ends) for each in notices] == [("closure", TODAY, date(2026, 11, 26))]


def test_new_names_are_understood_and_taken_away_again(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), f"{MUSEUM}/edit/words"
    form = opened(browser, address)
    browser.post(address, {**form, "aliases.vi": form["aliases.vi"] + "\nbảo tàng viên ngọc đen\n"})
    assert any(name.text == "bảo tàng viên ngọc đen" for name in site_db.names())
    browser.post(address, form | {"stamp": opened(browser, address)["stamp"]})
    assert not any(name.text == "bảo tàng viên ngọc đen" for name in site_db.names())


def test_a_question_from_the_inbox_is_answered_and_gone(
    signed_in: SignedIn, site_db: SiteDb, visits: Visits, now: Any
) -> None:
    for text in ("Có wifi không?", "co wifi khong", "Gửi đồ ở đâu"):
        visits.unanswered.add(Unanswered(text, "vi", "rest", (), now))
    browser = signed_in("editor")
    page = browser.get("/console/questions").content.decode()
    assert page.index("co wifi khong") < page.index("Gửi đồ ở đâu") and "2 lần" in page
    address = "/console/everywhere/add/staff_answer?question=co+wifi+khong"
    form = opened(browser, address)
    assert form["question.vi"] == "co wifi khong"
    browser.post(address, {**form, "question.en": "Is there wifi?", "answer.vi": "Có.", "answer.en": "Yes."})
    assert site_db.staff_answers()[-1].answer.in_("vi") == "Có."
    assert "wifi" not in browser.get("/console/questions").content.decode()


def test_still_right_with_one_click_gives_a_value_todays_date(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser = signed_in("editor", "place/quang-ninh-museum")
    page = browser.get("/console/verify").content.decode()
    forms = re.findall(r"<form[^>]*still-right[^>]*>(.*?)</form>", page, re.S)
    assert len(forms) == 2, "its hours and its price"
    for form in forms:
        sent = dict(re.findall(r'name="(sheet|key|stamp)" value="([^"]*)"', form))
        assert browser.post("/console/verify/still-right", sent)["Location"] == "/console/verify"
    assert "Không còn gì cần xem lại" in browser.get("/console/verify").content.decode()
    assert site_db.get(Ref("place", "quang-ninh-museum")).hours_source.date == "2026-11-24"


def test_a_change_is_seen_with_before_and_after_and_taken_back(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), f"/console/statement/price/{price_of(site_db).id}"
    browser.post(address, {**opened(browser, address), "adult": "40.000"})
    page = browser.get("/console/history").content.decode()
    assert re.search(r'class="before">.*?0</dd><dd class="after">.*?40.000</dd>', page)
    number = re.search(r"/console/history/(\d+)/revert", page)
    assert number
    browser.post(number[0])
    assert price_of(site_db).adult == 0
    assert "đã lấy lại" in browser.get("/console/history").content.decode()


def test_a_deleted_notice_comes_back(signed_in: SignedIn, site_db: SiteDb) -> None:
    notice = site_db.every_notice()[0]
    browser = signed_in("editor")
    browser.post(f"/console/statement/notice/{notice.id}/delete")
    assert notice not in site_db.every_notice()
    change = next(each for each in site_db.history(None, 20) if each.action == "delete" and each.table == "notice")
    browser.post(f"/console/history/{change.id}/revert")
    assert notice in site_db.every_notice()


def test_a_change_with_later_ones_upon_it_is_not_taken_back_alone(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, ref = signed_in("reviewer"), f"price/{price_of(site_db).id}"
    for amount in (1000, 2000):
        with site_db.acting("lan", TODAY):
            site_db.update(ref, {"adult": amount})
    first = site_db.history(ref, 2)[1]
    assert browser.post(f"/console/history/{first.id}/revert").status_code == 409
    assert price_of(site_db).adult == 2000


def test_markup_in_every_text_is_only_text(signed_in: SignedIn, site_db: SiteDb, visits: Visits, now: Any) -> None:
    words = {"vi": EVIL, "en": EVIL}
    with site_db.acting(EVIL, TODAY):
        for field in ("name", "summary", "address", "hours_note", "best_time"):
            for lang in words:
                site_db.set("place/yen-tu", field, EVIL, lang)
        site_db.add_alias("place/yen-tu", EVIL)
        site_db.add_notice("place/yen-tu", "closure", words)
        site_db.add_staff_answer(words, words, ref="place/yen-tu")
        price = site_db.add_price("place/yen-tu", words, 1, note=words)
    visits.unanswered.add(Unanswered(EVIL, "vi", "rest", (), now))
    browser = signed_in("administrator", name=EVIL)
    addresses = ["", "places?q=script", "questions", "verify", "history", "people", "account", "subject/place/yen-tu"]
    addresses += ["subject/place/yen-tu/edit/words", f"statement/price/{price}", "subject/place/yen-tu/history"]
    for address in addresses:
        page = browser.get(f"/console/{address}").content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page, address
