"""The wording that staff edit: the same phrases in every language, no figures, nothing that cannot be said."""

import re
from datetime import date

import pytest
from jinja2 import Environment, meta

from guide.answers.phrases import BrokenWording, languages, sources, spoken
from guide.answers.topics import NAMES
from guide.answers.wording import Wording, cap, sentence, tidy, wording_for

LANGUAGES = ("vi", "en")
# Rooms where languages need other values: how a lunar day is read, and what only one of them inflects.
FREE_ROOMS = ("calendar", "names")
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)


def placeholders(source: str) -> set[str]:
    env = Environment()
    env.filters.update(dict.fromkeys(wording_for("en")._env.filters, str))
    return meta.find_undeclared_variables(env.parse(source)) - {"span"}


def test_every_language_has_the_same_phrases() -> None:
    first, *others = (set(sources(lang)) for lang in languages())
    assert len(first) > 200
    for other in others:
        assert other == first


@pytest.mark.parametrize("name", sorted(name for name in sources("vi") if name.split(".")[0] not in FREE_ROOMS))
def test_a_phrase_takes_the_same_values_in_every_language(name: str) -> None:
    assert placeholders(sources("vi")[name]) == placeholders(sources("en")[name])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_come_from_the_database_not_from_the_wording(lang: str) -> None:
    found = {name: text for name, text in sources(lang).items() if re.search(r"\d", CODE.sub("", text))}
    assert not found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_compiles(lang: str) -> None:
    wording = Wording(lang)
    for source in sources(lang).values():
        wording._env.from_string(source)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", NAMES)
def test_every_topic_has_a_label_and_a_name(topic: str, lang: str) -> None:
    wording = wording_for(lang)
    assert wording.say(f"quick.{topic}") and wording.say(f"asked.{topic}")
    assert len(wording.say(f"quick.{topic}")) <= 24  # what fits on a button of a phone


def test_a_missing_value_is_an_error_not_a_gap() -> None:
    with pytest.raises(BrokenWording, match=r"hours\.daylight"):
        wording_for("vi").say("hours.daylight", sunrise="05:40")


def test_a_missing_phrase_is_an_error_that_names_it() -> None:
    with pytest.raises(BrokenWording, match=r"hours\.nonsense"):
        wording_for("en").say("hours.nonsense")


def test_a_language_without_wording_is_answered_in_english() -> None:
    assert spoken("ja") == "en" and wording_for("ja").lang == "en"


def test_the_english_wording_is_not_vietnamese() -> None:
    marks = re.compile(r"\b(?:của|và|không|bạn|mình|ngày|tháng|được|những)\b")
    assert not {name: text for name, text in sources("en").items() if marks.search(text)}


@pytest.mark.parametrize(
    "name, inside",
    [
        pytest.param("Chùa Đồng", "chùa Đồng", id="a-common-noun-becomes-small"),
        pytest.param("Hồ Côn Sơn", "hồ Côn Sơn", id="lake"),
        pytest.param("Hồng Lĩnh", "Hồng Lĩnh", id="only-a-whole-word-is-a-noun"),
        pytest.param("Côn Sơn", "Côn Sơn", id="a-proper-name-stays"),
        pytest.param("Legacy Yên Tử", "Legacy Yên Tử", id="a-brand-stays"),
    ],
)
def test_names_inside_a_vietnamese_sentence(name: str, inside: str) -> None:
    assert wording_for("vi").mid(name) == inside


def test_names_inside_an_english_sentence_stay() -> None:
    assert wording_for("en").mid("Đồng (Bronze) Pagoda") == "Đồng (Bronze) Pagoda"


def test_text_is_left_tidy() -> None:
    assert tidy("  a   b \n\n\n\n c ") == "a b\n\nc"
    assert cap("chùa Đồng") == "Chùa Đồng" and cap("") == ""
    assert sentence("Đi sớm") == "Đi sớm." and sentence("Đi sớm!") == "Đi sớm!" and sentence("") == ""


def test_a_notice_is_said_with_its_dates() -> None:
    said = wording_for("vi").say(
        "common.notice",
        kind="closure",
        text="Cáp treo nghỉ bảo dưỡng",
        starts=date(2026, 12, 1),
        ends=date(2026, 12, 5),
    )
    assert "Cáp treo nghỉ bảo dưỡng" in said and "1/12/2026" in said and "5/12/2026" in said
