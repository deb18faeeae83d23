"""Private instances of PostgreSQL and Redis, with the settings that deploy/scale ships."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

from ops.cluster.daemon import Daemon
from ops.debian import program
from ops.errors import StartFailed
from ops.settings import ROOT

SCALE = ROOT / "deploy" / "scale"
DATABASE = USER = "truc"


def listens(port: int) -> bool:
    """Whether anything answers at a port of this machine. Raises OSError where nothing does."""
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def postgres(folder: Path, port: int) -> Daemon:
    """A new PostgreSQL in this folder, which must lie where everybody may pass: it refuses to be run by root.

    Everybody on this machine is let in: for tests only. Raises StartFailed.
    """
    user = "postgres" if os.geteuid() == 0 else None
    data, log = folder / "postgres", folder / "postgres.log"
    data.mkdir()
    if user:
        shutil.chown(data, user, user)
    binaries = Path(program("postgresql")).resolve().parent
    make = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        USER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    with log.open("ab") as out:
        done = subprocess.run([*make, "--no-sync"], stdout=out, stderr=out, user=user, group=user, cwd="/")
    if done.returncode:
        raise StartFailed("postgresql", "initdb failed", log)
    settings = data / "truc.conf"
    shutil.copy(SCALE / "postgresql.conf", settings)
    here = ["-p", str(port), "-h", "127.0.0.1", "-k", "", "-c", f"config_file={settings}"]
    alive = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", USER]
    return Daemon(
        "postgresql",
        [str(binaries / "postgres"), "-D", str(data), *here],
        lambda: subprocess.run(alive).returncode == 0,
        log,
        user,
    )


def make_database(port: int, name: str = DATABASE) -> str:
    """An empty database in the running PostgreSQL of that port; its address."""
    createdb = Path(program("postgresql")).resolve().parent / "createdb"
    subprocess.run([createdb, "-h", "127.0.0.1", "-p", str(port), "-U", USER, name], check=True)
    return f"postgresql://{USER}@127.0.0.1:{port}/{name}"


def redis(folder: Path, port: int) -> Daemon:
    """A new Redis in this folder."""
    kept = folder / "redis"
    kept.mkdir()
    here = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(kept)]
    command = [program("redis-server"), str(SCALE / "redis.conf"), *here]
    return Daemon("redis", command, lambda: listens(port), folder / "redis.log")
