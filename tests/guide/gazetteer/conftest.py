"""A gazetteer over a few names, without any language library."""

from __future__ import annotations

from typing import Callable, Iterator, Mapping, Optional, Sequence

import pytest

from guide.gazetteer.find import Found, find_names
from guide.gazetteer.judge import Message
from guide.gazetteer.names import NameIndex, Row, build_index
from guide.gazetteer.source import word_rows
from guide.gazetteer.syllables import breaks_after, split_words

Finder = Callable[..., list[Found]]

ROWS = [
    Row("place", "yen-tu", "Khu di tích và danh thắng Yên Tử", True, 5.0, "complex"),
    Row("place", "yen-tu", "Yên Tử", False, 5.0, "complex"),
    Row("place", "chua-dong", "Chùa Đồng", True, 4.0, "pagoda"),
    Row("place", "chua-dong", "chùa Đồng Yên Tử", False, 4.0, "pagoda"),
    Row("place", "chua-lan", "Chùa Lân – Thiền viện Trúc Lâm Yên Tử", True, 3.0, "pagoda"),
    Row("place", "chua-vinh-nghiem", "Chùa Vĩnh Nghiêm (chùa La)", True, 4.0, "pagoda"),
    Row("place", "chua-bo-da", "Chùa Bổ Đà", True, 3.0, "pagoda"),
    Row("place", "con-son", "Côn Sơn", True, 4.0, "complex"),
    Row("place", "con-son", "Côn Sơn Kiếp Bạc", False, 4.0, "complex"),
    Row("place", "kiep-bac", "Kiếp Bạc", True, 4.0, "complex"),
    Row("place", "kiep-bac", "Côn Sơn Kiếp Bạc", False, 4.0, "complex"),
    Row("place", "den-kiep-bac", "Đền Kiếp Bạc", True, 3.0, "temple"),
    Row("place", "den-cao", "Đền Cao", True, 2.0, "temple"),
    Row("place", "den-cao-an-phu", "đền Cao", False, 2.5, "temple"),
    Row("place", "den-do", "Đền Đô", True, 2.5, "temple"),
    Row("place", "van-mieu-mao-dien", "Văn miếu Mao Điền", True, 2.5, "temple"),
    Row("place", "ha-noi", "Hà Nội", True, 2.0, "city"),
    Row("place", "ha-noi", "HN", False, 2.0, "city"),
    Row("place", "ha-noi", "Hanoi", False, 2.0, "city"),
    Row("place", "hai-phong", "Hải Phòng", True, 2.0, "city"),
    Row("place", "luc-ngan", "chu", False, 1.0, "village"),
    Row("province", "Hải Phòng", "Hải Phòng", True, 0.0, "province"),
    Row("province", "Quảng Ninh", "Quảng Ninh", True, 0.0, "province"),
    Row("person", "tran-nhan-tong", "Trần Nhân Tông", True, 3.0),
    Row("festival", "hoi-xuan-yen-tu", "Hội xuân Yên Tử", True, 2.0),
    Row("festival", "hoi-xuan-yen-tu", "lễ hội Yên Tử", False, 2.0),
    Row("festival", "hoi-con-son", "Hội Côn Sơn", True, 2.0),
    Row("cable_car", "line-1", "cáp treo Yên Tử"),
    Row("cable_car", "line-2", "cáp treo Yên Tử"),
    Row("person", "an-ky-sinh", "An Kỳ Sinh", True, 2.0),
    Row("place", "an-ky-sinh-rock", "An Kỳ Sinh", False, 2.0, "nature"),
    Row("province", "Hồng Bàng", "Hồng Bàng", True, 0.0, "district"),
    Row("province", "Gia Bình", "Gia Bình", True, 0.0, "district"),
    Row("place", "co-to", "Cô Tô", True, 2.0, "island"),
    Row("elsewhere", "da-nang", "cầu Rồng"),
    Row("elsewhere", "my-son", "Mỹ Sơn", True),
    *word_rows(),
]


@pytest.fixture(scope="session")
def index() -> NameIndex:
    """The index of ``ROWS``."""
    return build_index(ROWS)


def spans_of(index: NameIndex) -> Callable[[Sequence[str]], Iterator[tuple[int, int]]]:
    """Exact matching the plain way: every span is looked up."""

    def spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                if tuple(words[start:end]) in index.entries:
                    yield start, end

    return spans


@pytest.fixture(scope="session")
def find(index: NameIndex) -> Finder:
    """``find(text, readings=…, ordinary=…)`` gives the names in a text."""

    def names(
        text: str, readings: Optional[Sequence[Mapping[str, float]]] = None, ordinary: Sequence[str] = ()
    ) -> list[Found]:
        words = split_words(text)
        message = Message(words, readings or (), set(ordinary).__contains__, breaks_after(text, words))
        return find_names(message, index, spans_of(index))

    return names
