"""Each platform with its stand-in. A test that uses one fails when any call broke the platform's contract."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Iterator

import pytest

from tests.bot.channels.platforms import STANDINS, Messenger, make


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The address of a store of the test's own."""
    return f"sqlite:///{tmp_path / 'channels.db'}"


def _messenger(name: str) -> Iterator[Messenger]:
    with STANDINS[name]() as standin:
        yield make(name, standin)
        assert not standin.problems, standin.problems


@pytest.fixture(params=sorted(STANDINS))
def messenger(request: pytest.FixtureRequest) -> Iterator[Messenger]:
    """Each of the three in turn."""
    yield from _messenger(request.param)


@pytest.fixture
def telegram() -> Iterator[Messenger]:
    """Telegram."""
    yield from _messenger("telegram")


@pytest.fixture
def zalo_oa() -> Iterator[Messenger]:
    """Zalo's Official Account."""
    yield from _messenger("zalo_oa")


@pytest.fixture
def zalo_bot() -> Iterator[Messenger]:
    """Zalo's Bot Platform."""
    yield from _messenger("zalo_bot")


@pytest.fixture(autouse=True)
def _quiet_start() -> None:
    """The web server's greeting is no part of what a test says."""
    logging.getLogger("sanic.root").setLevel(logging.WARNING)
