"""``./run follow``: this machine's site database, kept the same as the published one.

A fetched copy is checked (its hash, every page, the schema) before it takes the place of the former one in one step;
the servers notice the new file by themselves. Whatever goes wrong, the former one stays in use and it is tried again.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import time
import zlib
from pathlib import Path
from urllib.parse import urljoin

import click
import requests

from guide.sitedb import SiteDbError
from guide.sitedb.connecting import SCHEMA_VERSION
from guide.sitedb.replicas import check_site
from ops.errors import OpsError
from ops.published import NAMED_IN, Published
from ops.settings import Settings

LOOK_SECONDS = 1.0
ANSWER_SECONDS = 10
LARGEST = 1 << 30  # bytes


class NotFollowed(OpsError):
    """The published database could not be fetched, or is not what it claims to be."""


def follow(settings: Settings, url: str, once: bool = False) -> None:
    """Follow for ever, or fetch ``once``. Raises NotFollowed with ``once``."""
    follower = Follower(url, settings.site_db)
    while True:
        try:
            if fetched := follower.look():
                click.echo(f"revision {fetched.revision} is in use")
        except NotFollowed as fault:
            if once:
                raise
            click.echo(f"{fault.message} It is tried again.", err=True)
        if once:
            return
        time.sleep(LOOK_SECONDS)


class Follower:
    """Follows one address. Keeps its connection and what it last saw, so that a look costs next to nothing."""

    def __init__(self, url: str, site_db: Path) -> None:
        self._base, self._site_db = url.rstrip("/") + "/", site_db
        self._calls = requests.Session()
        self._tag, self._digest = "", _digest(site_db)
        self._left = _state(site_db)

    def look(self) -> Published | None:
        """Fetch what is published where it is not what we have; what was fetched. Raises NotFollowed."""
        if _state(self._site_db) != self._left:  # somebody else has damaged or removed our copy
            self._tag, self._digest = "", ""
        try:
            got = self._get(NAMED_IN, {"If-None-Match": self._tag} if self._tag else {})
            if got.status_code == 304:
                return None
            named = Published.from_json(got.text)
            new = named.sha256 != self._digest
            if new:
                self._take(named)
        except (requests.RequestException, OSError, EOFError, zlib.error, ValueError, SiteDbError) as fault:
            raise NotFollowed(f"The site database at {self._base} was not taken over: {fault}.") from fault
        self._tag = got.headers.get("ETag", "")
        return named if new else None

    def _get(self, name: str, headers: dict[str, str]) -> requests.Response:
        got = self._calls.get(urljoin(self._base, name), headers=headers, timeout=ANSWER_SECONDS, allow_redirects=False)
        if got.status_code not in (200, 304):
            raise requests.RequestException(f"{name}: status {got.status_code}")
        return got

    def _take(self, named: Published) -> None:
        if named.schema != SCHEMA_VERSION:
            raise ValueError(f"its schema has version {named.schema}, this program needs {SCHEMA_VERSION}")
        if not 0 < named.size < LARGEST:
            raise ValueError("its size is wrong")
        content = gzip.decompress(self._get(named.file, {}).content)
        if hashlib.sha256(content).hexdigest() != named.sha256:
            raise ValueError("it is not the one that was named; it may have been replaced just now")
        self._site_db.parent.mkdir(parents=True, exist_ok=True)
        fetched = self._site_db.with_name(f".{self._site_db.name}.{os.getpid()}")
        try:
            fetched.write_bytes(content)
            check_site(fetched)
            for journal in ("-wal", "-shm"):  # of a former file that was written here: it must not meet the new one
                self._site_db.with_name(self._site_db.name + journal).unlink(missing_ok=True)
            fetched.replace(self._site_db)
        finally:
            fetched.unlink(missing_ok=True)
        self._digest, self._left = named.sha256, _state(self._site_db)


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes when anybody touches the file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
