"""What a visitor may wish of the channel itself, in their own words: to be forgotten."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Optional

from ruamel.yaml import YAML

from guide.text import fold

LONGEST = 120  # characters; nobody needs more to say this


@lru_cache(maxsize=1)
def _delete() -> dict[str, re.Pattern[str]]:
    words = YAML(typ="safe").load(Path(__file__).with_name("wishes.yml").read_text(encoding="utf-8"))
    return {lang: re.compile("|".join(f"(?:{one})" for one in patterns)) for lang, patterns in words["delete"].items()}


def asks_to_be_forgotten(text: str) -> Optional[str]:
    """The language in which a typed message says, and says nothing else, that all about its writer be deleted."""
    if len(text) > LONGEST:
        return None
    said = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    return next((lang for lang, pattern in _delete().items() if pattern.fullmatch(said)), None)
