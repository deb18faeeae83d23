"""Facts go out to Excel and come back: every difference shown first, every mistake by its cell, nothing by halves."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from html import unescape
from typing import Any, Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.console.conftest import SignedIn
from web.console.spreadsheets.exporting import everything
from web.console.spreadsheets.importing import check
from web.console.spreadsheets.reading import MOST_BYTES, read
from web.console.spreadsheets.writing import as_xlsx, escaped, unescaped

TODAY = date(2026, 11, 24)
YEN_TU, MUSEUM, VINH_NGHIEM = (Ref("place", key) for key in ("yen-tu", "quang-ninh-museum", "chua-vinh-nghiem"))
QUANG_NINH = "province/quang-ninh"


def book_of(browser: Client, sheet: str = "all", area: str = "") -> Any:
    answer = browser.get(f"/console/sheets/file/xlsx?sheet={sheet}&area={area}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return load_workbook(io.BytesIO(answer.content))


def sent(browser: Client, content: Any, name: str = "sheet.xlsx") -> Any:
    if not isinstance(content, bytes):
        out = io.BytesIO()
        content.save(out)
        content = out.getvalue()
    return Checked(browser.post("/console/sheets/check", {"file": SimpleUploadedFile(name, content)}))


class Checked:
    """The page that shows what a file would do."""

    def __init__(self, answer: Any) -> None:
        self.status, self.page = answer.status_code, unescape(answer.content.decode())
        found = re.findall(r"<li><div>(?:<strong>([^<]*)</strong>: )?([^<]*)</div></li>", self.page)
        self.mistakes = dict(found)
        self.after = re.findall(r'class="after">([^<]*)<', self.page)
        once = re.search(r'name="once" value="([^"]*)"', self.page)
        self.once = once[1] if once else ""


def confirmed(browser: Client, checked: Checked) -> Any:
    return browser.post("/console/sheets/confirm", {"once": checked.once})


def row_of(sheet: Any, ref: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == ref)


def column_of(sheet: Any, heading: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


@pytest.fixture
def price(site_db: SiteDb) -> Any:
    """Yên Tử's first price."""
    return site_db.prices(YEN_TU, TODAY).current[0]


