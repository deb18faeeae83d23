"""An answer as every messenger renders it: read from a Reply, or from Rasa's own kinds of response."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Iterable, Optional
from urllib.parse import urljoin, urlsplit

MOST_CHOICES = 6
MAP_PAGE = "https://www.google.com/maps/search/?api=1&query={lat:.5f},{lon:.5f}"
"""Opens the phone's map; the coordinates are the only thing told."""
WAY_PAGE = "https://www.google.com/maps/dir/?api=1&origin={0}&destination={1}&waypoints={2}"
MOST_WAYPOINTS = 9


@dataclass(frozen=True)
class Choice:
    """A question to go on with."""

    title: str
    payload: str


@dataclass(frozen=True)
class Link:
    """A button that leaves the chat: a page or a telephone number."""

    title: str
    url: Optional[str] = None
    phone: Optional[str] = None


@dataclass(frozen=True)
class Picture:
    """A picture with its caption and what can be done about it."""

    url: str
    title: str = ""
    subtitle: str = ""
    links: tuple[Link, ...] = ()

    @property
    def caption(self) -> str:
        """Title and subtitle under each other."""
        return "\n".join(part for part in (self.title, self.subtitle) if part)


@dataclass(frozen=True)
class Point:
    """A place on the map, in WGS84 degrees."""

    lat: float
    lon: float
    label: str

    @property
    def url(self) -> str:
        """A page that shows it on a map."""
        return MAP_PAGE.format(lat=self.lat, lon=self.lon)


@dataclass(frozen=True)
class File:
    """Something to download. ``kind`` is calendar, gpx or page."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One message of an answer; ``text`` alone is complete."""

    text: str
    lang: str = "vi"
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    points: tuple[Point, ...] = ()
    way: Optional[str] = None
    files: tuple[File, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()  # title, URL

    def links_beyond_text(self) -> tuple[Link, ...]:
        """The links and pages that the text does not name already."""
        pages = tuple(Link(file.title, url=file.url) for file in self.files)
        every = {link.url or link.phone: link for link in (*self.links, *pages)}
        return tuple(link for key, link in every.items() if key and key not in self.text)


def shown(message: dict[str, Any], public_url: str = "") -> Shown:
    """What to show of one message that Rasa sends. ``public_url`` completes the addresses of our own pages.

    Whatever is missing or malformed is left out; the text never is.
    """
    reply = _dict(message.get("custom"))
    cards = _dicts(reply.get("cards")) + _dicts(message.get("elements"))
    offered = reply.get("quick_replies") or message.get("quick_replies") or message.get("buttons")
    buttons = _dicts(offered) + [button for card in cards for button in _dicts(card.get("buttons"))]
    plain = [button for card in cards if not _image(card, public_url) for button in _dicts(card.get("buttons"))]
    map_ = _dict(reply.get("map"))
    return Shown(
        text=_text(reply.get("text")) or _text(message.get("text")) or _cards_as_text(cards),
        lang="en" if reply.get("lang") == "en" else "vi",
        choices=_choices(buttons),
        links=_links(_dicts(offered) + plain),
        pictures=tuple(_pictures(message, cards, public_url)),
        points=tuple(point for one in _dicts(map_.get("points")) if (point := _point(one))),
        way=_way(map_.get("path")),
        files=tuple(file for one in _attachments(reply, message) if (file := _file(one, public_url))),
        sources=tuple((s["title"], s["url"]) for s in _dicts(reply.get("sources")) if _is_source(s)),
    )


def together(messages: Iterable[Shown]) -> list[Shown]:
    """The messages of one turn with their choices under the last, each only once, so that keyboards do not pile up."""
    every = list(messages)
    if not every:
        return []
    choices = {choice.payload: choice for one in reversed(every) for choice in one.choices}
    bare = [replace(one, choices=()) for one in every]
    return [*bare[:-1], replace(bare[-1], choices=tuple(choices.values())[:MOST_CHOICES])]


def web_page(url: object, base: str = "") -> Optional[str]:
    """A complete http(s) address, else None."""
    if not isinstance(url, str) or not url:
        return None
    complete = urljoin(base, url) if base else url
    try:
        parts = urlsplit(complete)
        return complete if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _is_source(one: dict[str, Any]) -> bool:
    return bool(_text(one.get("title")) and web_page(one.get("url")))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, (list, tuple)) else []


def _choices(buttons: list[dict[str, Any]]) -> tuple[Choice, ...]:
    wanted = ((b.get("title"), b.get("payload")) for b in buttons if not b.get("url") and not b.get("phone"))
    known = ((_text(title), _text(payload)) for title, payload in wanted)
    return tuple(Choice(title, payload or title) for title, payload in known if title)


def _links(buttons: list[dict[str, Any]]) -> tuple[Link, ...]:
    found = []
    for button in buttons:
        title, phone = _text(button.get("title")), _text(button.get("phone"))
        if title and (page := web_page(button.get("url"))):
            found.append(Link(title, url=page))
        elif title and any(character.isdigit() for character in phone):
            found.append(Link(title, phone="".join(c for c in phone if c.isdigit() or c == "+")))
    return tuple(found)


def _image(card: dict[str, Any], base: str) -> Optional[str]:
    return web_page(card.get("image") or card.get("image_url"), base)


def _pictures(message: dict[str, Any], cards: list[dict[str, Any]], base: str) -> Iterable[Picture]:
    if url := web_page(message.get("image"), base):
        yield Picture(url)
    for card in cards:
        if url := _image(card, base):
            links = _links(_dicts(card.get("buttons")))
            yield Picture(url, _text(card.get("title")), _text(card.get("subtitle")), links)


def _cards_as_text(cards: list[dict[str, Any]]) -> str:
    lines = (" – ".join(filter(None, (_text(c.get("title")), _text(c.get("subtitle"))))) for c in cards)
    return "\n".join(filter(None, lines))


def _point(one: dict[str, Any]) -> Optional[Point]:
    try:
        return Point(float(one["lat"]), float(one["lon"]), _text(one.get("label")))
    except (KeyError, TypeError, ValueError):
        return None


def _way(path: object) -> Optional[str]:
    """A page with the way on the map, through a few points of the path."""
    try:
        ends = [f"{lat:.5f},{lon:.5f}" for lat, lon in (path if isinstance(path, (list, tuple)) else ())]
    except (TypeError, ValueError):
        return None
    if len(ends) < 2:
        return None
    step = max(1, -(-(len(ends) - 2) // MOST_WAYPOINTS))
    return WAY_PAGE.format(ends[0], ends[-1], "|".join(ends[1:-1:step])).replace("|", "%7C")


def _attachments(reply: dict[str, Any], message: dict[str, Any]) -> list[dict[str, Any]]:
    given = message.get("attachment")
    own = {"kind": "page", "title": given, "url": given} if isinstance(given, str) else given
    return _dicts(reply.get("attachments")) + _dicts([own])


def _file(one: dict[str, Any], base: str) -> Optional[File]:
    url = web_page(one.get("url"), base)
    return File(_text(one.get("kind")) or "page", _text(one.get("title")) or url, url) if url else None
