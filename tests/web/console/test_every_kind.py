"""Every kind of fact by its own form: adding, correcting, deleting, having back."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from PIL import Image

from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.console.conftest import SignedIn
from tests.web.console.test_editing import mistakes, opened
from web.console.kinds import KINDS, parts_of
from web.console.position_form import position_in

TODAY = date(2026, 11, 24)
AM_HOA = {
    "name.vi": "Am Hoa Mới", "name.en": "New Hoa Hermitage", "kind": "hermitage", "part_of": "yen tu",
    "pasted": "https://www.google.com/maps/place/x/@21.1,106.7,17z/data=!3m1!4b1!3d21.15123!4d106.71456",
    "aliases.vi": "am hoa nở\nam bông", "summary.vi": "Am nhỏ.", "summary.en": "A small hermitage.",
}  # fmt: skip


def named(site: SiteDb, ref: str) -> str:
    return site.get(Ref(*ref.split("/", 1))).name.in_("vi")


def test_a_place_is_added_with_its_position_and_known_by_its_other_names(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser = signed_in("editor", "place/yen-tu")
    sent = {**opened(browser, "/console/places/new/place"), **AM_HOA, "part_of": named(site_db, "place/yen-tu")}
    assert browser.post("/console/places/new/place", sent)["Location"] == "/console/subject/place/am-hoa-moi"
    place = site_db.get(Ref("place", "am-hoa-moi"))
    assert (place.location.lat, place.location.lon) == (21.15123, 106.71456)
    assert place.part_of == "yen-tu" and place.province_now == "Quảng Ninh"
    assert {"am hoa nở", "am bông"} <= {name.text for name in site_db.names() if name.ref == place.ref}
    assert place.location_source.date == "2026-11-24"
    assert browser.post("/console/places/new/place", sent).status_code == 302, "sent twice"
    assert not site_db.exists("place/am-hoa-moi-2")


def test_what_is_likely_to_be_there_is_shown_before_it_is_added(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), "/console/places/new/place"
    whole = named(site_db, "place/yen-tu")
    sent = {**opened(browser, address), **AM_HOA, "name.vi": "Chùa Dồng", "part_of": whole, "pasted": ""}
    page = browser.post(address, sent).content.decode()
    assert 'href="/console/subject/place/chua-dong"' in page and not site_db.exists("place/chua-dong-2")
    assert browser.post(address, {**sent, "sure": "on"}).status_code == 302
    assert site_db.exists("place/chua-dong-2")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"pasted": "https://maps.app.goo.gl/abc"}, "chép hai số", id="short-link"),
        pytest.param({"pasted": "48.85, 2.35"}, "trong vùng", id="paris"),
        pytest.param({"pasted": "", "lat": "21,1"}, "cả hai số", id="half"),
        pytest.param({"part_of": "Chùa Đồngg"}, "Có phải", id="misspelt"),
        pytest.param({"part_of": ""}, "chọn tỉnh", id="nowhere"),
        pytest.param({"name.en": ""}, "điền vào ô này", id="one-language"),
    ],
)
def test_what_a_place_lacks_is_said(signed_in: SignedIn, site_db: SiteDb, wrong: dict[str, str], said: str) -> None:
    browser, address = signed_in("editor"), "/console/places/new/place"
    whole = named(site_db, "place/yen-tu")
    page = browser.post(address, {**opened(browser, address), **AM_HOA, "part_of": whole, **wrong}).content.decode()
    assert any(said in each for each in mistakes(page)), mistakes(page)
    assert not site_db.exists("place/am-hoa-moi")


@pytest.mark.parametrize(
    ("whole", "status"), [pytest.param("yen-tu", 302, id="inside"), pytest.param("con-son", 403, id="outside")]
)
def test_a_place_is_added_within_ones_own_areas_only(
    signed_in: SignedIn, site_db: SiteDb, whole: str, status: int
) -> None:
    browser, address = signed_in("editor", "place/yen-tu"), "/console/places/new/place"
    sent = {**opened(browser, address), **AM_HOA, "part_of": named(site_db, f"place/{whole}")}
    assert browser.post(address, sent).status_code == status
    assert site_db.exists("place/am-hoa-moi") == (status == 302)


def test_a_place_cannot_be_moved_out_of_ones_areas(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor", "place/yen-tu"), "/console/subject/place/chua-dong/edit/details"
    sent = {**opened(browser, address), "part_of": named(site_db, "place/con-son")}
    assert browser.post(address, sent).status_code == 403
    assert site_db.get(Ref("place", "chua-dong")).part_of != "con-son"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("21.16, 106.71", (21.16, 106.71), id="pair"),
        pytest.param("21,16; 106,71", (21.16, 106.71), id="decimal-commas"),
        pytest.param("https://www.google.com/maps/@21.16,106.71,15z", (21.16, 106.71), id="google"),
        pytest.param("https://www.google.com/maps?q=21.16,106.71", (21.16, 106.71), id="google-q"),
        pytest.param("https://maps.google.com/?ll=21.16%2C106.71", (21.16, 106.71), id="google-escaped"),
        pytest.param("https://www.openstreetmap.org/#map=15/21.16/106.71", (21.16, 106.71), id="osm"),
        pytest.param("21°09'36\"N 106°42'36\"E", (21.16, 106.71), id="degrees"),
        pytest.param("106.71, 21.16", None, id="swapped"),
        pytest.param("Chùa Đồng", None, id="words"),
    ],
)
def test_a_position_is_read_from_what_people_paste(text: str, found: Any) -> None:
    assert position_in(text) == found


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_every_kind_opens_and_saving_it_untouched_changes_nothing(
    signed_in: SignedIn, site_db: SiteDb, kind: str
) -> None:
    browser, ref, before = signed_in("editor"), site_db.ids(kind)[0], site_db.version()
    assert browser.get(f"/console/subject/{ref}").status_code == 200
    assert browser.get(f"/console/places?kind={kind}").status_code == 200
    assert browser.get(f"/console/places/new/{kind}").status_code == 200
    for part in parts_of(kind):
        address = f"/console/subject/{ref}/edit/{part}"
        sent = {key: value for key, value in opened(browser, address).items() if key != "months"}
        if values := (site_db.sheet(ref).values.get("months") or ""):
            sent = {**sent, "months": values.split(",")}
        answer = browser.post(address, sent)
        assert answer.status_code == 302, (part, mistakes(answer.content.decode()))
    assert site_db.history() == [] and site_db.version() == before


def test_a_festival_is_moved_by_the_lunar_calendar_and_its_solar_days_are_shown(
    signed_in: SignedIn, site_db: SiteDb
) -> None:
    browser, address = signed_in("editor"), "/console/subject/festival/hoi-lang-diem/edit/days"
    form = opened(browser, address)
    assert (form["month"], form["day"], form["days"]) == ("2", "6", "3")
    sent = {**form, "month": "1", "day": "10", "main_days~0~month": "1", "main_days~0~day": "11"}
    sent |= {"editions~0~year": "2027", "editions~0~solar_from": "15/2/2027", "editions~0~solar_to": "17/2/2027"}
    page = browser.post(address, {**sent, "preview": "1"}).content.decode()
    assert "2027: từ 15/2/2027 đến 17/2/2027." in page and "2028: từ 4/2/2028 đến 6/2/2028." in page
    assert "Chính hội: 16/2/2027." in page
    assert browser.post(address, sent).status_code == 302
    festival = site_db.get(Ref("festival", "hoi-lang-diem"))
    assert (festival.month, festival.day, festival.main_days) == (1, 10, ((1, 11),))
    assert [(held.year, held.solar_from) for held in festival.editions][-1] == (2027, date(2027, 2, 15))


def test_a_routes_stops_are_typed_by_name_and_kept_in_order(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), "/console/subject/route/dong-tay-yen-tu/edit/details"
    sent = {key: value for key, value in opened(browser, address).items() if not key.startswith("stops~")}
    sent |= {"stops~0~name": "chua dong", "stops~1~name": named(site_db, "place/con-son")}
    assert browser.post(address, sent).status_code == 302
    assert site_db.get(Ref("route", "dong-tay-yen-tu")).stops == ("chua-dong", "con-son")
    sent |= {"stamp": opened(browser, address)["stamp"], "stops~2~name": "chua dongg"}
    page = browser.post(address, sent).content.decode()
    assert any("Dòng 3" in said and "Chùa Đồng" in said for said in mistakes(page)), mistakes(page)


def test_a_road_is_added_and_used_for_the_way(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), "/console/places/new/road_link"
    sent = {**opened(browser, address), "origin": "chua dong", "destination": "chua lan", "mode": "walk"}
    page = browser.post(address, {**sent, "km": "xa", "minutes": "30"}).content.decode()
    assert any("ví dụ 12,5" in said for said in mistakes(page))
    sent |= {"origin": named(site_db, "place/chua-dong"), "destination": named(site_db, "place/chua-lan")}
    assert browser.post(address, {**sent, "km": "2,5", "minutes": "30"}).status_code == 302
    link = next(link for link in site_db.road_links() if (link.start, link.end) == ("chua-dong", "chua-lan"))
    assert (link.km, link.mode, link.source.date) == (2.5, "walk", "2026-11-24")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        pytest.param("dish", {"kind": "dish", "what.vi": "Xôi", "what.en": "Rice"}, id="dish"),
        pytest.param("person", {"role.vi": "Vua", "role.en": "King", "born": "1258"}, id="person"),
        pytest.param("eating", {"kind": "restaurant", "near": "Chùa Đồng", "status": "in_source"}, id="eating"),
        pytest.param("bus_line", {"starts~0~name": "Chùa Đồng", "operators.": "Nhà xe A\nNhà xe B"}, id="bus"),
        pytest.param("cable_car", {"origin": "Chùa Đồng", "destination": "Chùa Hoa Yên"}, id="cable-car"),
        pytest.param("festival", {"month": "3", "day": "3", "lunar": "on", "days": "2"}, id="festival"),
        pytest.param("programme", {"status": "có", "goals.vi": "Một", "goals.en": "One"}, id="programme"),
    ],
)
def test_other_kinds_are_added_too(signed_in: SignedIn, site_db: SiteDb, kind: str, values: dict[str, str]) -> None:
    browser, address = signed_in("editor"), f"/console/places/new/{kind}"
    sent = {**opened(browser, address), "name.vi": "Mục mới toanh", "name.en": "Something quite new", **values}
    answer = browser.post(address, sent)
    assert answer.status_code == 302, mistakes(answer.content.decode())
    assert site_db.get(Ref(kind, "muc-moi-toanh")).name.in_("en") == "Something quite new"


def test_a_deletion_says_what_goes_and_is_had_back(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, ref = signed_in("editor"), Ref("place", "quang-ninh-museum")
    before = site_db.sheet(ref).values
    assert "giá vé" in browser.get(f"/console/subject/{ref}/delete").content.decode()
    browser.post(f"/console/subject/{ref}/delete")
    assert site_db.find(ref) is None
    page = browser.get("/console/deleted").content.decode()
    assert "Bảo tàng Quảng Ninh" in page
    assert browser.get(f"/console/subject/{ref}").status_code == 404
    number = page.split("/console/history/")[1].split("/revert")[0]
    assert browser.post(f"/console/history/{number}/revert").status_code == 302
    assert site_db.sheet(ref).values == before
    assert "Chưa xoá gì cả" in browser.get("/console/deleted").content.decode()


def test_one_save_is_one_entry_and_taken_back_as_one(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser, address = signed_in("editor"), "/console/subject/place/yen-tu/edit/words"
    before = site_db.sheet("place/yen-tu").values
    sent = {**opened(browser, address), "summary.vi": "Mới", "summary.en": "New", "aliases.vi": "núi mới"}
    browser.post(address, sent)
    page = browser.get("/console/subject/place/yen-tu/history").content.decode()
    assert page.count("/revert") == 1 and page.count('class="saved"') > 2
    browser.post("/console/history/" + page.split("/console/history/")[1].split("/revert")[0] + "/revert")
    assert site_db.sheet("place/yen-tu").values == before


def test_a_place_is_taken_back_to_a_moment(signed_in: SignedIn, site_db: SiteDb) -> None:
    before = site_db.sheet("place/yen-tu").values
    with site_db.acting("lan@example.vn", TODAY):
        site_db.set("place/yen-tu", "summary", "Một", "vi")
        number = site_db.add_notice("place/yen-tu", "news", {"vi": "x", "en": "x"})
    site_db.connection.execute("UPDATE history SET at = '2026-11-24T03:00:00.000Z'")
    moment = {"moment": "2026-11-24T09:30"}  # in Việt Nam, half an hour before
    address = "/console/subject/place/yen-tu/restore"
    assert signed_in("editor").post(address, moment).status_code == 403
    assert signed_in("reviewer").post(address, moment).status_code == 302
    assert site_db.sheet("place/yen-tu").values == before
    assert number not in {each.id for each in site_db.every_notice()}
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    assert site_db.restore("place/yen-tu", later, "x") == 0


def test_a_source_is_listed_with_what_rests_upon_it(signed_in: SignedIn, site_db: SiteDb) -> None:
    browser = signed_in("editor")
    sent = {"title": "Báo Quảng Ninh", "url": "https://example.vn/1", "basis": "published", "once": "a"}
    assert browser.post("/console/sources/new", sent).status_code == 302
    source = next(source for source, _ in site_db.sources() if source.title == "Báo Quảng Ninh")
    with site_db.acting("lan", TODAY):
        site_db.set("place/yen-tu", "hours", "24/7", source=source.id)
    page = browser.get(f"/console/sources/about/{source.id.replace('#', '%23')}").content.decode()
    assert "/console/subject/place/yen-tu" in page
    assert "1 điều" in browser.get("/console/sources?q=bao+quang+ninh").content.decode()
    other = signed_in("editor", "place/con-son")
    assert other.post(f"/console/sources/about/{source.id.replace('#', '%23')}", sent).status_code == 403


def test_a_text_without_its_translation_is_listed(signed_in: SignedIn, site_db: SiteDb) -> None:
    site_db.connection.execute("DELETE FROM text WHERE subject = 'place/yen-tu' AND field = 'summary' AND lang = 'en'")
    page = signed_in("editor").get("/console/untranslated").content.decode()
    assert "chưa có bản tiếng Anh" in page and "/console/subject/place/yen-tu/edit/words" in page


def picture(size: tuple[int, int] = (900, 600), kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken."""
    into, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (21.0, 9.0, 36.0)
    exif[0x010F] = "camera"
    Image.new("RGB", size, "green").save(into, kind, exif=exif)
    return into.getvalue()


