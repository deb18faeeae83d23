"""``./run backup``: everything of value, taken while the servers run, checked, in one file.

Each database is as it was at one moment. The newest backups are kept, older ones removed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

from guide.sitedb import SiteDbError
from guide.sitedb.connecting import SCHEMA_VERSION
from guide.sitedb.replicas import check, copy
from ops.archive import pack, unpack
from ops.errors import OpsError
from ops.settings import Settings
from ops.valuables import CONVERSATIONS, PLAIN, POSTGRES, SQLITE, Valuable, valuables

FORMAT = 1
KEPT = 14
PATTERN = "truc-*.tar.gz"


class NotBackedUp(OpsError):
    """Something of value could not be copied. No backup was written."""


def backup(settings: Settings, folder: Path, conversations: bool = True, keep: int = KEPT) -> Path:
    """Write a backup into this folder, read it again to check it, remove old ones; its file. Raises NotBackedUp."""
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(timezone.utc)
    file = folder / f"truc-{moment:%Y-%m-%dT%H%M%S%f}Z.tar.gz"
    wanted = [one for one in valuables(settings) if conversations or not one.name.startswith(CONVERSATIONS)]
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as work:
            take(wanted, Path(work))
            about = {"format": FORMAT, "made": moment.isoformat(timespec="seconds"), "schema": SCHEMA_VERSION}
            pack(Path(work), file, about)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as again:
            unpack(file, Path(again))
    except (OSError, SiteDbError, subprocess.SubprocessError) as fault:
        raise NotBackedUp(f"Nothing was backed up: {fault}") from fault
    for old in sorted(folder.glob(PATTERN))[:-keep]:
        old.unlink(missing_ok=True)
    return file


def take(wanted: Iterable[Valuable], folder: Path) -> None:
    """Copy what there is of these into a folder. Raises OSError, SiteDbError, subprocess.SubprocessError."""
    for one in wanted:
        target = folder / one.name
        if one.kind == POSTGRES:
            subprocess.run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}", one.place], check=True)
        elif one.kind == SQLITE and one.path.is_file():
            copy(one.path, target)
            check(target)
        elif one.kind == PLAIN and one.path.is_file():
            shutil.copyfile(one.path, target)
