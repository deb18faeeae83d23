"""What every test may use: the shipped facts, and a site database built from them once."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Iterator
from zoneinfo import ZoneInfo

import pytest

from guide.sitedb import SiteDb

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Tuesday morning


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
def now() -> datetime:
    """The moment at which tests take place."""
    return NOW
