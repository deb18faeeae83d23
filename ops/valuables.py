"""What an operator must not lose, and where it is: files of SQLite, small files such as keys, databases of
PostgreSQL."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ops.settings import Settings

SQLITE, PLAIN, POSTGRES = "sqlite", "plain", "postgresql"
CONVERSATIONS = "conversations"
_DRIVER = re.compile(r"^postgresql(\+\w+)?:")  # SQLAlchemy's addresses may name one; pg_dump takes none


@dataclass(frozen=True)
class Valuable:
    """``name`` is its file's name in a backup; ``place`` a path, or the address of a PostgreSQL database."""

    name: str
    kind: str
    place: str

    @property
    def path(self) -> Path:
        """Where its file is."""
        return Path(self.place)


def valuables(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[Valuable]:
    """All of value of this installation, whether it is there already or not; one database of PostgreSQL once."""
    found = {valuable.place: valuable for valuable in _known(settings, environ)}
    return list(found.values())


def _known(settings: Settings, environ: Mapping[str, str]) -> Iterator[Valuable]:
    var = settings.var
    yield Valuable("site.db", SQLITE, str(settings.site_db))
    yield Valuable("site.db.made.json", PLAIN, f"{settings.site_db}.made.json")
    yield Valuable("accounts.db", SQLITE, str(settings.accounts_db))
    yield _of_url("trips", settings.trips)
    yield _of_url("visits", settings.visits)
    yield _of_url("channels", environ.get("TRUC_CHANNELS_STORE") or f"sqlite:///{var / 'channels.db'}")
    yield _of_url(CONVERSATIONS, environ.get("TRUC_TRACKER_URL") or f"sqlite:///{var / 'conversations.db'}")
    yield Valuable("channels.key", PLAIN, str(var / "channels.key"))
    yield Valuable("web-secret-key", PLAIN, str(var / "web-secret-key"))


def _of_url(name: str, url: str) -> Valuable:
    if url.startswith("sqlite:///"):
        return Valuable(f"{name}.db", SQLITE, url.removeprefix("sqlite:///"))
    if url.startswith("postgresql"):
        return Valuable(f"{name}.dump", POSTGRES, _DRIVER.sub("postgresql:", url))
    return Valuable(name, "elsewhere", url)  # Redis keeps its own file; what waits in it is minutes old at most
