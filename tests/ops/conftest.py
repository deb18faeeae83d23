"""Small stand-ins for the servers, so that the launcher is tested in tenths of a second."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ops.launcher import Pace, Service
from ops.ports import free_ports

FAKE_SERVER = Path(__file__).with_name("fake_server.py")
QUICK = Pace(first_pause=0.1, longest_pause=0.4, calm=30, poll=0.02, check=0.1, silence=0.5, farewell=2)


@pytest.fixture
def pace() -> Pace:
    """Everything the launcher waits for, fifty times quicker."""
    return QUICK


@pytest.fixture
def fake(tmp_path: Path) -> Callable[..., Service]:
    """Make a service out of tests/ops/fake_server.py; the arguments are its behaviours."""

    def make(name: str, *behaviour: str, patience: float = 10.0, port: int | None = None) -> Service:
        port = port or free_ports(1)[0]
        return Service(
            name=name,
            command=[sys.executable, "-S", str(FAKE_SERVER), str(port), str(tmp_path), *behaviour],
            health=f"http://127.0.0.1:{port}/health",
            log=tmp_path / f"{name}.log",
            patience=patience,
        )

    return make


class Heard(list[tuple[str, str]]):
    """What the launcher told, in order."""

    def __call__(self, name: str, text: str) -> None:
        self.append((name, text))

    def about(self, word: str) -> list[str]:
        """The texts that contain this word."""
        return [text for _, text in self if word in text]


@pytest.fixture
def heard() -> Heard:
    return Heard()
