"""Where things are and where the servers listen: from options, else from the environment, else the defaults."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ops.errors import BadSetting

ROOT = Path(__file__).resolve().parent.parent

PORTS = {"bot": 5005, "actions": 5055, "web": 8000}
"""The three servers and their usual ports."""


def shown(path: Path) -> str:
    """A path as a person in this clone would write it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def port_variable(server: str) -> str:
    """The environment variable that names the port of a server: ``TRUC_BOT_PORT``."""
    return f"TRUC_{server.upper()}_PORT"


@dataclass(frozen=True)
class Settings:
    """All that differs between one running copy and another."""

    ports: Mapping[str, int]
    host: str = "127.0.0.1"
    var: Path = ROOT / "var"
    site_db: Path = ROOT / "var" / "site.db"
    trips_db: Path = ROOT / "var" / "trips.db"
    accounts_db: Path = ROOT / "var" / "accounts.db"
    visits_url: str = ""
    trips_url: str = ""
    models: Path = ROOT / "models"
    endpoints: Path = ROOT / "endpoints.yml"
    origins: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        environ: Mapping[str, str] = os.environ,
        host: str | None = None,
        ports: Mapping[str, int | None] = MappingProxyType({}),
    ) -> Settings:
        """Settings from the environment; host and ports that are given win. Raises BadSetting."""
        var = Path(environ.get("TRUC_VAR") or ROOT / "var").absolute()
        return cls(
            ports={server: ports.get(server) or _port(server, environ) for server in PORTS},
            host=host or environ.get("TRUC_HOST") or cls.host,
            var=var,
            site_db=Path(environ.get("TRUC_SITE_DB") or var / "site.db").absolute(),
            trips_db=Path(environ.get("TRUC_TRIPS_DB") or var / "trips.db").absolute(),
            accounts_db=Path(environ.get("TRUC_ACCOUNTS_DB") or var / "accounts.db").absolute(),
            visits_url=environ.get("TRUC_VISITS_URL", ""),
            trips_url=environ.get("TRUC_TRIPS_URL", ""),
            models=Path(environ.get("TRUC_MODELS") or ROOT / "models").absolute(),
            endpoints=Path(environ.get("TRUC_ENDPOINTS") or ROOT / "endpoints.yml").absolute(),
            origins=tuple(environ.get("TRUC_WEB_ORIGINS", "").split()),
        )

    def with_ports(self, ports: Mapping[str, int]) -> Settings:
        """The same at other ports."""
        return replace(self, ports={**self.ports, **ports})

    @property
    def visits(self) -> str:
        """The address of the database of what visitors leave."""
        return self.visits_url or f"sqlite:///{self.var / 'visits.db'}"

    @property
    def trips(self) -> str:
        """The address of the database of kept trips."""
        return self.trips_url or f"sqlite:///{self.trips_db}"

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.var / "log"

    @property
    def model(self) -> Path:
        """The file of the trained model."""
        return self.models / "truc.tar.gz"

    @property
    def state(self) -> Path:
        """The file in which the launcher writes down what it runs."""
        return self.var / "run" / "servers.json"

    def url(self, server: str) -> str:
        """Where a server answers on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "127.0.0.1") else self.host
        return f"http://{host}:{self.ports[server]}"

    def allowed_origins(self) -> tuple[str, ...]:
        """The addresses whose pages may talk to the bot: our own under both their names, and those that were set."""
        return (f"http://localhost:{self.ports['web']}", self.url("web"), *self.origins)

    def child_environ(self, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
        """The environment of every server and of training: where things are, and no noise unless it was asked for."""
        inherited = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return self.usual() | QUIET | inherited | self.places()

    def usual(self) -> dict[str, str]:
        """What the environment may have otherwise."""
        bot = self.url("bot")
        return {
            "TRUC_BOT_URL": bot,
            "TRUC_BOT_INSIDE_URL": bot,
            "TRUC_TRACKER_URL": f"sqlite:///{self.var / 'conversations.db'}",
            "TRUC_METRICS_TOKEN": self.metrics_token(),
        }

    def metrics_token(self) -> str:
        """What opens the servers' figures: made once, readable for the owner of the files only."""
        path = self.var / "run" / "metrics.token"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(secrets.token_hex(24))
        return path.read_text()

    def places(self) -> dict[str, str]:
        return {
            **{port_variable(server): str(port) for server, port in self.ports.items()},
            "TRUC_HOST": self.host,
            "TRUC_WEB_ORIGINS": " ".join(self.allowed_origins()),
            "TRUC_VAR": str(self.var),
            "TRUC_SITE_DB": str(self.site_db),
            "TRUC_TRIPS_DB": str(self.trips_db),
            "TRUC_ACCOUNTS_DB": str(self.accounts_db),
            "TRUC_VISITS_URL": self.visits,
            "TRUC_ENDPOINTS": str(self.endpoints),
            "TRUC_ACTIONS_URL": f"{self.url('actions')}/webhook",
            "SANIC_HOST": self.host,  # rasa_sdk has no option for it and would listen everywhere
            "PYTHONPATH": str(ROOT),
        }


QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
    # Rasa's work for one message is too small to be shared out: more threads only fight over the cores.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    # glibc keeps a heap for each thread; two are enough and save about a tenth of the memory.
    "MALLOC_ARENA_MAX": "2",
    "SANIC_GRACEFUL_SHUTDOWN_TIMEOUT": "3",
}


def _port(server: str, environ: Mapping[str, str]) -> int:
    name = port_variable(server)
    text = environ.get(name) or str(PORTS[server])
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(f"{name} is '{text}', but a port is a number from 1 to 65535")
    return int(text)
