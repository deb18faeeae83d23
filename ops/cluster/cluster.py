"""Two machines' worth of Trúc on this one, as deploy/scale/compose.yml lays it out.

"a" has the staff console and writes the site database; "b" follows what "a" publishes. Each has a bot, an action server
and a web server. Before them nginx, behind them PostgreSQL and Redis.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ops.background import running
from ops.cluster.daemon import Daemon
from ops.cluster.nginx import certificate, nginx, upstream
from ops.cluster.stores import SCALE, make_database, postgres, redis
from ops.database import ensure_database
from ops.launcher import Keeper, Service
from ops.model import ensure_model
from ops.ports import free_ports
from ops.screen import Screen
from ops.services import services
from ops.settings import PORTS, ROOT, Settings

MACHINES = ("a", "b")
KEY = "a key for tests and measurements only"


@dataclass(frozen=True)
class Cluster:
    """What runs. ``url``: nginx with TLS, whose certificate is in the file ``certificate``."""

    url: str
    certificate: Path
    machines: dict[str, Settings]
    keepers: dict[str, Keeper]
    daemons: dict[str, Daemon]
    published: str


def shipped_environ() -> dict[str, str]:
    """The variables of deploy/scale/scale.env."""
    lines = (SCALE / "scale.env").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Have it up inside the ``with``. Raises StartFailed, ProgramMissing."""
    with tempfile.TemporaryDirectory(prefix="truc-scale-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL and nginx run as users of their own
        daemons, environ = _below(folder, stack)
        machines = {machine: _machine(folder / machine) for machine in MACHINES}
        ensure_database(machines["a"], Screen(quiet=True))
        ensure_model(machines["a"], Screen(quiet=True))
        https, http, inner = free_ports(3)
        environ |= {
            "TRUC_ACTIONS_URL": f"http://127.0.0.1:{inner}/webhook",
            "TRUC_BOT_URL": f"https://localhost:{https}",
            "TRUC_WEB_ORIGINS": f"https://localhost:{https}",
        }
        published = f"http://127.0.0.1:{inner}/site"
        daemons["nginx"] = stack.enter_context(_nginx(folder, machines, https, http, inner))
        _site_database(folder, machines, published, stack, daemons)
        keepers = stack.enter_context(running(list(_services(machines, environ))))
        by_name = {keeper.service.name: keeper for keeper in keepers}
        url, made = f"https://localhost:{https}", folder / "tls" / "fullchain.pem"
        yield Cluster(url, made, machines, by_name, daemons, published)


def _below(folder: Path, stack: ExitStack) -> tuple[dict[str, Daemon], dict[str, str]]:
    """PostgreSQL and Redis, and how they are reached."""
    sql, cache = free_ports(2)
    database, queue = postgres(folder, sql), redis(folder, cache)
    stack.enter_context(database)
    stack.enter_context(queue)
    url = make_database(sql)
    environ = {
        "TRUC_TRACKER_URL": url,
        "TRUC_VISITS_URL": url,
        "TRUC_TRIPS_URL": url,
        "TRUC_REDIS_HOST": "127.0.0.1",
        "TRUC_REDIS_PORT": str(cache),
        "TRUC_CHANNELS_STORE": f"redis://127.0.0.1:{cache}/0",
        "TRUC_CHANNELS_KEY": KEY,
        "TRUC_SECRET_KEY": KEY,
    }
    return {"postgresql": database, "redis": queue}, environ


def _machine(folder: Path) -> Settings:
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    site, trips, accounts = (folder / f"{name}.db" for name in ("site", "trips", "accounts"))
    return Settings(
        ports, var=folder, site_db=site, trips_db=trips, accounts_db=accounts, endpoints=SCALE / "endpoints.yml"
    )


def _nginx(folder: Path, machines: dict[str, Settings], https: int, http: int, inner: int) -> Daemon:
    made = certificate(folder / "tls")
    values = {
        "TRUC_BOTS": upstream(machine.ports["bot"] for machine in machines.values()),
        "TRUC_ACTIONS": upstream(machine.ports["actions"] for machine in machines.values()),
        "TRUC_PAGES": upstream(machine.ports["web"] for machine in machines.values()),
        "TRUC_CONSOLE": upstream([machines["a"].ports["web"]]),
        "TRUC_SERVER_NAME": "localhost",
        "TRUC_HTTPS_LISTEN": f"127.0.0.1:{https}",
        "TRUC_HTTP_LISTEN": f"127.0.0.1:{http}",
        "TRUC_INNER_LISTEN": f"127.0.0.1:{inner}",
        "TRUC_TLS": str(made.parent),
        "TRUC_ACME": str(folder / "acme"),
        "TRUC_PUBLISHED": str(folder / "published"),
    }
    return nginx(folder, values, inner)


def _site_database(
    folder: Path, machines: dict[str, Settings], published: str, stack: ExitStack, daemons: dict[str, Daemon]
) -> None:
    """Machine "a" publishes, machine "b" follows; ready when "b" has its first copy."""
    first, second = machines["a"], machines["b"]
    named, copied = folder / "published" / "site.json", second.site_db
    commands = {
        "publish": (first, ["publish", str(named.parent)], named.exists),
        "follow": (second, ["follow", published], copied.exists),
    }
    for name, (machine, verb, ready) in commands.items():
        command = ["env", f"PYTHONPATH={ROOT}", f"TRUC_SITE_DB={machine.site_db}", sys.executable, "-m", "ops", *verb]
        daemons[name] = stack.enter_context(Daemon(name, command, ready, folder / f"{name}.log"))


def _services(machines: dict[str, Settings], environ: dict[str, str]) -> Iterator[Service]:
    """The servers of all machines, named ``bot-a``, ``bot-b`` …"""
    for machine, settings in machines.items():
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TRUC_")}
        shared = {**inherited, **shipped_environ(), **environ}
        for service in services(settings, tuple(PORTS)):
            own = settings.child_environ(shared) | environ
            yield replace(service, name=f"{service.name}-{machine}", environ=own, log=_log(service, machine))


def _log(service: Service, machine: str) -> Path:
    return service.log.with_name(f"{service.name}-{machine}.log")
