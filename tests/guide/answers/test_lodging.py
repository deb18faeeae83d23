"""Where to stay: nearest first, never a place that has closed, and a price only as a source gives it."""

import pytest

from guide.answers import Question, answer
from guide.answers.formats import distance, money
from guide.answers.topics.lodging import open_lodgings
from guide.answers.vicinity import by_distance
from guide.answers.wording import wording_for
from guide.refs import Ref


def near(site, id_: str):
    return by_distance(site, Ref("place", id_), open_lodgings(site), lambda venue: (venue.near,), 120)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", ["yen-tu", "chua-dong", "bai-chay", "con-son", "chua-vinh-nghiem", "hai-phong"])
def test_the_nearest_lodgings_are_named(site, ask, id_: str, lang: str) -> None:
    found = near(site, id_)
    text = ask("lodging", lang, id_).text
    nearest = [it.record for it in found if it.km == found[0].km]
    assert len([venue for venue in nearest if venue.name[lang] in text]) >= min(2, len(nearest))


def test_where_none_is_known_that_is_said_with_how_far_the_nearest_is(site, ask) -> None:
    found = near(site, "con-son")
    text = ask("lodging", "vi", "con-son").text
    assert found[0].km > 0
    assert "Ở Côn Sơn mình chưa biết chỗ nghỉ" in text and distance(found[0].km, "vi") in text


def test_areas_beyond_are_counted(site, ask) -> None:
    text = ask("lodging", "vi", "yen-tu").text
    beyond = [it for it in near(site, "yen-tu") if it.place == Ref("place", "hai-phong")]
    said = wording_for("vi").say("lodging.beyond_row", name="Hải Phòng", km=beyond[0].km, count=len(beyond))
    assert said in text


def test_a_lodging_that_has_closed_is_never_recommended(site, ask) -> None:
    closed = [venue for venue in site.all("lodging") if venue.status == "closed"]
    assert closed
    for venue in closed:
        assert venue.name["vi"] not in ask("lodging", "vi", venue.near).text
        assert "đã đóng cửa" in ask("lodging", "vi", str(venue.ref)).text


@pytest.mark.parametrize("lang, caution", [("vi", "bạn gọi trước"), ("en", "ring before")])
def test_an_old_source_asks_to_ring_first(site, ask, lang: str, caution: str) -> None:
    for venue in site.all("lodging"):
        text = ask("lodging", lang, str(venue.ref)).text
        assert (caution in text) == (venue.status == "check"), venue.id


def test_no_price_is_made_up(site, ask, now) -> None:
    for venue in site.all("lodging"):
        if not site.prices(venue.ref, now.date()).current and venue.status != "closed":
            assert wording_for("en").say("lodging.no_price") in ask("lodging", "en", str(venue.ref)).text


def test_a_price_that_staff_enter_is_told_with_its_date(fresh_site, now) -> None:
    ref = Ref("lodging", "lodging-lang-nuong")
    with fresh_site.acting("an-editor"):
        fresh_site.add_price(ref, {"vi": "Phòng đôi", "en": "Double room"}, 650000, valid_from=now.date())
    text = answer(fresh_site, Question("lodging", "en", now, (ref,))).text
    assert money(650000, "en") in text and "24 November 2026" in text


def test_what_the_research_found_about_a_place_without_any_is_told(site, ask) -> None:
    gap = next(row for row in site.advice(topic="lodging_gap") if "tay-yen-tu" in row.places)
    assert gap.words["vi"] in ask("lodging", "vi", "tay-yen-tu").text


def test_nothing_named_tells_the_areas_the_most_first(site, ask) -> None:
    rows = [line for line in ask("lodging", "en").text.splitlines() if line.startswith("•")]
    counts = [int(row.rstrip(".").rsplit(" ", 1)[1]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len([venue for venue in open_lodgings(site) if venue.near == "bai-chay"])


def test_a_province_tells_only_its_own_areas(site, ask) -> None:
    ids = {place.id for place in site.places(province="Quảng Ninh")}
    reply = ask("lodging", "vi", province="Quảng Ninh")
    assert all(option.payload.rsplit("/", 1)[1] in ids for option in reply.quick_replies)
