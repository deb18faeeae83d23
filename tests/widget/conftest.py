"""A real browser, a stand-in for the bot, and the widget in a visitor's hands."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ops import chromium
from ops.ports import free_ports
from ops.settings import ROOT

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium.browser() as running:
        yield running


@dataclass
class Server:
    """The stand-in, which can be stopped and started again at the same address."""

    port: int
    arguments: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "tests.widget.standin", "--port", str(self.port), *self.arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                return requests.get(f"{self.url}/standin/calls", timeout=1).raise_for_status()
            except requests.RequestException:
                time.sleep(0.1)
        raise TimeoutError("the stand-in did not start")

    def stop(self) -> None:
        """End it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def calls(self, kind: str) -> list[dict[str, Any]]:
        """The frames of one type that came."""
        return [call for call in requests.get(f"{self.url}/standin/calls", timeout=5).json() if call["type"] == kind]


@contextmanager
def serving(*arguments: str) -> Iterator[Server]:
    """A stand-in on a port of its own."""
    server = Server(free_ports(1)[0], arguments)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def standin() -> Iterator[Server]:
    """A stand-in that all tests share; whoever stops it uses ``serving`` instead."""
    with serving() as server:
        yield server


class Chat:
    """The widget on a page, as a visitor uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("truc-chat")
        self.launcher = self.element.locator(".launcher")
        self.panel = self.element.locator(".panel")
        self.input = self.element.locator("textarea")
        self.log = self.element.locator(".log")
        self.strip = self.element.locator(".strip")
        self.answers = self.element.locator(".from-bot")
        self.own = self.element.locator(".from-me")
        self.choices = self.element.locator(".choices .choice")

    def open(self) -> Chat:
        """Press the launcher."""
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str) -> Chat:
        """Type a text and press Enter."""
        self.input.fill(text)
        self.input.press("Enter")
        return self

    def ask(self, text: str) -> Locator:
        """Say something and wait for the answer to it."""
        before = self.answers.count()
        self.say(text)
        expect(self.answers).to_have_count(before + 1)
        return self.answers.last

    def watched(self, name: str) -> Any:
        """A list that the host page keeps: violations, alerts, heard."""
        return self.page.evaluate(f"window.{name}")


Visit = Callable[..., Chat]


@pytest.fixture
def visit(browser: Browser, standin: Server) -> Iterator[Visit]:
    """Open a host page in a browser of its own; at the end nothing may have broken its policy."""
    contexts: list[BrowserContext] = []
    chats: list[Chat] = []

    def visit(
        page: str = "plain",
        *,
        server: Server = standin,
        context: BrowserContext | None = None,
        query: str = "",
        **options: Any,
    ) -> Chat:
        if context is None:
            context = browser.new_context(**{"viewport": DESK, **options})
            contexts.append(context)
        tab = context.new_page()
        tab.goto(f"{server.url}/host/{page}{query}")
        chats.append(Chat(tab))
        return chats[-1]

    yield visit
    for chat in chats:
        if not chat.page.is_closed() and chat.page.url.startswith("http"):
            assert chat.watched("violations") == [] and chat.watched("alerts") == []
    for context in contexts:
        context.close()
