"""Search finds the same with and without diacritics, and follows every writer."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest

from guide.refs import Ref
from guide.sitedb import SiteDb

CHUA_DONG = Ref("place", "chua-dong")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Chùa Đồng", id="as-it-is-written"),
        pytest.param("chua dong", id="without-diacritics"),
        pytest.param("CHÙA ĐỒNG", id="capitals"),
        pytest.param(unicodedata.normalize("NFD", "Chùa Đồng"), id="decomposed"),
        pytest.param("chùa đồng???", id="punctuation"),
        pytest.param("Bronze Pagoda", id="english"),
    ],
)
def test_a_name_is_found_however_it_is_typed(site: SiteDb, text: str) -> None:
    assert site.search(text)[0].ref == CHUA_DONG


@pytest.mark.parametrize("text", ["đền", "den", "Đền"])
def test_d_with_stroke_is_d(site: SiteDb, text: str) -> None:
    hits = site.search(text, limit=5)
    assert hits and all(hit.ref is not None and hit.ref.kind == "place" for hit in hits)


def test_a_fact_is_found_by_its_words_and_says_where_it_is_from(site: SiteDb) -> None:
    hit = site.search("xuất gia Hương Vân Đại Đầu Đà", kinds=["fact"])[0]
    assert (hit.ref, hit.topic) == (Ref("person", "tran-nhan-tong"), "history")
    assert hit.source is not None and "vi" in hit.words and "en" in hit.words


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        pytest.param("Chùa Đồng nặng bao nhiêu tấn?", "place/chua-dong", id="question-words-do-not-hide-the-answer"),
        pytest.param("what is the weight of the bronze pagoda in tonnes", "place/chua-dong", id="english"),
        pytest.param("moc ban kinh phat o chua vinh nghiem", "place/chua-vinh-nghiem", id="without-diacritics"),
    ],
)
def test_a_question_finds_what_answers_it(site: SiteDb, question: str, ref: str) -> None:
    assert ref in [str(hit.ref) for hit in site.search(question, limit=3)]


def test_a_text_found_in_two_languages_is_one_hit(site: SiteDb) -> None:
    hits = site.search("drone flycam", limit=20)
    assert len({(hit.kind, hit.ref, hit.words["vi"]) for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    "text", ["", "   ", "🙏🙏", '"', "OR AND NOT", "a*b(c)", "'; DROP TABLE place; --", "x" * 10_000]
)
def test_nothing_that_is_typed_breaks_it(site: SiteDb, text: str) -> None:
    assert isinstance(site.search(text), list)


def test_it_follows_a_plain_shell(fresh_site: SiteDb) -> None:
    with sqlite3.connect(fresh_site.path) as connection:
        connection.execute(
            "INSERT INTO alias (subject, lang, value, position) VALUES ('place/chua-dong', 'vi', 'Đỉnh Đầu Đà', 99)"
        )
    assert fresh_site.search("dinh dau da")[0].ref == CHUA_DONG
    with connection:
        connection.execute("UPDATE alias SET value = 'Ngọn Đèn' WHERE value = 'Đỉnh Đầu Đà'")
    assert fresh_site.search("ngon den", kinds=["name"])[0].ref == CHUA_DONG
    with connection:
        connection.execute("DELETE FROM alias WHERE value = 'Ngọn Đèn'")
    connection.close()
    assert CHUA_DONG not in [hit.ref for hit in fresh_site.search("ngon den", kinds=["name"])]


def test_the_index_has_exactly_the_rows_that_are_told(site: SiteDb) -> None:
    indexed = site.connection.execute("SELECT count(*) FROM search").fetchone()[0]
    told = sum(
        site.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("text", "alias", "fact_text", "staff_answer_text")
    )
    assert indexed == told
