"""What typed diacritics say about a name."""

from __future__ import annotations

import pytest

from guide.gazetteer.marks import Marks, compare, same_spelling


@pytest.mark.parametrize(
    ("typed", "name", "relation"),
    [
        pytest.param("đồng", "đồng", Marks.SAME, id="the same"),
        pytest.param("hoà", "hòa", Marks.SAME, id="old and new placement of the tone"),
        pytest.param("dong", "đồng", Marks.MISSING, id="no marks at all"),
        pytest.param("đông", "đồng", Marks.MISSING, id="tone left out"),
        pytest.param("động", "đồng", Marks.TONE, id="another tone"),
        pytest.param("đóng", "dong", Marks.OTHER, id="marks where the name has none"),
        pytest.param("lăn", "lân", Marks.OTHER, id="another letter"),
        pytest.param("tu", "tử", Marks.MISSING, id="u for ư"),
    ],
)
def test_typed_marks_decide(typed: str, name: str, relation: Marks) -> None:
    """Missing marks leave a name possible; marks that differ speak against it."""
    assert compare(typed, name) == relation


def test_one_spelling_for_both_placements() -> None:
    """``hoà`` and ``hòa`` are one word, ``hoả`` is another."""
    assert same_spelling("hoà") == same_spelling("hòa") != same_spelling("hỏa")
