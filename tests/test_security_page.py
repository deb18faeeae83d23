"""docs/security.md names the tests that show what it says: they must exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`", (ROOT / "docs/security.md").read_text("utf-8"))))


def test_the_page_names_tests() -> None:
    assert len(NAMED) > 20


@pytest.mark.parametrize(("file", "test"), [pytest.param(*one, id="::".join(filter(None, one))) for one in NAMED])
def test_what_the_page_names_is_there(file: str, test: str) -> None:
    path = ROOT / file
    assert path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))
