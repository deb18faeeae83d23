"""Everything that the console says is said in every language, and nothing else is in its templates."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from web.console.words import LANGUAGES, phrases
from web.wording import PhraseTwice, Wording

CONSOLE = Path(__file__).parents[3] / "web" / "console"
TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "vi"])
def test_every_phrase_is_there_in_vietnamese_and_in_each_other_language(lang: str) -> None:
    vi, other = phrases("vi"), phrases(lang)
    assert set(vi) == set(other)
    assert [name for name in vi if placeholders(vi[name]) != placeholders(other[name])] == []
    same = {name for name in vi if vi[name] == other[name]}
    assert {name for name in same if not name.startswith("try.channel.")} <= {"site"}, "not translated"


def test_two_files_may_not_say_the_same_phrase(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    for file in ("one", "two"):
        (tmp_path / "vi" / f"{file}.yml").write_text("nav:\n  home: Trang đầu\n", "utf-8")
    with pytest.raises(PhraseTwice, match="nav.home"):
        Wording(tmp_path).say("vi", "nav.home")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_templates_hold_no_words_of_their_own(template: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", template.read_text("utf-8"), flags=re.S)
    text = re.sub(r"<[^>]*>", " ", text)
    assert re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_phrase_that_a_template_names_is_there(template: Path) -> None:
    named = re.findall(r'\{% say "([\w.]+)"', template.read_text("utf-8"))
    assert [name for name in named if name not in phrases("vi")] == []
