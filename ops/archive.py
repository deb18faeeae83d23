"""A backup's file: a compressed archive that begins with a manifest of what is in it and the hash of each."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ops.errors import OpsError

MANIFEST = "manifest.json"


class BadBackup(OpsError):
    """The file is no backup, or not all of it is as it was written."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file} is no whole backup: {reason}. Nothing was changed.")


def pack(folder: Path, file: Path, about: Mapping[str, Any]) -> None:
    """Write the files of a folder into a new archive that only its owner may read, in one step."""
    hashes = {found.name: _sha256(found) for found in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(json.dumps({**about, "sha256": hashes}, indent=1) + "\n", "utf-8")
    half = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=4) as archive:
                for name in (MANIFEST, *hashes):
                    archive.add(folder / name, name)
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder and check every file against the manifest, which is returned. Raises BadBackup."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = archive.getmembers()
            if not all(member.isreg() and "/" not in member.name for member in members):
                raise BadBackup(file, "it has other things in it than files")
            for member in members:
                archive.extract(member, folder, set_attrs=False)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        hashes: dict[str, str] = manifest["sha256"]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as fault:
        raise BadBackup(file, str(fault)) from fault
    if set(hashes) | {MANIFEST} != {member.name for member in members}:
        raise BadBackup(file, "files are missing")
    for name, expected in hashes.items():
        if _sha256(folder / name) != expected:
            raise BadBackup(file, f"{name} is damaged")
    return manifest


def _sha256(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()
