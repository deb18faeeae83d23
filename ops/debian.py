"""Programs of the system that the tests and measurements run beside the bot. On Debian they are installed when they are
missing."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping

from ops.errors import OpsError

PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "redis-server": ("redis-server",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "nginx": ("nginx",),
    "postgresql": ("initdb",),
}
"""Debian package → the names under which its program may be found, the package's own first."""
ELSEWHERE = ("/usr/lib/postgresql/*/bin", "/usr/sbin")
"""Where Debian puts programs that are not on everybody's PATH."""


class ProgramMissing(OpsError):
    """A program that the tests need is not here and could not be installed."""

    def __init__(self, packages: Iterable[str]) -> None:
        names = " ".join(packages)
        super().__init__(f"The tests need {names}. On Debian or Ubuntu: sudo apt-get install {names}")


def _which(name: str) -> str | None:
    more = (folder for pattern in ELSEWHERE for folder in sorted(glob.glob(pattern), reverse=True))
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *more]))


def program(package: str) -> str:
    """The path of a package's program. Raises ProgramMissing."""
    path = next(filter(None, map(_which, PROGRAMS[package])), None)
    if path is None:
        raise ProgramMissing([package])
    return path


def missing() -> list[str]:
    """The packages of PROGRAMS of which no program is here."""
    return [package for package, names in PROGRAMS.items() if not any(map(_which, names))]


def install(packages: list[str]) -> None:
    """Install them, without starting their services. Raises ProgramMissing where this is not Debian, we are not root,
    or apt fails; its own words are then on stderr."""
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise ProgramMissing(packages)
    quiet = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    calls = ([*quiet, "update"], [*quiet, "install", "--yes", "--no-install-recommends", *packages])
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # at run level 1 no service starts
    for call in calls:
        if subprocess.run(call, env=environ, stdout=subprocess.DEVNULL).returncode != 0:
            raise ProgramMissing(packages)
