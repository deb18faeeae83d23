"""Values in a message that went through the whole pipeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.evaluate_values import clock_at, of_entities, spelt
from tests.bot.nlu.conftest import Parse

NOW = datetime(2026, 11, 24, 9, 0)  # a Tuesday


def values(parse: Parse, text: str) -> list[str]:
    """The values of a message, in the notation of the held-out sentences."""
    with clock_at(NOW):
        return [spelt(value, role) for value, role in of_entities(parse(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("cuối tuần này đi Yên Tử", ["date 2026-11-28/2026-11-29 weekend"], id="as written"),
        pytest.param("cuoi tuan nay di yen tu", ["date 2026-11-28/2026-11-29 weekend"], id="folded"),
        pytest.param("cuoois tuaanf nayf ddi yeen tuwr", ["date 2026-11-28/2026-11-29 weekend"], id="Telex"),
        pytest.param("cuo61i tua6n na2y d9i ye6n tu73", ["date 2026-11-28/2026-11-29 weekend"], id="VNI"),
        pytest.param("2ng di t7 nay dc k", ["party adults=2", "date 2026-11-28"], id="teencode"),
        pytest.param("hnay mở cửa ko", ["date 2026-11-24"], id="an abbreviation of several words"),
        pytest.param("tầm 500 k/ng", ["budget 500000 person"], id="k after a number is a thousand"),
        pytest.param("2 người lớn đi Côn Sơn 3 ngày", ["party adults=2", "duration 3d"], id="on both sides of a name"),
        pytest.param("we leave Ha Noi at 8", ["clock 08:00 begin"], id="English"),
    ],
)
def test_values_however_they_are_typed(parse: Parse, text: str, wanted: list[str]) -> None:
    """As the normaliser reads the words."""
    assert values(parse, text) == wanted


@pytest.mark.parametrize("text", ["chùa Ba Vàng ở đâu", "chua ba vang", "đền Kiếp Bạc mở cửa mấy giờ"])
def test_none_in_names(parse: Parse, text: str) -> None:
    """Names are found first, and their words are nothing else."""
    assert values(parse, text) == []


def test_the_shape_of_an_entity(parse: Parse) -> None:
    """Rasa's own, with plain data as its value, at the visitor's own words."""
    text = "Mifnh phari veef truwowcs 5h chieeuf"
    with clock_at(NOW):
        (entity,) = parse(text)["entities"]
    assert entity["value"] == {"type": "clock", "minute": 17 * 60}
    assert (entity["entity"], entity["role"], entity["extractor"]) == ("clock", "end", "ValueExtractor")
    assert text[entity["start"] : entity["end"]] == "5h chieeuf"


PIECES = "2 20/2 ngày ngay nga2y t7 8h30 tr k người ng Yên Tử mùng tết 🙂 , - to by"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=12))
def test_entities_never_overlap(parse: Parse, words: list[str]) -> None:
    """Whatever is mixed with names and numbers."""
    text = " ".join(words)
    spans: list[Any] = sorted((entity["start"], entity["end"]) for entity in parse(text)["entities"])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
