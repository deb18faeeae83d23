"""The three servers: what each is started with and how it says that it is ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from ops.channel import credentials_file
from ops.launcher import Service
from ops.settings import ROOT, Settings


def services(settings: Settings, names: Sequence[str] = ("bot", "actions", "web")) -> list[Service]:
    """The servers of these names, ready to be launched."""
    return [_service(name, settings) for name in names]


def _service(name: str, settings: Settings) -> Service:
    command, health = _KNOWN[name]
    return Service(
        name=name,
        command=[sys.executable, *command(settings)],
        health=f"{settings.url(name)}{health}",
        log=settings.logs / f"{name}.log",
        environ=settings.child_environ(),
        folder=ROOT,
    )


def _bot(settings: Settings) -> list[str]:
    return [
        "-m",
        "ops.rasa",
        "run",
        "--model",
        str(settings.model),
        "--endpoints",
        str(settings.endpoints),
        "--credentials",
        str(credentials_file(settings)),
        "--interface",
        settings.host,
        "--port",
        str(settings.ports["bot"]),
        "--cors",
        *settings.allowed_origins(),
    ]


def _actions(settings: Settings) -> list[str]:
    return ["-m", "actions.server", "--port", str(settings.ports["actions"])]


def _web(settings: Settings) -> list[str]:
    return ["-m", "web", "--host", settings.host, "--port", str(settings.ports["web"])]


# Rasa listens only after the model is loaded, and ops.rasa ends it when that fails: its root page means it can answer.
_KNOWN: dict[str, tuple[Callable[[Settings], list[str]], str]] = {
    "bot": (_bot, "/"),
    "actions": (_actions, "/health"),
    "web": (_web, "/healthz"),
}
