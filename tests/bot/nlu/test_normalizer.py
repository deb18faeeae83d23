"""What was meant by what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.keyboards import telex, vni
from bot.nlu.normalizer import normalized
from bot.nlu.spelling import Speller
from bot.nlu.tokenizer import CORRECTED, tokens_of

TEXTS = [
    "giá vé cáp treo Yên Tử bao nhiêu tiền một người vậy bạn",
    "chùa Đồng được xây năm nào, đi đường nào tới",
    "how much is the ticket, I see the cable car is open, opening hours too",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    """Knows the words of a few sentences."""
    return Speller.learn(TEXTS * 4)


def meant(text: str, speller: Speller) -> str:
    """The lemmas of a text after normalisation."""
    return " ".join(token.lemma for token in normalized(tokens_of(text), speller))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param("Gias ves caps treo Yeen Tuwr bao nhieeu", "giá vé cáp treo yên tử bao nhiêu", id="raw Telex"),
        pytest.param("gia1 ve1 ca1p treo ye6n tu73", "giá vé cáp treo yên tử", id="raw VNI"),
        pytest.param("chuaf Ddoongf", "chùa đồng", id="Telex of two words"),
        pytest.param("I see the ticket is too much", "i see the ticket is too much", id="English is no Telex"),
        pytest.param("giá vé ko", "giá vé không", id="teencode"),
        pytest.param("đi ntn", "đi như thế nào", id="an abbreviation of several words"),
        pytest.param("bao nhiêuuuuu", "bao nhiêu", id="drawn out"),
        pytest.param("sooooo much", "so much", id="drawn out English"),
        pytest.param("giavecaptreo", "gia ve cap treo", id="run together"),
        pytest.param("Yêntử", "yên tử", id="run together with marks"),
        pytest.param("8h30 500k 20/2", "8h30 500k 20 2", id="figures stay"),
        pytest.param("giá vé bao nhiêu", "giá vé bao nhiêu", id="what is right stays"),
    ],
)
def test_what_was_meant(speller: Speller, typed: str, wanted: str) -> None:
    """Keystrokes, abbreviations and missing spaces are undone."""
    assert meant(typed, speller) == wanted


def test_a_slip_is_only_guessed_at(speller: Speller) -> None:
    """The word stays, since it may be a name; the guess stands beside it."""
    (token,) = normalized(tokens_of("opning"), speller)
    assert (token.lemma, token.get(CORRECTED)) == ("opning", "opening")


@pytest.mark.parametrize(
    ("slip", "guess"),
    [
        pytest.param("tiefn", "tien", id="no marks typed, none guessed"),
        pytest.param("tiềng", "tiền", id="marks count as letters"),
        pytest.param("ticket", None, id="a word that is known"),
        pytest.param("xyzzy", None, id="nothing is like it"),
        pytest.param("v", None, id="too short"),
    ],
)
def test_guesses(speller: Speller, slip: str, guess: str | None) -> None:
    """The nearest known word, if there is one near."""
    assert speller.corrected(slip) == guess


def test_offsets_point_at_what_was_typed(speller: Speller) -> None:
    """Pieces of a word have their own letters; the words of an abbreviation share its span."""
    text = "ở #YênTử ntn"
    tokens = normalized(tokens_of(text), speller)
    assert [text[t.start : t.end] for t in tokens] == ["ở", "Yên", "Tử", "ntn", "ntn", "ntn"]


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("tuwr", "tử"), ("tuwfng", "từng"), ("dduowcj", "được"), ("nguowif", "người"), ("quys", "quý"), ("giaf", "già"),
        ("hoaf", "hòa"), ("muoons", "muốn"), ("treo", None), ("ticket", None), ("x", None),
    ],
)  # fmt: skip
def test_telex(keys: str, syllable: str | None) -> None:
    """Marks, tones and đ; what spells no syllable, or itself, is none."""
    assert telex(keys) == syllable


@pytest.mark.parametrize(
    ("keys", "syllable"), [("d9u7o75c", "được"), ("chua2", "chùa"), ("8h30", None), ("500k", None)]
)
def test_vni(keys: str, syllable: str | None) -> None:
    """The same with figures."""
    assert vni(keys) == syllable


@given(st.text(max_size=120))
def test_any_text_is_normalised(speller: Speller, text: str) -> None:
    """No input raises; tokens stay in order and point into the text."""
    tokens = normalized(tokens_of(text), speller)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert all(a.start <= b.start for a, b in zip(tokens, tokens[1:], strict=False))
