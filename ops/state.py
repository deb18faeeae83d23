"""What the launcher runs, written down for ``./run status`` and ``./run stop``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from ops.freshness import replace


@dataclass(frozen=True)
class Running:
    """One server. ``started`` is the Unix time at which it became ready, None while it is down or starting."""

    name: str
    pid: int | None
    port: int
    started: float | None
    restarts: int = 0


@dataclass(frozen=True)
class State:
    """A launcher and its servers."""

    pid: int
    servers: tuple[Running, ...]

    def write(self, path: Path) -> None:
        """Write it down for others to read."""
        replace(path, json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> State | None:
        """What is running; None when nothing is, or the launcher that wrote it is gone."""
        try:
            found = json.loads(path.read_text("utf-8"))
            state = cls(found["pid"], tuple(Running(**server) for server in found["servers"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return state if _is_launcher(state.pid) else None


def _is_launcher(pid: int) -> bool:
    try:
        return pid == os.getpid() or "ops" in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def forget(path: Path) -> None:
    """Nothing runs any more."""
    path.unlink(missing_ok=True)