def sent_photo(browser: Client, content: bytes, name: str = "a.jpg") -> Any:
    address = "/console/subject/place/yen-tu/photo"
    values = {"alt.vi": "Chùa trong sương", "alt.en": "A pagoda in the mist", "credit": "Lan", "once": name}
    return browser.post(address, {**values, "picture": SimpleUploadedFile(name, content, "image/jpeg")})


def test_a_photo_is_made_anew_and_shown_with_its_credit(signed_in: SignedIn, site_db: SiteDb, tmp_path: Path) -> None:
    browser = signed_in("editor")
    with override_settings(PHOTOS=tmp_path / "photos"):
        assert sent_photo(browser, picture()).status_code == 302
        (photo,) = site_db.photos(Ref("place", "yen-tu"))
        assert (photo.width, photo.height, photo.credit) == (600, 900, "Lan"), "turned upright"
        assert photo.alt == {"vi": "Chùa trong sương", "en": "A pagoda in the mist"}
        answer = browser.get(f"/photos/{photo.file}.jpg")
        assert answer["Content-Type"] == "image/jpeg" and "immutable" in answer["Cache-Control"]
        kept = Image.open(io.BytesIO(answer.content))
        assert not dict(kept.getexif()) and b"camera" not in answer.content and kept.format == "JPEG"
        page = browser.get("/vi/yen-tu").content.decode()
        assert f"/photos/{photo.file}.jpg" in page and "Chùa trong sương" in page and "Ảnh: Lan" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "không phải ảnh", id="svg"),
        pytest.param(b"<html><script>alert(1)</script>", "không phải ảnh", id="html"),
        pytest.param(picture()[:2000], "không phải ảnh", id="broken"),
        pytest.param(picture(kind="TIFF"), "không phải ảnh", id="tiff"),
        pytest.param(picture((100, 80)), "quá nhỏ", id="small"),
        pytest.param(b"\xff\xd8" + bytes(13 * 1024 * 1024), "quá lớn", id="large"),
        pytest.param(b"", "rỗng", id="empty"),
    ],
)
def test_what_is_no_good_picture_is_refused(
    signed_in: SignedIn, site_db: SiteDb, tmp_path: Path, content: bytes, said: str
) -> None:
    with override_settings(PHOTOS=tmp_path / "photos"):
        page = sent_photo(signed_in("editor"), content).content.decode()
    assert any(said in each for each in mistakes(page)), mistakes(page)
    assert not (tmp_path / "photos").exists() and not site_db.photos(Ref("place", "yen-tu"))


@pytest.mark.parametrize("name", ["../../var/site.db", "x", "..%2f..%2fetc%2fpasswd", "A" * 32])
def test_the_photos_address_gives_photos_only(anonymous: Client, name: str) -> None:
    assert anonymous.get(f"/photos/{name}.jpg").status_code == 404
