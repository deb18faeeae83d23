"""An editor of one province or cluster cannot change another's, by any address."""

from __future__ import annotations

from datetime import date

import pytest

from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.console.conftest import SignedIn

TODAY = date(2026, 11, 24)
ELSEWHERE = ("con-son", "kiep-bac")


def addresses(site: SiteDb, place: str) -> list[str]:
    """Every address that changes something of a place."""
    with site.acting("test", TODAY):
        words = {"vi": "x", "en": "x"}
        price = site.add_price(f"place/{place}", words, 1)
        notice = site.add_notice(f"place/{place}", "news", words)
        answer = site.add_staff_answer(words, words, ref=f"place/{place}")
    parts = [f"subject/place/{place}/edit/{part}" for part in ("words", "hours", "contact")]
    new = [f"subject/place/{place}/add/{statement}" for statement in ("price", "notice", "staff_answer")]
    old = [f"statement/price/{price}", f"statement/notice/{notice}", f"statement/staff_answer/{answer}"]
    return [*parts, *new, *old, *(f"{address}/delete" for address in old)]


@pytest.mark.parametrize(
    ("role", "areas"),
    [
        pytest.param("viewer", (), id="viewer"),
        pytest.param("editor", ("province/quang-ninh",), id="another-province"),
        pytest.param("editor", ("place/yen-tu",), id="another-cluster"),
        pytest.param("reviewer", ("province/bac-giang",), id="another-former-province"),
    ],
)
def test_a_place_that_is_not_theirs_cannot_be_changed(
    signed_in: SignedIn, site_db: SiteDb, role: str, areas: tuple[str, ...]
) -> None:
    tried, browser = addresses(site_db, "con-son"), signed_in(role, *areas)
    before = site_db.version()
    for address in tried:
        assert browser.post(f"/console/{address}", {"text.vi": "x", "text.en": "x"}).status_code == 403, address
    change = site_db.history("place/con-son", 1)[0]
    assert browser.post(f"/console/history/{change.id}/revert").status_code == 403
    sheet = {"sheet": "place/con-son", "key": "hours", "stamp": site_db.sheet("place/con-son").stamp}
    assert browser.post("/console/verify/still-right", sheet).status_code == 403
    assert site_db.version() == before
    assert "Sửa</a>" not in browser.get("/console/subject/place/con-son").content.decode(), "nor is it offered"


@pytest.mark.parametrize("area", ["province/hai-duong", "province/hai-phong", "place/con-son-kiep-bac"])
def test_a_place_of_theirs_can(signed_in: SignedIn, site_db: SiteDb, area: str) -> None:
    if area.startswith("place/") and not site_db.find(Ref(*area.split("/"))):
        area = "place/con-son"
    browser = signed_in("editor", area)
    assert browser.get("/console/subject/place/con-son/edit/words").status_code == 200


def test_a_cable_car_belongs_to_the_places_at_its_ends(signed_in: SignedIn) -> None:
    address = "/console/subject/cable_car/cap-treo-yen-tu-1/edit/hours"
    assert signed_in("editor", "place/yen-tu").get(address).status_code == 200
    assert signed_in("editor", "province/bac-giang").get(address).status_code == 403


def test_what_is_about_everything_is_for_those_who_look_after_everything(signed_in: SignedIn) -> None:
    address = "/console/everywhere/add/notice"
    assert signed_in("editor", "place/yen-tu").get(address).status_code == 403
    assert signed_in("editor").get(address).status_code == 200


def test_editors_take_back_their_own_changes_and_reviewers_anyones(signed_in: SignedIn, site_db: SiteDb) -> None:
    with site_db.acting("lan@example.vn", TODAY):
        site_db.set("place/con-son", "summary", "Mới", "vi")
    change = site_db.history("place/con-son", 1)[0]
    assert signed_in("editor").post(f"/console/history/{change.id}/revert").status_code == 403
    assert signed_in("reviewer").post(f"/console/history/{change.id}/revert").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "subject/place/nowhere",
        "subject/planet/mars",
        "subject/place/yen-tu/edit/kind",
        "subject/place/yen-tu/add/photo",
        "subject/festival/hoi-xuan-yen-tu/edit/hours",
        "statement/price/1",
        "statement/planet/1",
        "everywhere/add/price",
    ],
)
def test_what_is_not_there_is_not_found(signed_in: SignedIn, address: str) -> None:
    assert signed_in("editor").get(f"/console/{address}").status_code == 404
