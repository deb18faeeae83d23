"""The real three servers, on free ports, over a site database and conversations of their own."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext

from guide.visits import Visits
from ops import chromium
from ops.background import running
from ops.database import ensure_database
from ops.launcher import Keeper
from ops.model import ensure_model
from ops.ports import free_ports
from ops.rest import say
from ops.screen import Screen
from ops.services import services
from ops.settings import Settings
from tests.e2e.messengers import MessengerBot, bot_with_messengers
from tests.guide.weather.weather_service import WeatherService, weather_service
from tests.widget.conftest import DESK, Chat, Visit

Ask = Callable[..., list[dict[str, Any]]]


@dataclass(frozen=True)
class Servers:
    """What runs: where it listens, where its files are, and who keeps it alive."""

    settings: Settings
    keepers: dict[str, Keeper]

    def url(self, name: str) -> str:
        """Where bot, actions or web answers."""
        return self.settings.url(name)


@pytest.fixture(scope="session")
def weather() -> Iterator[WeatherService]:
    """The weather service that the servers ask."""
    with weather_service(datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()) as service:
        yield service


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory, weather: WeatherService) -> Iterator[Servers]:
    """Bot, actions and web as ./run starts them. The model in models/ is used when it is up to date, else trained."""
    var = tmp_path_factory.mktemp("var")
    *ours, foreign = free_ports(4)
    ports = dict(zip(("bot", "actions", "web"), ours, strict=True))
    own = {f"{name}_db": var / f"{name}.db" for name in ("site", "trips", "accounts")}
    settings = Settings(ports, var=var, **own, origins=(f"http://127.0.0.1:{foreign}",))
    screen = Screen(quiet=True)
    ensure_database(settings, screen)
    ensure_model(settings, screen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUC_WEATHER_URL", weather.url)
        patch.delenv("TRUC_BOT_URL", raising=False)  # the tests of the pages set one of their own
        started = services(settings)
    with running(started) as keepers:
        yield Servers(settings, {keeper.service.name: keeper for keeper in keepers})


@pytest.fixture(scope="session")
def left(servers: Servers) -> Visits:
    """What the visitors of these servers left: written a moment after the answer."""
    return Visits.at(servers.settings.visits)


@pytest.fixture(scope="session")
def messengers(
    tmp_path_factory: pytest.TempPathFactory, site_path: Path, weather: WeatherService
) -> Iterator[MessengerBot]:
    """The bot with all three messengers."""
    var = tmp_path_factory.mktemp("messengers")
    shutil.copy(site_path, var / "site.db")
    ports = dict(zip(("bot", "actions"), free_ports(2), strict=True))
    settings = Settings({"web": 8000, **ports}, var=var, site_db=var / "site.db", trips_db=var / "trips.db")
    ensure_model(settings, Screen(quiet=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUC_WEATHER_URL", weather.url)
        patch.setenv("TRUC_PUBLIC_URL", "https://yentu.example")
        with bot_with_messengers(settings) as bot:
            yield bot


def kept(visits: Visits, text: str, seconds: float = 5) -> bool:
    """Whether a question is, within this time, among those that staff see unanswered."""
    until = time.monotonic() + seconds
    while text not in {question.text for question in visits.unanswered.open(1000)}:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def sender() -> str:
    """A visitor whom the bot has not met."""
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
def ask(servers: Servers, sender: str) -> Ask:
    """Say something over REST as this test's visitor (or another ``sender``); return the messages that come back."""

    def say_it(
        text: str, sender: str = sender, lang: str | None = None, place: str | None = None, payload: str | None = None
    ) -> list[dict[str, Any]]:
        return say(servers.url("bot"), sender, text, payload, lang=lang, place=place)

    return say_it


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium.browser() as running:
        yield running


@pytest.fixture
def visit(servers: Servers, browser: Browser) -> Iterator[Visit]:
    """Open one of our pages in a browser of its own; its console must stay silent."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(path: str = "/vi/", size: dict[str, int] = DESK, **options: object) -> Chat:
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.goto(servers.url("web") + path)
        return Chat(page)

    yield visit
    for context in contexts:
        context.close()
    assert [text for text in complaints if "ERR_CONNECTION" not in text and "WebSocket" not in text] == []
