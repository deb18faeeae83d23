"""A program of the system, run privately: started until it is ready, killed, started again, ended."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ops.errors import StartFailed
from ops.launcher import end_with_parent

PATIENCE, PAUSE, FAREWELL = 30.0, 0.05, 10.0  # seconds


class Daemon:
    """``ready`` says whether it can be used, and may raise OSError while it cannot; ``user``: whom to run it as."""

    def __init__(
        self, name: str, command: Sequence[str], ready: Callable[[], bool], log: Path, user: str | None = None
    ) -> None:
        self.name, self.command, self.ready, self.log, self.user = name, command, ready, log, user
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready. Raises StartFailed."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, stdout=log, stderr=log, user=self.user, group=self.user, preexec_fn=end_with_parent
            )
        until = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > until:
                self.end()
                raise StartFailed(self.name, "it did not become ready", self.log)
            time.sleep(PAUSE)

    def _is_ready(self) -> bool:
        try:
            return self.ready()
        except OSError:
            return False

    def kill(self) -> None:
        """End it as a crash would."""
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end; kill it where it does not."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def __enter__(self) -> Daemon:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
