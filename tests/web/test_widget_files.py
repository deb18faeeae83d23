"""The widget as it is served: small, complete in both languages, and with no way for data to become markup."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.web.reading import Visit

SOURCE = Path(__file__).parents[2] / "widget" / "src"
FILES = sorted(SOURCE.rglob("*.js"))
BUDGET = 35_000


def imports(text: str) -> list[str]:
    """What a module imports."""
    return re.findall(r"""^import .* from "(.+)";$""", text, re.M)


def test_fits_the_budget() -> None:
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in FILES) <= BUDGET


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_is_served_with_all_that_it_imports_to_any_site(visit: Visit, file: Path) -> None:
    answer = visit(f"/{file.relative_to(SOURCE)}")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*", "modules from another origin need it"
    assert b"".join(answer.streaming_content) == file.read_bytes()
    for name in imports(file.read_text("utf-8")):
        assert name.startswith("./") and (file.parent / name).is_file(), "no dependency, no bundler"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_data_never_becomes_markup_or_code(file: Path) -> None:
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\"style\""
    assert not re.findall(dangerous, file.read_text("utf-8").replace("never innerHTML", ""))


def test_both_languages_say_the_same_things() -> None:
    text = (SOURCE / "widget" / "words.js").read_text("utf-8")
    tables = re.search(r"WORDS = \{\n  vi: \{(.*?)\n  \},\n  en: \{(.*?)\n  \},\n\};", text, re.S)
    assert tables
    keys = [re.findall(r"^    (\w+):", table, re.M) for table in tables.groups()]
    assert keys[0] == keys[1] and len(keys[0]) > 30


def test_every_word_that_is_used_is_there() -> None:
    known = set(re.findall(r"^    (\w+):", (SOURCE / "widget" / "words.js").read_text("utf-8"), re.M))
    used = {name for file in FILES for name in re.findall(r"\bwords\.(?!js)(\w+)", file.read_text("utf-8"))}
    assert used and used <= known
