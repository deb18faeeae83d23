"""Diacritics restored, to help understanding; what was typed stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.readings import SyllableModel
from guide.gazetteer.syllables import split_words

ABOUT_THE_PAGODA = ["chùa Đồng ở đâu", "chùa Đồng cao bao nhiêu"]
ABOUT_CLOSING = ["chưa đóng cửa", "mấy giờ đóng cửa", "đã đóng cửa chưa", "đóng cửa lúc mấy giờ"]


@pytest.fixture(scope="module")
def model() -> SyllableModel:
    """Learnt from a handful of sentences."""
    return SyllableModel.learn(ABOUT_THE_PAGODA + ABOUT_CLOSING, ["chưa đóng cửa đâu"])


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        pytest.param("chua dong o dau", "chùa đồng ở đâu", id="the pagoda"),
        pytest.param("chua dong cua", "chưa đóng cửa", id="the same letters, not closed"),
        pytest.param("chùa dong ở dau", "chùa đồng ở đâu", id="marks that were typed stay"),
        pytest.param("May gio?!", "mấy giờ?!", id="everything between words stays"),
        pytest.param("qwerty", "qwerty", id="unknown words stay"),
    ],
)
def test_the_words_around_decide(model: SyllableModel, typed: str, restored: str) -> None:
    """The likeliest reading of each word, given its neighbours."""
    assert model.restore(typed) == restored


def test_texts_without_marks_teach_nothing() -> None:
    """They would teach that marks are left out."""
    assert not SyllableModel.learn(["gia ve bao nhieu", "how much is it"]).unigrams


def test_a_stored_model_reads_alike(model: SyllableModel) -> None:
    """What is written to a model archive comes back."""
    again = SyllableModel.from_json(model.to_json())
    assert again.probabilities(split_words("chua dong cua")) == model.probabilities(split_words("chua dong cua"))


@given(st.text(max_size=100))
def test_any_text_gets_probabilities(model: SyllableModel, text: str) -> None:
    """For every word its readings, which sum to one."""
    words = split_words(text)
    found = model.probabilities(words)
    assert len(found) == len(words)
    assert all(sum(readings.values()) == pytest.approx(1, abs=0.01) for readings in found)
