"""What can go wrong while running the project. Each is one sentence to read and leaves with exit code 1."""

from __future__ import annotations

from pathlib import Path

import click


class OpsError(click.ClickException):
    """A fault whose message is all that the person at the terminal needs; shown without a stack trace."""


class BadSetting(OpsError):
    """An option or environment variable has a value that cannot be used."""


class PortInUse(OpsError):
    """Another process listens on a port that one of the servers needs."""

    def __init__(self, server: str, port: int, option: str, variable: str, owner: str | None) -> None:
        by = f" by {owner}" if owner else ""
        another = port + 1000 if port + 1000 < 65536 else port - 1000
        super().__init__(
            f"port {port}, which {server} needs, is in use{by}.\n"
            f"Stop that process, or choose another port: ./run {option} {another}, or {variable}={another} ./run"
        )


class AlreadyRunning(OpsError):
    """This clone's own servers hold the ports."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"Trúc is already running here (process {pid}). See it: ./run status. Stop it: ./run stop")


class StartFailed(OpsError):
    """A server ended, or said nothing in time, while it was being started."""

    def __init__(self, server: str, reason: str, log: Path) -> None:
        self.reason = reason
        super().__init__(f"{server} did not start: {reason}. The end of {log}:\n{tail(log)}")


class DatabaseTrouble(OpsError):
    """The site database cannot be used, or the facts cannot be loaded into it; guide.sitedb says why and what to do."""


class TrainingFailed(OpsError):
    """Rasa could not train the model."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"the model could not be trained. The end of {log}:\n{tail(log)}")


class NotRunning(OpsError):
    """Nothing was started from this clone."""

    def __init__(self) -> None:
        super().__init__("Trúc is not running here. Start it: ./run")


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log file, indented; a remark when there is none."""
    if not log.exists():
        return "    (there is no such file)"
    ending = log.read_text("utf-8", errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in ending) or "    (it is empty)"
