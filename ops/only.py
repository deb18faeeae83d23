"""``./run only bot``: be one server, in the foreground. Containers and systemd keep processes alive themselves."""

from __future__ import annotations

import os

from ops.services import services
from ops.settings import Settings

ELSEWHERE = ("TRUC_ACTIONS_URL", "TRUC_WEB_ORIGINS")
"""What is on another machine: where these are set, they are meant."""


def become(settings: Settings, server: str) -> None:
    """Become this server. Does not return."""
    [service] = services(settings, (server,))
    set_elsewhere = {name: os.environ[name] for name in ELSEWHERE if os.environ.get(name)}
    service.log.parent.mkdir(parents=True, exist_ok=True)
    os.chdir(service.folder or ".")
    os.execve(service.command[0], list(service.command), {**service.environ, **set_elsewhere})
