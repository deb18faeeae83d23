"""Which language a message is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.language_table import LanguageTable, learn
from tests.bot.nlu.conftest import Parse

SURE = 0.75  # from which the conversation changes its language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("giá vé bao nhiêu", "vi", id="Vietnamese"),
        pytest.param("gia ve bao nhieu vay", "vi", id="Vietnamese without diacritics"),
        pytest.param("how much is the ticket to Yên Tử", "en", id="English with a Vietnamese name"),
        pytest.param("what time does Con Son close", "en", id="English with a folded name"),
        pytest.param("门票多少钱", "zh", id="Chinese"),
        pytest.param("入場料はいくらですか", "ja", id="Japanese"),
        pytest.param("입장료가 얼마예요", "ko", id="Korean"),
        pytest.param("quel est le prix du billet pour Yen Tu ?", "fr", id="French"),
    ],
)
def test_a_sentence_tells_its_language(parse: Parse, text: str, code: str) -> None:
    """Sure enough to answer in it."""
    found = parse(text)["language"]
    assert found["code"] == code
    assert found["confidence"] >= SURE


@pytest.mark.parametrize("text", ["Yen Tu?", "", "🙂", "12", "con son"])
def test_a_bare_name_decides_nothing(parse: Parse, text: str) -> None:
    """The language of the conversation is kept."""
    assert parse(text)["language"]["confidence"] < SURE


def test_messages_without_a_label_are_learnt_from() -> None:
    """A few function words are enough to begin with."""
    table = learn([], ["giá vé bao nhiêu vậy", "vé đắt quá trời", "how much is it", "is it expensive there"])
    assert table.identify("đắt quá").code == "vi"
    assert table.identify("expensive").code == "en"


@given(st.text(max_size=100))
def test_any_text_has_some_language(text: str) -> None:
    """No input raises, and confidence is a probability."""
    assert 0 <= LanguageTable({"vé": 2.0}).identify(text).confidence <= 1
