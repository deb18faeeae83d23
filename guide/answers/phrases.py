"""Reads the wording: one YAML file per room and language, each a mapping of phrase name to Jinja2 text.

``wording/vi/hours.yml`` with ``open: "{{ place }} đang mở cửa"`` gives the phrase ``hours.open`` in Vietnamese. Staff
edit these files; a test holds that all languages have the same phrases with the same placeholders.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Mapping

from ruamel.yaml import YAML

ROOT = Path(__file__).with_name("wording")
NOTICES = Path(__file__).with_name("other_languages.yml")
FALLBACK = "en"


class BrokenWording(Exception):
    """A wording file cannot be read or does not hold named phrases."""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that have a folder of wording."""
    return tuple(sorted(folder.name for folder in ROOT.iterdir() if folder.is_dir()))


def spoken(lang: str) -> str:
    """The language to answer in: the one asked for, or English where there is no wording for it."""
    return lang if lang in languages() else FALLBACK


def _read(file: Path) -> Mapping[str, str]:
    phrases = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    if not isinstance(phrases, dict) or not all(isinstance(text, str) for text in phrases.values()):
        raise BrokenWording(f"{file} must map phrase names to text")
    return phrases


@lru_cache(maxsize=None)
def sources(lang: str) -> Mapping[str, str]:
    """Every phrase of a language: ``room.name`` → Jinja2 source; BrokenWording names the file that is wrong."""
    return {
        f"{file.stem}.{name}": text.strip()
        for file in sorted((ROOT / lang).glob("*.yml"))
        for name, text in _read(file).items()
    }


@lru_cache(maxsize=1)
def notices() -> Mapping[str, str]:
    """Language code → a line in that language, for languages without wording, that says in which one it is answered."""
    return _read(NOTICES)
