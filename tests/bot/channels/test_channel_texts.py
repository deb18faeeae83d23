"""Cutting texts, and HTML that can't break: properties that hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.messengers.texts import shorten, split, units
from bot.channels.telegram.html import linked
from tests.bot.channels.standins.telegram import check_html

texts = st.text(st.sampled_from("ab .,\n😀\u0301\u0323éế\u200d👩🏽<&>\"'"), max_size=300) | st.text(max_size=200)


@given(texts, st.sampled_from([10, 40, 100]))
def test_parts_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("Một đoạn.\n\nĐoạn nữa dài hơn.", ["Một đoạn.", "Đoạn nữa dài hơn."], id="paragraph-first"),
        pytest.param("Câu một ở đây. Câu hai ở đây.", ["Câu một ở đây.", "Câu hai ở đây."], id="then-sentence"),
        pytest.param("không có dấu câu nào cả", ["không có dấu câu nào", "cả"], id="then-word"),
        pytest.param("a" * 25, ["a" * 20, "a" * 5], id="then-anywhere"),
        pytest.param("x" * 19 + "😀y", ["x" * 19, "😀y"], id="never-inside-a-character"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_where_a_text_is_cut(text: str, parts: list[str]) -> None:
    assert split(text, 20) == parts


@given(texts, st.integers(2, 60))
def test_a_title_is_one_short_line(text: str, limit: int) -> None:
    assert units(shorten(text, limit)) <= limit and "\n" not in shorten(text, limit)


@given(texts, st.lists(st.tuples(texts, st.just('https://x.vn/?a=1&b="<')), max_size=4))
def test_telegram_html_never_breaks(text: str, sources: list[tuple[str, str]]) -> None:
    assert check_html(linked(text, sources), 10_000) is None
