"""What the pages say: ``wording/<language>.yml``, nested names → text with ``{placeholders}``.

A language is added by adding its file; a test holds that all files have the same names and placeholders.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, Mapping

from ruamel.yaml import YAML

FOLDER = Path(__file__).with_name("wording")
DEFAULT_LANGUAGE = "vi"
LANGUAGES = tuple(
    sorted((file.stem for file in FOLDER.glob("*.yml")), key=lambda code: (code != DEFAULT_LANGUAGE, code))
)


class UnknownPhrase(KeyError):
    """The wording has no phrase of that name."""


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from ((f"{prefix}{name}.{number}", str(item)) for number, item in enumerate(value))
        else:
            yield f"{prefix}{name}", str(value)


@lru_cache(maxsize=None)
def phrases(lang: str) -> Mapping[str, str]:
    """All phrases of a language by their full names; items of a list are numbered."""
    return dict(_flat(YAML(typ="safe").load((FOLDER / f"{lang}.yml").read_text("utf-8"))))


def say(lang: str, name: str, /, **values: Any) -> str:
    """One phrase with its values filled in; UnknownPhrase where there is none of that name."""
    try:
        text = phrases(lang)[name]
    except KeyError:
        raise UnknownPhrase(f"wording/{lang}.yml has no '{name}'") from None
    return text.format(**values) if values else text


def listed(lang: str, name: str) -> list[str]:
    """The items of a list in the wording, in order."""
    found = phrases(lang)
    return [found[f"{name}.{i}"] for i in range(len(found)) if f"{name}.{i}" in found]


def has(lang: str, name: str) -> bool:
    """Whether there is a phrase of that name."""
    return name in phrases(lang)
