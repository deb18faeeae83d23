"""What the index makes of the names it is given."""

from __future__ import annotations

import pytest

from guide.gazetteer.names import Row, build_index, core_span, spellings
from guide.gazetteer.syllables import folded_words


@pytest.mark.parametrize(
    ("text", "short"),
    [
        pytest.param("Thủy Nguyên (Núi Đèo)", "Thủy Nguyên", id="without brackets"),
        pytest.param("Chùa Lân – Thiền viện Trúc Lâm Yên Tử", "Chùa Lân", id="before a dash"),
        pytest.param('"Tuyệt Tình Cốc" An Sơn', "Tuyệt Tình Cốc", id="in quotes"),
        pytest.param("Lễ hội đền Đô", "hội đền Đô", id="another word for festival"),
    ],
)
def test_names_are_known_by_their_shorter_forms(text: str, short: str) -> None:
    """People leave out what stands in brackets and behind dashes."""
    assert short in spellings(text)


def test_a_route_is_not_cut_at_its_dashes() -> None:
    """``Hạ Long – Cát Bà`` as a boat line is not Hạ Long."""
    assert spellings("Tàu Hạ Long – Cát Bà", "boat") == ["Tàu Hạ Long – Cát Bà"]


def test_the_core_is_what_makes_a_name() -> None:
    """Generic words before and after a name do not make it."""
    assert core_span(folded_words("Chùa Thanh Mai")) == (1, 3)
    assert core_span(folded_words("Thanh Mai Pagoda")) == (0, 2)
    assert core_span(folded_words("Chùa")) == (0, 1)


def test_a_short_form_never_takes_a_name_that_somebody_has() -> None:
    """The museum of Quảng Ninh is not called Quảng Ninh, which is a province."""
    index = build_index(
        [Row("place", "museum", "Bảo tàng Quảng Ninh", True), Row("province", "Quảng Ninh", "Quảng Ninh", True)]
    )
    assert [entry.kind for entry in index.entries["quang", "ninh"]] == ["province"]


def test_an_alias_without_marks_takes_them_from_the_name() -> None:
    """``chua lan`` among the aliases does not make ``chùa lăn`` a name."""
    index = build_index([Row("place", "chua-lan", "Chùa Lân", True), Row("place", "chua-lan", "den chua lan")])
    (entry,) = index.entries["den", "chua", "lan"]
    assert entry.marks == (None, "chùa", "lân")
