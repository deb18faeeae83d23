"""What the public pages say, from ``wording/<language>.yml``."""

from __future__ import annotations

from pathlib import Path

from web.wording import DEFAULT_LANGUAGE, UnknownPhrase, Wording

__all__ = ["DEFAULT_LANGUAGE", "FOLDER", "LANGUAGES", "UnknownPhrase", "has", "listed", "phrases", "say"]

FOLDER = Path(__file__).with_name("wording")
_wording = Wording(FOLDER)
LANGUAGES = _wording.languages
phrases, say, listed, has = _wording.phrases, _wording.say, _wording.listed, _wording.has
