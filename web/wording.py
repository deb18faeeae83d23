"""What is said, by language: ``<folder>/<language>.yml``, nested names → text with ``{placeholders}``.

Where there is much to say, a language has a folder of such files, one a subject; together they are one wording.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, Mapping

from ruamel.yaml import YAML

DEFAULT_LANGUAGE = "vi"


class UnknownPhrase(KeyError):
    """The wording has no phrase of that name."""


class PhraseTwice(ValueError):
    """Two files of a language say the same phrase."""


class Wording:
    """The wording of one folder. A language is added by adding its file; tests hold that all have the same names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        codes = {file.stem for file in folder.iterdir() if file.suffix == ".yml" or file.is_dir()}
        self.languages = tuple(sorted(codes, key=lambda code: (code != DEFAULT_LANGUAGE, code)))
        self.phrases = lru_cache(maxsize=None)(self._read)

    def _read(self, lang: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for file in sorted([*self.folder.glob(f"{lang}.yml"), *self.folder.glob(f"{lang}/*.yml")]):
            phrases = dict(_flat(YAML(typ="safe").load(file.read_text("utf-8"))))
            if twice := phrases.keys() & found.keys():
                raise PhraseTwice(f"{file} says again what another file says: {', '.join(sorted(twice))}")
            found |= phrases
        return found

    def say(self, lang: str, name: str, /, **values: Any) -> str:
        """One phrase with its values filled in; UnknownPhrase where there is none of that name."""
        try:
            text = self.phrases(lang)[name]
        except KeyError:
            raise UnknownPhrase(f"{self.folder} has in {lang} no '{name}'") from None
        return text.format(**values) if values else text

    def listed(self, lang: str, name: str) -> list[str]:
        """The items of a list in the wording, in order."""
        found = self.phrases(lang)
        return [found[f"{name}.{i}"] for i in range(len(found)) if f"{name}.{i}" in found]

    def has(self, lang: str, name: str) -> bool:
        """Whether there is a phrase of that name."""
        return name in self.phrases(lang)


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from ((f"{prefix}{name}.{number}", str(item)) for number, item in enumerate(value))
        else:
            yield f"{prefix}{name}", str(value)
