"""The two bots that are measured: this one, and the one that ``rasa init`` makes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests
import yaml

from ops import model
from ops.database import ensure_database
from ops.errors import OpsError, tail
from ops.model import ensure_model
from ops.ports import free_ports
from ops.screen import Screen, Stopwatch
from ops.settings import QUIET, ROOT, Settings

QUESTIONS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))
PATIENCE = 300
"""Seconds for a bot to give its first answer."""


class NoAnswer(OpsError):
    """A bot that was started to be measured did not answer."""


@dataclass(frozen=True)
class Started:
    """A bot that runs. Times in seconds, from the command to the first answer over REST."""

    url: str
    seconds: float
    process: psutil.Process

    def memory(self) -> dict[str, dict[str, float]]:
        """RSS and PSS in MB of each of its processes. PSS counts what processes share once in all."""
        processes = [self.process, *self.process.children(recursive=True)]
        return {_name(process): _memory(process) for process in processes}


@dataclass(frozen=True)
class Bot:
    """A bot that can be started: with which command, where, and where it then answers."""

    name: str
    command: Sequence[str]
    folder: Path
    environ: Mapping[str, str]
    url: str

    @property
    def questions(self) -> list[str]:
        """What its visitors say."""
        return QUESTIONS[self.name]

    @contextmanager
    def running(self, log: Path) -> Iterator[Started]:
        """Start it, wait for its first answer, and end it with all that it started. Raises NoAnswer."""
        watch = Stopwatch()
        with log.open("wb") as output:
            process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=dict(self.environ),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            first_answer(self.url, self.questions[0], process, log)
            yield Started(self.url, watch.seconds, psutil.Process(process.pid))
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def first_answer(url: str, question: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until there is an answer. Raises NoAnswer when there is none in time or the process has ended."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            answer = requests.post(
                f"{url}/webhooks/rest/webhook", json={"sender": "first", "message": question}, timeout=60
            )
            if answer.status_code == 200 and answer.json():
                return
        except requests.RequestException:
            pass
        time.sleep(0.05)
    raise NoAnswer(f"the bot at {url} did not answer. The end of {log}:\n{tail(log)}")


def truc(folder: Path) -> Bot:
    """This bot with its three servers, everything up to date, over a site database of its own in this folder."""
    bot, actions, web = free_ports(3)
    settings = Settings({"bot": bot, "actions": actions, "web": web}, var=folder, site_db=folder / "site.db")
    ensure_database(settings, Screen(quiet=True))
    ensure_model(settings, Screen(quiet=True))
    environ = settings.child_environ()
    return Bot("truc", [str(ROOT / "run")], ROOT, environ, settings.url("bot"))


def train_truc(folder: Path) -> float:
    """Train this bot's model into a folder; return the seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    watch = Stopwatch()
    model.train(Settings.read({"TRUC_VAR": str(folder), "TRUC_MODELS": str(folder)}))
    return watch.seconds


def stock(folder: Path) -> Bot:
    """The bot that ``rasa init`` makes, in this folder; ``train_stock`` must have trained it before it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    make = "import sys; from rasa.cli.scaffold import create_initial_project; create_initial_project(sys.argv[1])"
    _quietly([sys.executable, "-c", make, str(folder)], folder)
    port = free_ports(1)[0]
    command = [sys.executable, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    return Bot("stock", command, folder, os.environ | QUIET_STOCK, f"http://127.0.0.1:{port}")


def train_stock(folder: Path) -> float:
    """Train the stock bot; return the seconds."""
    watch = Stopwatch()
    _quietly([sys.executable, "-m", "rasa", "train", "--force"], folder)
    return watch.seconds


# The stock bot runs as it comes: only its noise is turned off, its threads and memory are left as they are.
QUIET_STOCK = {name: QUIET[name] for name in ("RASA_TELEMETRY_ENABLED", "TF_CPP_MIN_LOG_LEVEL", "PYTHONWARNINGS")}


def _quietly(command: Sequence[str], folder: Path) -> None:
    with (folder / "bench.log").open("ab") as log:
        subprocess.run(command, cwd=folder, env=os.environ | QUIET_STOCK, stdout=log, stderr=log, check=True)


def _memory(process: psutil.Process) -> dict[str, float]:
    full = process.memory_full_info()
    return {"rss_mb": round(full.rss / 1e6, 1), "pss_mb": round(getattr(full, "pss", full.rss) / 1e6, 1)}


def _name(process: psutil.Process) -> str:
    """What a process is, by its command line: the launcher, a server of ours, or rasa itself."""
    words = process.cmdline()
    names = {"rasa": "bot", "ops.rasa": "bot", "ops": "launcher"}
    names |= {"rasa_sdk": "actions", "actions.server": "actions", "web": "web"}
    return names.get(words[words.index("-m") + 1], words[-1]) if "-m" in words else Path(words[0]).name
