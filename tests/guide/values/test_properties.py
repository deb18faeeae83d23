"""What holds of any text."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.text import fold
from guide.values import DateSpan, find_values, from_json, to_json
from ops.evaluate_values import Sentence, read_sentences, spelt

SENTENCES = read_sentences(Path("data/heldout/values"))
# Without marks these words mean something else as well.
AMBIGUOUS = {"mốt đi Côn Sơn thì mặc gì", "8g30 tới nơi thì kịp không"}

words = st.sampled_from(sorted({word for s in SENTENCES for word in s.text.split()}))
anything = st.one_of(st.text(max_size=80), st.lists(words, max_size=14).map(" ".join))
clocks = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1))
languages = st.sampled_from(["vi", "en", "zh", ""])


@settings(max_examples=300, deadline=None)
@given(anything, languages, clocks)
def test_any_text_at_any_time(text: str, lang: str, now: datetime) -> None:
    """Nothing raises; values stand in order within the text, apart from each other, and survive being sent."""
    end = 0
    for found in find_values(text, lang, now):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert from_json(to_json(found.value)) == found.value
        assert found.role in (None, "begin", "end")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SENTENCES), clocks)
def test_dates_are_to_come(sentence: Sentence, now: datetime) -> None:
    """Whenever a sentence is said, its dates are not over and no span ends before it begins."""
    for found in find_values(sentence.text, sentence.language, now):
        if isinstance(found.value, DateSpan) and "2027" not in sentence.text:
            assert found.value.first <= found.value.last
            assert found.value.last >= now.date() - timedelta(1)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.text)
def test_marks_and_case_change_nothing(sentence: Sentence) -> None:
    """The same values without marks and in capitals, but for the few that are ambiguous then."""
    as_typed = _spelt(sentence, sentence.text)
    assert _spelt(sentence, sentence.text.upper()) == as_typed
    if sentence.text not in AMBIGUOUS:
        assert _spelt(sentence, fold(sentence.text)) == as_typed


def _spelt(sentence: Sentence, text: str) -> list[str]:
    return [spelt(found.value, found.role) for found in find_values(text, sentence.language, sentence.now)]


def test_offsets_are_of_the_visitors_own_text() -> None:
    """Also where it is decomposed, or longer than what is read of it."""
    text = "Đi cu\u1ed1i tua\u0302\u0300n na\u0300y nhe\u0301 🙂"
    (found,) = find_values(text, "vi", datetime(2026, 11, 24))
    assert text[found.start : found.end] == "cu\u1ed1i tua\u0302\u0300n na\u0300y"
    assert find_values("x " * 5_000 + "mai", "vi", datetime(2026, 11, 24)) == ()
