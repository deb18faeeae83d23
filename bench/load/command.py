"""``./run bench load``: throughput and answering times under load, growth with the conversation, memory."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from bench import bots
from bench.load.loops import closed, long_talk, opened
from bench.load.questions import real_questions

WITHIN_MS = 150.0
WEB_MESSAGES = 18  # fewer than a visitor may send in a minute


@click.command("load")
@click.option("--visitors", default="1,8,32,128", show_default=True, help="How many at once in the closed loop.")
@click.option("--seconds", default=8.0, show_default=True, help="How long each load lasts.")
@click.option("--rates", default="10,40", show_default=True, help="Messages a second in the open loop.")
@click.option(
    "--turns", default=200, show_default=True, type=click.IntRange(20), help="Length of the long conversation."
)
@click.option("--messages", default=2000, show_default=True, help="Messages over which memory is watched.")
@click.option("--only", type=click.Choice(["truc", "stock"]), help="Measure one of the two bots only.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all figures to this file.")
def load_command(
    visitors: str, seconds: float, rates: str, turns: int, messages: int, only: str | None, json_file: Path | None
) -> None:
    """Measure this bot under load beside the stock Rasa bot, in one run of some minutes.

    Questions are the held-out ones; the stock bot is asked what it was trained on. Closed loop over REST and over the
    website's channel, open loop over REST, one long conversation, and memory.
    """
    crowds, wanted = [int(n) for n in visitors.split(",")], [float(n) for n in rates.split(",")]
    results = {}
    for name in ("truc", "stock"):
        if only in (None, name):
            with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
                results[name] = _measure(name, Path(folder), crowds, seconds, wanted, turns, messages)
            if json_file:
                json_file.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    click.echo(tabulate(_rows(results), headers=["", *results], floatfmt=".1f", missingval="–"))


def _bot(name: str, folder: Path) -> tuple[bots.Bot, list[str]]:
    if name == "truc":
        return replace(bots.truc(folder), command=[sys.executable, "-m", "ops", "serve"]), real_questions()
    bot = bots.stock(folder)
    click.echo("stock: training …", err=True)
    bots.train_stock(folder)
    return bot, bot.questions


def _measure(
    name: str, folder: Path, crowds: list[int], seconds: float, rates: list[float], turns: int, messages: int
) -> dict[str, float]:
    bot, questions = _bot(name, folder)
    with bot.running(folder / "server.log") as started:
        url, found = started.url, {"start, s": started.seconds}
        asyncio.run(closed("rest", url, questions, 4, seconds, 50))  # to warm up
        for way in ("rest", "web") if name == "truc" else ("rest",):
            for crowd in crowds:
                click.echo(f"{name}: {crowd} visitors over {way} …", err=True)
                most = WEB_MESSAGES if way == "web" else 10_000
                load = asyncio.run(closed(way, url, questions, crowd, seconds, most))
                found |= _figures(f"{way}, {crowd} at once", load.summary())
        for rate in rates:
            click.echo(f"{name}: {rate:g} messages a second …", err=True)
            load = asyncio.run(opened("rest", url, questions, rate, seconds))
            found |= _figures(f"open, {rate:g} a second", load.summary())
        return found | _best(found) | _growth(url, questions, turns) | _memory(started, questions, messages)


def _figures(label: str, summary: dict[str, Any]) -> dict[str, float]:
    names = {"messages_per_second": "messages a second", "unanswered": "without an answer"}
    ranks = {f"p{rank}_ms": f"p{rank}, ms" for rank in (50, 95, 99)}
    return {f"{label}: {text}": summary[key] for key, text in (names | ranks).items()}


def _best(found: dict[str, float]) -> dict[str, float]:
    """The most messages a second among the loads over REST at which the p95 was still within the limit."""
    loads = [label.partition(":")[0] for label in found if label.endswith("p95, ms") and "web" not in label]
    rates = [found[f"{name}: messages a second"] for name in loads if found[f"{name}: p95, ms"] <= WITHIN_MS]
    return {f"most messages a second with p95 ≤ {WITHIN_MS:g} ms": max(rates, default=0.0)}


def _growth(url: str, questions: list[str], turns: int) -> dict[str, float]:
    times = asyncio.run(long_talk(url, questions, turns))
    early, late = (1000 * statistics.median(part) for part in (times[10:20], times[-10:]))
    return {"turns 11–20: p50, ms": early, f"turns to {turns}: p50, ms": late, f"turn {turns} / turn 11": late / early}


def _memory(started: bots.Started, questions: list[str], messages: int) -> dict[str, float]:
    """PSS of all processes before and after, in MB. Each visitor sends ten messages."""

    def held() -> float:
        return sum(amount["pss_mb"] for amount in started.memory().values())

    before = held()
    for number in range(messages // 80):
        shift = number * 80 % len(questions)
        asyncio.run(closed("rest", started.url, [*questions[shift:], *questions[:shift]], 8, 60, 10))
    after = held()
    return {"memory, MB": after, "growth a 1,000 messages, MB": (after - before) / max(1, messages) * 1000}


def _rows(results: dict[str, dict[str, float]]) -> list[list[Any]]:
    labels = dict.fromkeys(label for result in results.values() for label in result)
    return [[label, *(result.get(label) for result in results.values())] for label in labels]
