"""Tokens know where they stand in the visitor's own text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.tokenizer import MAX_WORDS, tokens_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Giá vé?", ["giá", "vé"], id="punctuation is left out"),
        pytest.param("đi🙂Yên Tử", ["đi", "yên", "tử"], id="emoji part words"),
        pytest.param("8h30, 500k/người", ["8h30", "500k", "người"], id="figures stay whole"),
        pytest.param("Tran Hung Dao's", ["tran", "hung", "dao", "s"], id="a genitive is a word of its own"),
        pytest.param("ye\u0302n", ["yên"], id="decomposed letters are composed"),
        pytest.param("\x00\x07 \u200b", [], id="control characters"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """The lemma is the word in NFC and lower case."""
    assert [token.lemma for token in tokens_of(text)] == words


@given(st.text(max_size=200))
def test_offsets_point_at_the_words(text: str) -> None:
    """Any text: tokens are in order, and each is exactly a piece of the text."""
    end = 0
    for token in tokens_of(text):
        assert end <= token.start < token.end <= len(text)
        assert token.text == text[token.start : token.end]
        end = token.end


def test_a_pasted_novel_is_cut() -> None:
    """Only so many words are looked at, however long the text."""
    assert len(tokens_of("chùa " * 10_000)) == MAX_WORDS
