"""``./run bench nlu``: this pipeline beside Rasa's stock one, on any data in Rasa's format."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import click
from tabulate import tabulate

from bench.bots import QUIET_STOCK
from bench.command import machine
from bench.disguise import DISGUISES
from bench.nlu.score import intent_accuracy, read_test, slot_f1
from ops.evaluate import Example
from ops.settings import QUIET, ROOT

HERE = Path(__file__).parent
PIPELINES = {"truc": QUIET, "stock": QUIET_STOCK}  # name → environment; the pipeline itself is in <name>.yml
FORMS = ("typed", "folded")
READABLE, WRITABLE = click.Path(exists=True, path_type=Path), click.Path(path_type=Path)
Result = dict[str, Any]


class StepFailed(Exception):
    """A training or a parsing that did not come to its end; the text says what is known of why."""


@dataclass
class Steps:
    """Runs the steps of one pipeline, each in a process of its own, within a time."""

    name: str
    folder: Path
    minutes: float

    def run(self, step: str, *arguments: str | Path) -> Result:
        """What the step measured. Raises StepFailed."""
        command = [sys.executable, "-m", "bench.nlu.worker", step, *map(str, arguments)]
        environ = {**os.environ, **PIPELINES[self.name], "PYTHONPATH": str(ROOT)}
        log = self.folder / f"{step}.log"
        with log.open("wb") as errors:
            try:
                done = subprocess.run(
                    command,
                    cwd=self.folder,
                    env=environ,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    timeout=60 * self.minutes,
                )
            except subprocess.TimeoutExpired:
                raise StepFailed(f"{step} was ended after {self.minutes:g} minutes") from None
        if done.returncode:
            raise StepFailed(f"{step} failed: {_why(done.returncode, log)}")
        return json.loads(done.stdout.decode().strip().splitlines()[-1])


def _why(code: int, log: Path) -> str:
    if code < 0:
        name = signal.Signals(-code).name
        return f"ended by {name}" + (", as a system does that is out of memory" if code == -signal.SIGKILL else "")
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {code}"


@click.command("nlu")
@click.option("--train", "train_file", required=True, type=READABLE, help="A file or folder of training data.")
@click.option("--test", "test_file", required=True, type=READABLE, help="A file or folder of test data.")
@click.option("--only", type=click.Choice(list(PIPELINES)), help="Measure one of the two pipelines only.")
@click.option("--minutes", default=60.0, show_default=True, help="After which a training or a parsing is given up.")
@click.option("--json", "--out", "json_file", type=WRITABLE, help="Also write all figures to this file.")
def nlu_command(
    train_file: Path, test_file: Path, only: Optional[str], minutes: float, json_file: Optional[Path]
) -> None:
    """Train on --train, understand --test: this pipeline and the one of `rasa init`, one after the other.

    Any data in Rasa's NLU format. Each training and each parsing is a process of its own. The test messages are
    understood as they are typed and without their diacritics.
    """
    examples = read_test(test_file)
    report: Result = {"machine": machine(), "train": str(train_file), "test": str(test_file), "messages": len(examples)}
    for name in PIPELINES:
        if only in (None, name):
            click.echo(f"{name}: training and understanding …", err=True)
            report[name] = measure(name, train_file.absolute(), examples, minutes)
    click.echo(table({name: report[name] for name in PIPELINES if name in report}))
    if json_file:
        json_file.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(f"\nAll figures: {json_file}")


def measure(name: str, train_file: Path, examples: Sequence[Example], minutes: float) -> Result:
    """All figures of one pipeline; what was reached of them and ``failed`` where it broke off."""
    forms = {form: [e.disguised(DISGUISES[form](e.pieces())) for e in examples] for form in FORMS}
    result: Result = {}
    with tempfile.TemporaryDirectory(prefix=f"bench-nlu-{name}-") as temporary:
        folder = Path(temporary)
        steps = Steps(name, folder, minutes)
        try:
            result |= steps.run("train", HERE / f"{name}.yml", train_file, folder)
            texts = folder / "texts.json"
            texts.write_text(json.dumps([e.text for form in FORMS for e in forms[form]]), encoding="utf-8")
            result |= steps.run("parse", folder / "model.tar.gz", texts, folder / "parsed.json")
            parsed = json.loads((folder / "parsed.json").read_text(encoding="utf-8"))
        except StepFailed as failure:
            return {**result, "failed": str(failure)}
    times = result.pop("ms")[: len(examples)]
    result |= {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(_percentile(times, 95), 1)}
    for number, form in enumerate(FORMS):
        found = parsed[number * len(examples) : (number + 1) * len(examples)]
        result[form] = {
            "intent_accuracy": intent_accuracy(forms[form], found),
            "slot_f1": slot_f1(forms[form], found),
        }
    return result


def _percentile(times: Sequence[float], rank: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[rank - 1] if len(times) > 1 else times[0]


LABELS = {
    "train_seconds": "training, s",
    "train_peak_mb": "memory in training, at most, MB",
    "load_seconds": "loading, s",
    "p50_ms": "a message, p50, ms",
    "p95_ms": "a message, p95, ms",
    "rss_mb": "memory when answering, RSS, MB",
}


def table(results: Mapping[str, Result]) -> str:
    """One row a figure, one column a pipeline; under it what failed."""
    rows: list[list[Any]] = [
        [f"{label}, {form}, %", *(_percent(result.get(form, {}).get(key)) for result in results.values())]
        for key, label in (("intent_accuracy", "intent accuracy"), ("slot_f1", "slot F1"))
        for form in FORMS
    ]
    rows += [[label, *(result.get(key) for result in results.values())] for key, label in LABELS.items()]
    failures = [f"\n{name}: {result['failed']}" for name, result in results.items() if "failed" in result]
    return tabulate(rows, headers=["", *results], floatfmt=".1f", missingval="–") + "".join(failures)


def _percent(share: Optional[float]) -> Optional[float]:
    return None if share is None else 100 * share