def test_what_goes_out_and_comes_back_unchanged_changes_nothing(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser = signed_in("editor")
    answer = sent(browser, book_of(browser))
    assert (answer.status, answer.mistakes, answer.after) == (200, {}, [])
    assert "Không có gì để lưu" in answer.page


def test_a_price_corrected_in_excel_is_shown_then_saved_as_one_change(
    signed_in: SignedIn, site_db: SiteDb, price: Any
) -> None:
    browser = signed_in("editor")
    book = book_of(browser, "price", QUANG_NINH)
    sheet = book.active
    row, column = row_of(sheet, f"price/{price.id}"), column_of(sheet, "Giá người lớn (đồng)")
    sheet[f"{column}{row}"] = 55000
    sheet[f"{column_of(sheet, 'Tính theo')}{row}"] = "người"
    checked = sent(browser, book)
    page = checked.page
    assert f"Giá vé!{column}{row}" in page and "55.000" in page and "2 thay đổi" in page
    assert site_db.prices(YEN_TU, TODAY).current[0].adult == price.adult, "nothing is written until it is confirmed"
    assert confirmed(browser, checked)["Location"] == "/console/history"
    saved = site_db.prices(YEN_TU, TODAY).current[0]
    assert (saved.adult, saved.unit) == (55000, "VND/person")
    (change, *_) = site_db.history(f"price/{price.id}", 10)
    assert {"adult", "unit"} <= {key for key in change.after if change.after[key] != change.before[key]}, "one change"
    assert confirmed(browser, checked).status_code == 409, "once"


def test_mistakes_are_told_by_cell_and_keep_everything_back(signed_in: SignedIn, site_db: SiteDb, price: Any) -> None:
    browser = signed_in("editor")
    book = book_of(browser, "price")
    sheet, row = book.active, 0
    row = row_of(sheet, f"price/{price.id}")
    where = {
        name: f"{column_of(sheet, name)}{row}" for name in ("Giá người lớn (đồng)", "Giá trẻ em (đồng)", "Tính theo")
    }
    sheet[where["Giá người lớn (đồng)"]] = "bốn mươi nghìn"
    sheet[where["Giá trẻ em (đồng)"]] = 12.5
    sheet[where["Tính theo"]] = "tạ"
    checked = sent(browser, book)
    assert checked.status == 422
    told = checked.mistakes
    assert set(told) == {f"Giá vé!{cell}" for cell in where.values()}
    assert "40.000" in told[f"Giá vé!{where['Giá người lớn (đồng)']}"]
    assert confirmed(browser, checked).status_code == 409


def test_a_line_that_somebody_changed_meanwhile_is_not_overwritten(
    signed_in: SignedIn, site_db: SiteDb, price: Any
) -> None:
    browser = signed_in("editor")
    book = book_of(browser, "price")
    with site_db.acting("lan", TODAY):
        site_db.update(f"price/{price.id}", {"adult": 1000})
    sheet = book.active
    sheet[f"{column_of(sheet, 'Giá người lớn (đồng)')}{row_of(sheet, f'price/{price.id}')}"] = 2000
    assert "Có người đã sửa dòng này" in sent(browser, book).page
    with_new = book_of(browser, "price")
    sheet = with_new.active
    sheet[f"{column_of(sheet, 'Giá người lớn (đồng)')}{row_of(sheet, f'price/{price.id}')}"] = 2000
    checked = sent(browser, with_new)
    with site_db.acting("lan", TODAY):
        site_db.update(f"price/{price.id}", {"adult": 3000})
    assert confirmed(browser, checked).status_code == 409, "between the look and the click, too"
    assert site_db.prices(YEN_TU, TODAY).current[0].adult == 3000


def test_an_area_editor_changes_its_own_lines_only(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser = signed_in("editor", QUANG_NINH)
    book = book_of(browser, "contact")
    sheet = book.active
    for ref in (MUSEUM, VINH_NGHIEM):
        sheet[f"D{row_of(sheet, str(ref))}"] = "0204 3 999 999"
    checked = sent(browser, book)
    ((where, said),) = checked.mistakes.items()
    assert where == f"Liên hệ!A{row_of(sheet, str(VINH_NGHIEM))}" and "không phụ trách" in said
    sheet.delete_rows(row_of(sheet, str(VINH_NGHIEM)))
    confirmed(browser, sent(browser, book))
    assert site_db.get(MUSEUM).phone == "0204 3 999 999"


def test_a_new_notice_and_hours_and_names_from_one_file(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser = signed_in("reviewer")
    book = book_of(browser)
    hours, words, notices = book["Giờ mở cửa"], book["Tên gọi và giới thiệu"], book["Thông báo"]
    hours[f"D{row_of(hours, str(MUSEUM))}"] = "Mo-Su 08:00-17:00"
    aliases = f"{column_of(words, 'Tên gọi khác · tiếng Việt')}{row_of(words, str(MUSEUM))}"
    words[aliases] = f"{words[aliases].value or ''}\nviên ngọc đen"
    notices.append(
        [None, str(MUSEUM), None, "đóng cửa", "Đóng cửa sửa mái.", "Closed for repairs.", "25/11/2026", None]
    )
    checked = sent(browser, book)
    assert checked.mistakes == {}
    confirmed(browser, checked)
    assert site_db.get(MUSEUM).hours == "Mo-Su 08:00-17:00"
    assert any(name.text == "viên ngọc đen" for name in site_db.names())
    (notice,) = [each for each in site_db.every_notice() if each.subject == MUSEUM]
    assert (notice.kind, notice.starts) == ("closure", date(2026, 11, 25))
    assert notice.words.in_("en") == "Closed for repairs."


def test_what_the_database_objects_to_is_told_before_it_is_confirmed(signed_in: SignedIn, price: Any) -> None:
    browser = signed_in("editor")
    book = book_of(browser, "price")
    sheet = book.active
    row = row_of(sheet, f"price/{price.id}")
    sheet[f"{column_of(sheet, 'Có hiệu lực từ')}{row}"] = "1/1/2028"
    sheet[f"{column_of(sheet, 'Đến hết ngày')}{row}"] = "1/1/2027"
    checked = sent(browser, book)
    (where,) = checked.mistakes
    assert where.startswith("Giá vé!")


def test_csv_goes_out_and_comes_back_with_excels_semicolons(signed_in: SignedIn, site_db: SiteDb, price: Any) -> None:
    browser = signed_in("editor")
    text = browser.get("/console/sheets/file/csv?sheet=price").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    column = rows[0].index("Giá người lớn (đồng)")
    for row in rows:
        if row[0] == f"price/{price.id}":
            row[column] = "66.000"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    checked = sent(browser, out.getvalue().encode("utf-8-sig"), "sheet.csv")
    assert checked.after == ["66.000"]
    confirmed(browser, checked)
    assert site_db.prices(YEN_TU, TODAY).current[0].adult == 66000


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A real workbook with one part more, or another one in its place."""
    out = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "x"
    book.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(lambda: zipped(a=b"0" * 30_000_000), "quá lớn", id="a zip bomb"),
        pytest.param(lambda: zipped(**{f"p{n}": b"" for n in range(500)}), "quá lớn", id="many parts"),
        pytest.param(lambda: with_part("xl/vbaProject.bin", b"x"), "macro", id="macros"),
        pytest.param(lambda: with_part("xl/worksheets/sheet1.xml", LAUGHS), "Không đọc được", id="XML that grows"),
        pytest.param(lambda: with_part("xl/worksheets/sheet1.xml", OUTSIDE), "Không đọc được", id="a file of ours"),
        pytest.param(lambda: zipped(a=b"no workbook"), "Không đọc được", id="a zip that is no workbook"),
        pytest.param(lambda: b"PK\x03\x04" + b"\xff" * 500, "Không đọc được", id="a broken zip"),
        pytest.param(lambda: b"\xff\xfe\x00\x01" * 100, "Không đọc được", id="no text"),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0" * 100, "Không đọc được", id="an old .xls"),
        pytest.param(lambda: b"x" * (MOST_BYTES + 1), "quá lớn", id="too many bytes"),
        pytest.param(lambda: b"a\n" * 4000, "quá lớn", id="too many lines"),
        pytest.param(lambda: b"hello,world\n1,2\n", "không phải bảng tải về từ đây", id="another table"),
        pytest.param(lambda: b"", "Xin chọn một tệp", id="nothing"),
    ],
)
def test_hostile_and_foolish_files_are_refused(signed_in: SignedIn, content: Callable[[], bytes], said: str) -> None:
    answer = sent(signed_in("editor"), content())
    assert answer.status == 422 and said in answer.page and "root:" not in answer.page


def test_formulas_are_never_worked_out_and_texts_like_them_stay_texts(signed_in: SignedIn, site_db: SiteDb) -> None:
    evil = '=HYPERLINK("http://evil.example","x")'
    with site_db.acting("lan", TODAY):
        site_db.add_staff_answer({"vi": evil, "en": evil}, {"vi": "+1", "en": "@x"}, ref=str(MUSEUM))
    browser = signed_in("editor")
    book = book_of(browser, "staff_answer")
    assert not [cell for row in book.active.rows for cell in row if cell.data_type == "f"]
    assert sent(browser, book).after == [], "what was escaped on the way out is the same"
    book.active[f"{column_of(book.active, 'Câu hỏi · tiếng Việt')}2"] = "=1+1"
    ((where, said),) = sent(browser, book).mistakes.items()
    assert where.endswith("2") and "công thức" in said


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "'=1", "'a", "a", "", "''=1"])
def test_what_is_escaped_is_read_back_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t"))


def test_a_viewer_takes_out_and_sends_nothing_back(signed_in: SignedIn) -> None:
    browser = signed_in("viewer")
    assert 'type="file"' not in browser.get("/console/sheets").content.decode()
    assert book_of(browser, "price").active.max_row > 10
    assert sent(browser, b"x").status == 403


def test_in_english_a_file_from_the_vietnamese_console_is_understood(signed_in: SignedIn, site_db: SiteDb) -> None:
    account = signed_in("editor").get("/console/").wsgi_request.user
    sheets = read(as_xlsx(everything(site_db, "vi")))
    result = check(site_db, account, "en", sheets, TODAY)
    assert (result.mistakes, result.writes) == ([], [])


def test_csv_holds_one_sheet_and_the_page_says_so(signed_in: SignedIn) -> None:
    browser = signed_in("viewer")
    assert browser.get("/console/sheets/file/csv?sheet=all")["Location"] == "/console/sheets"
    assert "chỉ chứa một bảng" in browser.get("/console/sheets").content.decode()


@pytest.mark.parametrize("address", ["xlsx?sheet=nothing", "exe?sheet=price"])
def test_files_that_there_are_not(signed_in: SignedIn, address: str) -> None:
    assert signed_in("editor").get(f"/console/sheets/file/{address}").status_code == 404
