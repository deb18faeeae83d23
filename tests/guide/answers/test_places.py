"""What places are called in a sentence, on a button and in a list, and what belongs to what."""

import pytest

from guide.answers.places import BRIEF, area_name, brief, contains, innermost, is_property, same_area, short_name
from guide.answers.wording import wording_for
from guide.refs import Ref


@pytest.mark.parametrize(
    "id_, vi, en",
    [
        pytest.param("yen-tu", "Yên Tử", "Yên Tử", id="an-official-name"),
        pytest.param("con-son", "Côn Sơn", "Côn Sơn", id="another"),
        pytest.param("chua-vinh-nghiem", "Chùa Vĩnh Nghiêm", "Vĩnh Nghiêm Pagoda", id="brackets"),
        pytest.param("chua-lan", "Chùa Lân", "Lân Pagoda", id="a-second-name-after-a-dash"),
        pytest.param("chua-ngoa-van", "Chùa Ngọa Vân", "Ngọa Vân Pagoda and Hermitage", id="a-dash-within-the-name"),
        pytest.param("hai-phong", "Hải Phòng", "Hải Phòng", id="a-town"),
        pytest.param("ben-xe-ha-kieu", "Bến xe Hạ Kiệu Yên Tử", "Hạ Kiệu car park", id="short-already"),
    ],
)
def test_short_names(site, id_: str, vi: str, en: str) -> None:
    assert [short_name(site, Ref("place", id_), wording_for(lang)) for lang in ("vi", "en")] == [vi, en]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_two_places_share_a_short_name(site, lang: str) -> None:
    """But for the airport of an island and the island, and the like, each can be told apart."""
    names: dict[str, list[str]] = {}
    for place in site.all("place"):
        names.setdefault(short_name(site, place.ref, wording_for(lang)), []).append(place.id)
    assert not {name: ids for name, ids in names.items() if len(ids) > 1}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_short_name_is_neither_empty_nor_untidy(site, lang: str) -> None:
    for kind in ("place", "gateway"):
        for it in site.all(kind):
            name = short_name(site, it.ref, wording_for(lang))
            assert name and name == " ".join(name.split()) and name[0] == name[0].upper(), it.id


@pytest.mark.parametrize(
    "name, shown",
    [
        pytest.param("Mùa vải Thanh Hà", "Mùa vải Thanh Hà", id="short"),
        pytest.param("Hành hương ba tỉnh: Yên Tử – Ngọa Vân – Côn Sơn – Kiếp Bạc", "Hành hương ba tỉnh", id="colon"),
        pytest.param("Theo dấu chân Phật hoàng (Hà Nội – Tây Yên Tử) ", "Theo dấu chân Phật hoàng", id="brackets"),
        pytest.param(
            "Một tên rất dài chẳng có chỗ nào để ngắt được", "Một tên rất dài chẳng có chỗ nào để ngắt…", id="words"
        ),
    ],
)
def test_names_on_buttons(name: str, shown: str) -> None:
    assert brief(name) == shown and len(shown) <= BRIEF


def test_what_contains_what(site) -> None:
    yen_tu, dong, property_ = (Ref("place", id_) for id_ in ("yen-tu", "chua-dong", "unesco-1732"))
    assert contains(site, yen_tu, dong) and contains(site, property_, dong) and not contains(site, dong, yen_tu)
    assert innermost(site, (yen_tu, dong)) == (dong,)
    assert innermost(site, (dong, Ref("place", "con-son"))) == (dong, Ref("place", "con-son"))


def test_one_property_does_not_make_one_area(site) -> None:
    assert same_area(site, Ref("place", "chua-dong"), Ref("place", "chua-lan"))
    assert not same_area(site, Ref("place", "chua-dong"), Ref("place", "thai-mieu"))


def test_only_the_whole_is_a_property(site) -> None:
    assert [place.id for place in site.all("place") if is_property(place)] == ["unesco-1732"]


@pytest.mark.parametrize(
    "asked, name",
    [
        pytest.param("hai-duong", "Hải Dương", id="by-id"),
        pytest.param("Hai Duong", "Hải Dương", id="by-english-name"),
        pytest.param("Sài Gòn", "Sài Gòn", id="not-known"),
    ],
)
def test_area_names(site, asked: str, name: str) -> None:
    assert area_name(site, asked, "vi") == name
