"""What the console says, from ``wording/<language>.yml``."""

from __future__ import annotations

from pathlib import Path

from web.wording import DEFAULT_LANGUAGE, Wording

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "has", "phrases", "say"]

_wording = Wording(Path(__file__).with_name("wording"))
LANGUAGES = _wording.languages
phrases, say, has = _wording.phrases, _wording.say, _wording.has
