"""``./run publish``: copies of the site database for other machines, made whenever it has changed.

A copy is written beside the former ones and named last, so that who follows never sees half of one.
"""

from __future__ import annotations

import gzip
import hashlib
import tempfile
import time
from pathlib import Path

import click

from guide.sitedb import SiteDb, SiteDbError
from guide.sitedb.connecting import SCHEMA_VERSION
from guide.sitedb.replicas import copy_for_readers
from ops.errors import DatabaseTrouble
from ops.freshness import replace
from ops.published import NAMED_IN, Published
from ops.settings import Settings

LOOK_SECONDS = 0.5
KEPT = 3  # copies; who began to fetch the former one must be able to finish


def publish(settings: Settings, folder: str | Path, once: bool = False) -> None:
    """Publish the site database into a folder; go on for ever unless ``once``. Raises DatabaseTrouble with ``once``."""
    target, known = Path(folder), 0
    target.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            known = _if_changed(settings.site_db, target, known)
        except (SiteDbError, OSError) as fault:
            if once:
                raise DatabaseTrouble(str(fault)) from fault
            click.echo(f"not published, it is tried again: {fault}", err=True)
        if once:
            return
        time.sleep(LOOK_SECONDS)


def _if_changed(site_db: Path, folder: Path, known: int) -> int:
    site = SiteDb.open(site_db)
    try:
        version = site.version()
    finally:
        site.close()
    if version != known:
        made = make(site_db, folder)
        click.echo(f"published revision {made.revision} as {made.file}")
    return version


def make(site_db: Path, folder: Path) -> Published:
    """Write a copy, name it, and remove old ones. Raises SiteDbError, OSError."""
    with tempfile.TemporaryDirectory(prefix=".publishing-", dir=folder) as work:
        copied = Path(work) / "site.db"
        revision = copy_for_readers(site_db, copied)
        content = copied.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        packed = Path(work) / f"site-{digest[:16]}.db.gz"
        packed.write_bytes(gzip.compress(content, compresslevel=1, mtime=0))
        packed.replace(folder / packed.name)
    made = Published(packed.name, digest, len(content), revision, SCHEMA_VERSION)
    replace(folder / NAMED_IN, made.to_json())
    _forget_old(folder)
    return made


def _forget_old(folder: Path) -> None:
    copies = sorted(folder.glob("site-*.db.gz"), key=lambda file: file.stat().st_mtime)
    for old in copies[:-KEPT]:
        old.unlink(missing_ok=True)
