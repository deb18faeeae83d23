"""Folding: what visitors type with and without diacritics has one form."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.text import fold, fold_with_offsets, has_diacritics, nfc

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ĐÂĂÊÔƠƯ,.?-0123"
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Chùa Đồng", "chua dong"),
        ("ĐỀN KIẾP BẠC", "den kiep bac"),
        ("Giải Oan – Hoa Yên", "giai oan – hoa yen"),
        (unicodedata.normalize("NFD", "Yên Tử"), "yen tu"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_letters_of_the_same_length(text: str) -> None:
    assert fold(text).isascii() and len(fold(text)) == len(text)


@given(st.text())
def test_offsets_point_into_the_text_as_given(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert len(folded) == len(offsets) and list(offsets) == sorted(offsets)
    assert all(
        fold(text[offset]) and character in fold(text[offset])
        for character, offset in zip(folded, offsets, strict=True)
    )


@given(VIETNAMESE)
def test_diacritics_are_what_folding_takes_off(text: str) -> None:
    assert has_diacritics(text) == (fold(text) != text.lower())


@given(VIETNAMESE.filter(lambda text: any(character.isalnum() for character in text)))
def test_sqlite_folds_as_we_do(text: str) -> None:
    """The search's triggers replace đ, the tokenizer does the rest: together they must find what fold() makes."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO t VALUES (replace(replace(?, char(273), 'd'), char(272), 'D'))", (text,))
    words = "".join(character if character.isalnum() else " " for character in fold(text)).split()
    query = " ".join(f'"{word}"' for word in words)
    assert connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (query,)).fetchone() == (1,)
