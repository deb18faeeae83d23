"""``./run stop``: end what ``./run`` started from this clone."""

from __future__ import annotations

import psutil

from ops.errors import NotRunning, OpsError
from ops.settings import Settings
from ops.state import State

PATIENCE = 15
"""Seconds for the launcher to end its servers and itself."""


class WouldNotStop(OpsError):
    """The launcher did not end in time."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid} did not end within {PATIENCE} s; to end it by force: kill -9 {pid}")


def stop(settings: Settings) -> str:
    """Ask the launcher to end and wait for it; return what to say. Raises NotRunning, WouldNotStop."""
    state = State.read(settings.state)
    if state is None:
        raise NotRunning
    launcher = psutil.Process(state.pid)
    launcher.terminate()
    try:
        launcher.wait(PATIENCE)
    except psutil.TimeoutExpired as late:
        raise WouldNotStop(state.pid) from late
    return "  All has ended."
