"""What every test may use: the shipped facts, and a site database built from them once."""

from __future__ import annotations

import shutil
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Iterator
from zoneinfo import ZoneInfo

import pytest
import redis

from guide.sitedb import SiteDb
from guide.visits import Visits
from guide.weather.forecaster import OFF
from ops.debian import program
from ops.ports import free_ports

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Tuesday morning


@pytest.fixture(scope="session", autouse=True)
def no_forecasts() -> Iterator[None]:
    """No test asks the real weather service; those that are about forecasts name a stand-in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUC_WEATHER_URL", OFF)
        yield


@pytest.fixture(scope="session")
def facts_dir() -> Path:
    """The shipped fact files."""
    return ROOT / "data" / "facts"


@pytest.fixture(scope="session")
def site_path(facts_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database built from the shipped facts. Read it; to change something use ``fresh_site``."""
    path = tmp_path_factory.mktemp("site") / "site.db"
    SiteDb.build(facts_dir, path).close()
    return path


@pytest.fixture(scope="session")
def site(site_path: Path) -> Iterator[SiteDb]:
    """The site database, opened for reading."""
    site = SiteDb.open(site_path)
    yield site
    site.close()


@pytest.fixture
def fresh_site(site_path: Path, tmp_path: Path) -> Iterator[SiteDb]:
    """A copy of the site database, opened for writing."""
    shutil.copy(site_path, tmp_path / "site.db")
    site = SiteDb.open(tmp_path / "site.db", writable=True)
    yield site
    site.close()


@pytest.fixture
def visits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visits]:
    """What visitors leave, in an empty database that is this process's own."""
    url = f"sqlite:///{tmp_path / 'visits.db'}"
    monkeypatch.setenv("TRUC_VISITS_URL", url)
    visits = Visits.at(url)
    yield visits
    visits.close()


@pytest.fixture
def now() -> datetime:
    """The moment at which tests take place."""
    return NOW


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Redis of the tests' own, which keeps nothing on the disk."""
    [port] = free_ports(1)
    folder = tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with subprocess.Popen([program("redis-server"), *options], stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for_redis(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def _wait_for_redis(port: int, seconds: float = 10) -> None:
    client, until = redis.Redis(port=port), time.monotonic() + seconds
    while True:
        try:
            client.ping()
            return
        except redis.ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis."""
    redis.Redis.from_url(redis_server).flushall()
    return redis_server
