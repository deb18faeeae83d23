"""``./run bench channels``: how quickly a messenger's webhook acknowledges and how soon the answer is on its way.

The real bot, one platform played by its stand-in, and the REST channel of the same bot in the same run, with the same
questions. Everything happens on this machine and ends by itself.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import yaml
from tabulate import tabulate

from bench.visitors import visit
from ops.background import running
from ops.database import ensure_database
from ops.model import ensure_model
from ops.ports import free_ports
from ops.screen import Screen
from ops.settings import Settings
from ops.simulator import with_channels
from tests.bot.channels.platforms import FAST, STANDINS, Messenger, make

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))["truc"]
PATIENCE = 60.0


@click.command("channels")
@click.option("--channel", "name", type=click.Choice(sorted(STANDINS)), default="telegram", show_default=True)
@click.option("--visitors", default="1,16", show_default=True, help="How many at once, each after the other.")
@click.option("--messages", default=20, show_default=True, type=click.IntRange(2, 1000), help="Of each visitor.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all figures to this file.")
def channels_command(name: str, visitors: str, messages: int, json_file: Path | None) -> None:
    """Measure a messenger's webhook beside the REST channel."""
    with tempfile.TemporaryDirectory(prefix="bench-channels-") as folder, STANDINS[name]() as standin:
        settings = _settings(Path(folder))
        messenger = make(name, standin)
        given = {**messenger.settings, **{key: str(value) for key, value in FAST.items() if key.startswith("calls")}}
        with running(with_channels(settings, {name: given})):
            visit(settings.url("bot"), QUESTIONS, 1, len(QUESTIONS))
            crowds = [int(number) for number in visitors.split(",")]
            results = [_crowd(messenger, settings.url("bot"), crowd, messages) for crowd in crowds]
    click.echo(tabulate(results, headers="keys", floatfmt=".1f"))
    if json_file:
        json_file.write_text(json.dumps({"channel": name, "results": results}, indent=1) + "\n", "utf-8")


def _settings(folder: Path) -> Settings:
    ports = dict(zip(("bot", "actions"), free_ports(2), strict=True))
    settings = Settings({"web": 8000, **ports}, var=folder, site_db=folder / "site.db")
    ensure_database(settings, Screen(quiet=True))
    ensure_model(settings, Screen(quiet=True))
    return settings


def _crowd(messenger: Messenger, url: str, visitors: int, messages: int) -> dict[str, Any]:
    """What so many visitors at once met with, over the messenger and then over REST. Times in milliseconds."""
    acknowledged: list[float] = []
    answered: list[float] = []
    whose = [next(_NUMBERS) for _ in range(visitors)]
    with ThreadPoolExecutor(visitors) as threads:
        for times in threads.map(lambda who: _visitor(messenger, url, who, messages), whose):
            acknowledged += times[0]
            answered += times[1]
    rest = visit(url, QUESTIONS, visitors, messages)
    return {
        "visitors": visitors,
        "ack p50": _percentile(acknowledged, 50),
        "ack p99": _percentile(acknowledged, 99),
        "answer p50": _percentile(answered, 50),
        "answer p95": _percentile(answered, 95),
        "REST p50": 1000 * rest.percentile(50),
        "REST p95": 1000 * rest.percentile(95),
        "unanswered": visitors * messages - len(answered),
    }


def _percentile(times: list[float], rank: int) -> float:
    return 1000 * statistics.quantiles(times, n=100, method="inclusive")[rank - 1]


def _visitor(messenger: Messenger, url: str, who: int, messages: int) -> tuple[list[float], list[float]]:
    """One visitor, who waits for each answer; the times until the acknowledgement and until the answer was sent."""
    acknowledged, answered = [], []
    for number in range(messages):
        before, begun = len(messenger.told(who)), time.monotonic()
        messenger.say(url, QUESTIONS[(who + number) % len(QUESTIONS)], who, next(_NUMBERS)).raise_for_status()
        acknowledged.append(time.monotonic() - begun)
        while len(messenger.told(who)) == before and time.monotonic() - begun < PATIENCE:
            time.sleep(0.005)
        if len(messenger.told(who)) > before:
            answered.append(time.monotonic() - begun)
    return acknowledged, answered


class _Numbers:
    """Numbers for visitors and messages, from any thread."""

    def __init__(self) -> None:
        self._last, self._lock = 0, threading.Lock()

    def __next__(self) -> int:
        with self._lock:
            self._last += 1
            return self._last


_NUMBERS = _Numbers()

if __name__ == "__main__":
    channels_command()
