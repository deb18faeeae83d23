"""``./run lock``: what pyproject.toml asks for, resolved into exact versions with hashes."""

from __future__ import annotations

import shutil
import subprocess

from ops.errors import OpsError
from ops.settings import ROOT

HEAD = "# The environment of the project, made from pyproject.toml by: ./run lock\n"


class NoUv(OpsError):
    """uv is needed to resolve, and is not here."""


def resolve() -> None:
    """Write requirements.lock: for Linux and macOS, every hash, no address of any package index."""
    uv = shutil.which(ROOT / "var" / "uv" / "bin" / "uv") or shutil.which("uv")
    if uv is None:
        raise NoUv("uv was not found on the PATH or in var/uv; install it with: pip install uv")
    lock = ROOT / "requirements.lock"
    command = [
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--group",
        "dev",
        "--universal",
        "--python-version",
        "3.10",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
        "--quiet",
        "--output-file",
        str(lock),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    lock.write_text(HEAD + lock.read_text("utf-8"), "utf-8")
