"""The bot's model: trained when what it is made from has changed."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.errors import TrainingFailed
from ops.freshness import Stamp, digest
from ops.launcher import end_with_parent
from ops.screen import Screen, Stopwatch
from ops.settings import ROOT, Settings

INPUTS = [
    ROOT / name
    for name in (
        "config.yml",
        "domain.yml",
        "data/nlu",
        "data/dialogue",
        "bot/nlu",
        "guide/text.py",
        "guide/gazetteer",
        "requirements.lock",
    )
]
"""All that decides what the model becomes. Facts do not: names are read while the bot runs."""


def ensure_model(settings: Settings, screen: Screen, force: bool = False) -> None:
    """Train when there is no model of the present inputs, or when forced. Raises TrainingFailed."""
    with _only_one(settings.models):
        stamp, inputs = Stamp(settings.model), digest(INPUTS, ROOT)
        if stamp.matches(inputs) and not force:
            screen.line("model", f"up to date (trained {stamp.read()['made'].replace('T', ' ')[:16]} UTC)")
            return
        for left in settings.models.glob(".training-*"):  # of a training that was killed
            shutil.rmtree(left, ignore_errors=True)
        screen.doing("model", "training")
        watch = Stopwatch()
        train(settings)
        stamp.write(inputs, seconds=round(watch.seconds, 1))
        screen.line("model", f"trained in {watch}")


def train(settings: Settings) -> None:
    """Train, and put the new model in place of the old one in one step. Its output goes to train.log."""
    log = settings.logs / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".training-", dir=settings.models) as folder, log.open("wb") as output:
        command = [
            sys.executable,
            "-m",
            "ops.rasa",
            "train",
            "--skip-validation",  # reads everything a second time; tests/ops/test_rasa.py does it instead
            "--config",
            "config.yml",
            "--domain",
            "domain.yml",
            "--data",
            "data/nlu",
            "data/dialogue",
            "--out",
            folder,
            "--fixed-model-name",
            settings.model.name,
        ]
        environ = settings.child_environ()
        done = subprocess.run(command, cwd=ROOT, env=environ, stdout=output, stderr=output, preexec_fn=end_with_parent)
        made = Path(folder) / settings.model.name
        if done.returncode or not made.exists():
            raise TrainingFailed(log)
        shutil.move(made, settings.model)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Let one training run at a time; the next one then finds the model up to date."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
