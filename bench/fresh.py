"""From nothing to the first answer: a fresh clone and ``./run``; a new folder, ``rasa init`` and ``rasa run``.

Both take their packages through uv from the same place: its cache, when there is one, else the package index.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.bots import QUESTIONS, QUIET_STOCK, first_answer
from ops.errors import OpsError
from ops.ports import free_ports
from ops.screen import Stopwatch
from ops.settings import ROOT

INIT_AND_RUN = """set -e
"$UV" venv --quiet --python "$PYTHON" env
"$UV" pip install --quiet --python env/bin/python rasa==3.6.21 --constraint constraints.txt
mkdir bot && cd bot
../env/bin/rasa init --no-prompt
exec ../env/bin/rasa run --interface 127.0.0.1 --port "$PORT"
"""


class NoUv(OpsError):
    """uv is not on this machine yet."""


def truc(folder: Path) -> float:
    """Clone the committed state of this project, start it, and return the seconds to the first answer."""
    clone = folder / "clone"
    ports = dict(zip(("TRUC_BOT_PORT", "TRUC_ACTIONS_PORT", "TRUC_WEB_PORT"), map(str, free_ports(3)), strict=True))
    mine = {name: value for name, value in os.environ.items() if not name.startswith("TRUC_")}
    script = f'git clone --quiet --no-local "{ROOT}" "{clone}" && exec "{clone}/run"'
    return _time(script, mine | ports, folder, ports["TRUC_BOT_PORT"], QUESTIONS["truc"][0])


def stock(folder: Path) -> float:
    """Install Rasa, make the stock bot, train it, start it; return the seconds to the first answer."""
    uv = shutil.which(ROOT / "var" / "uv" / "bin" / "uv") or shutil.which("uv")
    if uv is None:
        raise NoUv("uv was not found in var/uv or on the PATH; ./run puts it there")
    (folder / "constraints.txt").write_text(_versions((ROOT / "requirements.lock").read_text("utf-8")), "utf-8")
    port = str(free_ports(1)[0])
    python = os.path.realpath(ROOT / ".venv" / "bin" / "python")
    environ = os.environ | QUIET_STOCK | {"UV": uv, "PYTHON": python, "PORT": port}
    return _time(INIT_AND_RUN, environ, folder, port, QUESTIONS["stock"][0])


def _versions(lock: str) -> str:
    """The lines 'name==version ; marker' of a lock file, without the hashes."""
    return "\n".join(line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z0-9]", line))


def _time(script: str, environ: Mapping[str, str], folder: Path, port: str, question: str) -> float:
    watch, log = Stopwatch(), folder / "fresh.log"
    command: Sequence[str] = ["sh", "-c", script]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environ), stdout=output, stderr=output, start_new_session=True
        )
    try:
        first_answer(f"http://127.0.0.1:{port}", question, process, log)
        return watch.seconds
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
