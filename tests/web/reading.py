"""Reads a page as a strict reader would: every tag closed, every id once, every reference leading somewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Callable

from django.http import HttpResponse

Visit = Callable[..., HttpResponse]

VOID = {"meta", "link", "br", "img", "input", "hr"}
OPTIONAL_REFERENCES = ("aria-labelledby", "aria-controls", "for")


@dataclass
class Page(HTMLParser):
    """What a page holds. ``text`` maps a language to the words marked as being in it."""

    source: str
    mistakes: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self.feed(self.source)
        self.close()
        self.mistakes += [f"<{tag}> is never closed" for tag, _ in self._open]
        self.mistakes += [f"id '{id_}' twice" for id_ in set(self.ids) if self.ids.count(id_) > 1]
        self.mistakes += [f"'#{name}' leads nowhere" for name in self.references if name not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if len(values) != len(attrs):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        self._note(values)
        if tag not in VOID:
            language = values.get("lang") or (self._open[-1][1] if self._open else "")
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _note(self, values: dict[str, str]) -> None:
        self.ids += [values["id"]] if "id" in values else []
        self.references += [values[name] for name in OPTIONAL_REFERENCES if name in values]
        href = values.get("href", "")
        if href.startswith("#"):
            self.references.append(href[1:])
        elif href:
            self.links.append(href)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self.mistakes.append(f"</{tag}> closes {self._open[-1][0] if self._open else 'nothing'}")

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "script":
            self.scripts.append(data)
        elif data.strip():
            self.text.setdefault(language, []).append(data.strip())

    def said(self, language: str) -> str:
        """All text in a language, on one line."""
        return " ".join(" ".join(self.text.get(language, [])).split())

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of that name."""
        return [values for name, values in self.elements if name == tag]


def plain(text: str) -> str:
    """Text as the page has it, but for the spaces that keep names together."""
    return " ".join(text.replace("\u00a0", " ").split())


def read(visit: Visit, address: str) -> Page:
    """The page at an address, which must be there."""
    answer = visit(address)
    assert answer.status_code == 200
    return Page(answer.content.decode())
