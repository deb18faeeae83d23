"""Names in what visitors write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.gazetteer.find import Found
from tests.guide.gazetteer.conftest import Finder


def refs(found: list[Found], *kinds: str) -> list[str]:
    """``kind/value`` of each name, of these kinds only when some are given."""
    return [f"{name.kind}/{name.value}" for name in found if not kinds or name.kind in kinds]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Giá vé Yên Tử", ["place/yen-tu"], id="as it is written"),
        pytest.param("gia ve yen tu", ["place/yen-tu"], id="without diacritics"),
        pytest.param("GIÁ VÉ YÊN TỬ", ["place/yen-tu"], id="capitals"),
        pytest.param("gia\u0301 ve\u0301 ye\u0302n tu\u031b\u0309", ["place/yen-tu"], id="decomposed Unicode"),
        pytest.param("#yentu đẹp quá", ["place/yen-tu"], id="run together"),
        pytest.param("yên từ bao nhiêu", ["place/yen-tu"], id="a slip of the tone"),
        pytest.param("chua vinh nghem o dau", ["place/chua-vinh-nghiem"], id="a letter left out"),
        pytest.param("kiep bạt", ["place/kiep-bac"], id="a wrong letter"),
        pytest.param("đền kiếp bcạ", ["place/den-kiep-bac"], id="two letters swapped"),
        pytest.param("chùa Đồng Yên Tử có gì", ["place/chua-dong"], id="the longest name wins"),
        pytest.param("chùa Đồng ở Yên Tử", ["place/chua-dong", "place/yen-tu"], id="part and whole"),
        pytest.param(
            "Côn Sơn Kiếp Bạc", ["place/con-son", "place/kiep-bac"], id="two names rather than an unclear one"
        ),
        pytest.param("Côn Sơn, Kiếp Bạc", ["place/con-son", "place/kiep-bac"], id="a comma parts names"),
        pytest.param("Vinh Nghiem pagoda", ["place/chua-vinh-nghiem"], id="the English way"),
        pytest.param("lễ hội Yên Tử", ["festival/hoi-xuan-yen-tu"], id="a festival named after a place"),
        pytest.param("Trần Nhân Tông's life", ["person/tran-nhan-tong"], id="an English genitive"),
        pytest.param("đường từ HN", ["place/ha-noi"], id="an abbreviation"),
        pytest.param("gan vihh nghiem", ["place/chua-vinh-nghiem"], id="vĩnh is no bay (vịnh)"),
        pytest.param("chuua dong nhat", ["place/chua-dong"], id="a slip in the word for the kind"),
        pytest.param("ra CôTô", ["place/co-to"], id="a short name run together"),
        pytest.param("lối lên đến Kiếp Bạc", ["place/kiep-bac"], id="đến is no đền"),
        pytest.param("chua dong bang cap treo", ["place/chua-dong"], id="words of a right name are no misspelt one"),
    ],
)
def test_names_are_found_however_they_are_typed(find: Finder, text: str, wanted: list[str]) -> None:
    """Diacritics, slips, capitals and spaces do not matter as long as nothing else is meant."""
    assert refs(find(text), "place", "person", "festival") == wanted


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("nguyên tử là gì", id="atom is not Yên Tử"),
        pytest.param("chùa Động", id="another tone in a name of one word"),
        pytest.param("chùa Lăn", id="another letter"),
        pytest.param("con chu nho", id="a short word of its own"),
        pytest.param("còn sót lại", id="two words off"),
        pytest.param("vì sao có cầu vồng", id="another good word after the word for a kind"),
        pytest.param("bác đang đi đâu", id="a slip that changes the marks too"),
        pytest.param("Côn. Sơn", id="two sentences"),
        pytest.param("", id="nothing"),
        pytest.param("🙂🙂", id="emoji"),
    ],
)
def test_no_name_is_invented(find: Finder, text: str) -> None:
    """Folding and forgiveness must not find names that nobody wrote."""
    assert refs(find(text), "place", "person", "festival", "province") == []


def test_the_words_around_decide_where_marks_are_missing(find: Finder) -> None:
    """``chua dong cua`` is "not closed yet" when the readings of the words say so."""
    closed = [{"chùa": 0.02, "chưa": 0.98}, {"đồng": 0.01, "đóng": 0.99}, {"cửa": 1.0}]
    pagoda = [{"chùa": 0.99, "chưa": 0.01}, {"đồng": 0.97, "đóng": 0.03}, {"cao": 1.0}]
    assert refs(find("chua dong cua", closed), "place") == []
    assert refs(find("chua dong cao", pagoda), "place") == ["place/chua-dong"]


def test_a_name_that_the_readings_have_never_met_is_found(find: Finder) -> None:
    """A place entered a minute ago is in no language model."""
    assert refs(find("chua bo da", [{"chưa": 0.9, "chùa": 0.1}, {"bộ": 1.0}, {"da": 1.0}]), "place") == [
        "place/chua-bo-da"
    ]


def test_an_ordinary_word_is_no_misspelt_name(find: Finder) -> None:
    """``ben tu`` may be a slip for Yên Tử only if nobody ever writes ``ben``."""
    assert refs(find("xen tu"), "place") == ["place/yen-tu"]
    assert refs(find("gia dinh", ordinary=["gia", "dinh"]), "province") == []
    assert refs(find("my son is ill", ordinary=["my", "son"]), "elsewhere") == []
    assert refs(find("xen tu", ordinary=["xen"]), "place") == []


def test_a_real_tie_is_kept_for_asking_back(find: Finder) -> None:
    """Two temples are called đền Cao, and nothing tells which is meant."""
    (name,) = find("đền Cao")
    assert {f"{name.kind}/{name.value}", *name.alternatives} == {"place/den-cao", "place/den-cao-an-phu"}


def test_kinds_of_place_are_found_unless_they_belong_to_a_name(find: Finder) -> None:
    """ "chùa nào" asks for a kind; "chùa Kiếp Bạc" names a temple by the wrong kind."""
    assert refs(find("chùa nào ở Quảng Ninh")) == ["place_kind/pagoda", "province/Quảng Ninh"]
    assert refs(find("museums in Quang Ninh")) == ["place_kind/museum", "province/Quảng Ninh"]
    assert refs(find("chùa Kiếp Bạc")) == ["place/kiep-bac"]
    (name,) = find("Mao Dien temple")
    assert (name.value, name.start, name.end) == ("van-mieu-mao-dien", 0, 15)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        pytest.param("từ Hà Nội đi Yên Tử bao xa", "ha-noi", id="từ"),
        pytest.param("Hà Nội đi Yên Tử bao xa", "ha-noi", id="X đi Y"),
        pytest.param("how far is Yen Tu from Hanoi", "ha-noi", id="from"),
        pytest.param("mình ở Hải Phòng thì lên Yên Tử thế nào", "hai-phong", id="where I live"),
        pytest.param("Yên Tử ở đâu", None, id="nobody sets out"),
        pytest.param("Yên Tử có gì", None, id="tử is not từ"),
    ],
)
def test_who_sets_out_from_where(find: Finder, text: str, origin: str | None) -> None:
    """At most one place is the origin."""
    assert [name.value for name in find(text) if name.role] == ([origin] if origin else [])


def test_a_city_is_taken_for_its_province_where_a_region_is_meant(find: Finder) -> None:
    """The same name, asked about in two ways."""
    assert refs(find("chùa nào ở Hải Phòng"), "place", "province") == ["province/Hải Phòng"]
    assert refs(find("thời tiết Hải Phòng"), "place", "province") == ["place/hai-phong"]


def test_regions_side_by_side_are_provinces(find: Finder) -> None:
    """What stands beside a province, or before "or", is asked about as one."""
    both = ["province/Hải Phòng", "province/Quảng Ninh"]
    assert refs(find("thuộc Hải Phòng hay Quảng Ninh"), "place", "province") == both
    assert refs(find("Hải Phòng đi Quảng Ninh"), "place", "province") == ["place/hai-phong", "province/Quảng Ninh"]


def test_a_side_is_a_province(find: Finder) -> None:
    """Even where somebody sets out from it."""
    assert refs(find("can we go up from the Hai Phong side"), "place", "province") == ["province/Hải Phòng"]


def test_a_ward_is_no_sight_elsewhere(find: Finder) -> None:
    """Wards were renamed in 2025, some like places that are far away."""
    assert refs(find("đi Mỹ Sơn")) == ["elsewhere/my-son"]
    assert not refs(find("nhà ở phường Mỹ Sơn"))


def test_a_name_that_cable_cars_share_means_each_of_them(find: Finder) -> None:
    """ "cáp treo Yên Tử" is two lines; nobody is asked which, both are told."""
    (found,) = find("giá vé cáp treo Yên Tử")
    assert (found.value, found.start, found.end) == ("line-1", 7, 22)
    assert (found.also, found.alternatives) == (("cable_car/line-2",), ())


def test_where_somebody_goes_is_a_place(find: Finder) -> None:
    """A rock has the name of a hermit: one is told about, to the other one climbs."""
    assert refs(find("An Kỳ Sinh là ai")) == ["person/an-ky-sinh"]
    assert refs(find("leo lên An Kỳ Sinh")) == ["place/an-ky-sinh-rock"]


def test_a_question_is_no_festival(find: Finder) -> None:
    """ "cho hoi con son" is "cho hỏi Côn Sơn": the word for a kind must be likely too."""
    asked = [{"cho": 1.0}, {"hội": 0.05, "hỏi": 0.95}, {"côn": 1.0}, {"sơn": 1.0}]
    assert refs(find("cho hoi con son", asked)) == ["place/con-son"]
    assert refs(
        find("khi nao hoi con son", [{"khi": 1.0}, {"nào": 1.0}, {"hội": 0.9}, {"côn": 1.0}, {"sơn": 1.0}])
    ) == ["festival/hoi-con-son"]


def test_words_with_some_of_their_marks_are_read_in_context(find: Finder) -> None:
    """ "con sơn" after which nothing speaks for côn is no name, though one of its words has its mark."""
    readings = [{"côn": 0.0, "còn": 1.0}, {"son": 1.0, "sơn": 0.0}]
    assert refs(find("con sơn", readings)) == []


@given(st.text(max_size=80))
def test_any_text_is_read_and_offsets_point_into_it(find: Finder, text: str) -> None:
    """No input raises; every name is a non-empty piece of the text, and none overlaps another."""
    end = 0
    for name in find(text):
        assert end <= name.start < name.end <= len(text)
        end = name.end


PIECES = "từ|chùa|Đồng|đồng|cao|Yên|yen|tu|Tử|con|Sơn|kiep|bac|ở|Hà|Nội|,"


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14))
def test_names_side_by_side_never_overlap(find: Finder, words: list[str]) -> None:
    """The same on text made of pieces of names."""
    text = " ".join(words)
    found = find(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
