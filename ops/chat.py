"""``./run chat``: a conversation in the terminal, over the same REST channel that a website would use."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import click
import yaml

from ops.background import running
from ops.database import ensure_database
from ops.health import answers
from ops.model import ensure_model
from ops.ports import require_free
from ops.rest import BotUnreachable, say
from ops.screen import Screen
from ops.services import services
from ops.settings import Settings
from ops.state import State

HINTS: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("chat.yaml").read_text("utf-8"))


class Choice(NamedTuple):
    """Something that can be chosen by its number: what is then said, and the payload that goes with it."""

    title: str
    payload: str


def chat(settings: Settings, lang: str, sender: str | None) -> None:
    """Talk until Ctrl-D, with the running bot or with one started for this."""
    with suppress(ImportError):
        import readline  # noqa: F401 - gives input() its line editing and history
    screen = Screen()
    with _bot(settings, screen) as url:
        screen.plain(f"\n{HINTS[lang]['hello']}\n")
        Conversation(url, lang, sender or f"terminal-{uuid.uuid4().hex[:8]}").run(input)


@contextmanager
def _bot(settings: Settings, screen: Screen) -> Iterator[str]:
    """The URL of a bot that answers: the one that runs from here, else one that is started now."""
    state = State.read(settings.state)
    ports = {server.name: server.port for server in state.servers} if state else settings.ports
    url = settings.with_ports(ports).url("bot")
    if asyncio.run(answers(f"{url}/webhooks/rest/")):
        yield url
        return
    require_free(settings, ("bot", "actions"))
    ensure_database(settings, screen)
    ensure_model(settings, screen)
    screen.doing("servers", "starting bot and actions")
    with running(services(settings, ("bot", "actions")), screen.line):
        yield url


class Conversation:
    """One visitor at the terminal. ``lang`` follows the language of the last answer."""

    def __init__(self, url: str, lang: str, sender: str, write: Callable[[str], None] = click.echo) -> None:
        self._url = url
        self._lang = lang
        self._sender = sender
        self._write = write
        self._choices: list[Choice] = []

    def run(self, read: Callable[[str], str]) -> None:
        """Ask for lines and answer them until there are no more."""
        while True:
            try:
                line = read(f"{HINTS[self._lang]['you']} › ").strip()
            except (EOFError, KeyboardInterrupt):
                self._write(f"\n{HINTS[self._lang]['goodbye']}")
                return
            if line:
                self.turn(line)

    def turn(self, line: str) -> None:
        """Say this, or choose the suggestion of this number, and write the answer."""
        chosen = self._chosen(line)
        try:
            messages = say(self._url, self._sender, *chosen) if chosen else say(self._url, self._sender, line)
        except BotUnreachable as fault:
            self._write(HINTS[self._lang]["silent"].format(reason=fault) + "\n")
            return
        self._choices = []
        for message in messages:
            self._lang = (message.get("custom") or {}).get("lang", self._lang)
            self._choices += choices(message)
            self._write("\n".join(rendered(message, HINTS[self._lang])) + "\n")
        if self._choices:
            self._write(numbered(self._choices) + "\n")

    def _chosen(self, line: str) -> Choice | None:
        if line.isdecimal() and 0 < int(line) <= len(self._choices):
            return self._choices[int(line) - 1]
        return None


def choices(message: dict[str, Any]) -> list[Choice]:
    """What a message offers to be chosen: its quick replies and the buttons of its cards, each payload once."""
    reply = message.get("custom") or {}
    offered = [
        *reply.get("quick_replies", ()),
        *(b for card in reply.get("cards", ()) for b in card.get("buttons", ())),
    ]
    by_payload = {
        button["payload"]: Choice(button["title"], button["payload"]) for button in offered if button.get("payload")
    }
    return list(by_payload.values())


def rendered(message: dict[str, Any], hints: dict[str, str]) -> list[str]:
    """The lines of a message: its text, then the links that the text does not already show."""
    text, reply = message.get("text") or "", message.get("custom") or {}
    lines = [click.style("Trúc", fg="green", bold=True) + f" › {text}"]
    links = [(hints["more"], part) for part in reply.get("attachments", ())]
    links += [(hints["source"], part) for part in reply.get("sources", ())]
    points = [
        (point["label"], f"https://www.openstreetmap.org/?mlat={point['lat']}&mlon={point['lon']}")
        for point in (reply.get("map") or {}).get("points", ())
    ]
    for title, url in points:
        lines.append(click.style(f"  {hints['map']}: {title} — {url}", dim=True))
    for word, link in links:
        if link.get("url") and link["url"] not in text:
            lines.append(click.style(f"  {word}: {link['title']} — {link['url']}", dim=True))
    return lines


def numbered(offered: list[Choice]) -> str:
    """The choices in one line, each with its number."""
    return "  " + "   ".join(
        f"[{click.style(str(n), bold=True)}] {choice.title}" for n, choice in enumerate(offered, 1)
    )
