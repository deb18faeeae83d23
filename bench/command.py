"""``./run bench``: this bot and the stock Rasa bot, measured in the same run, one after the other."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import psutil
from tabulate import tabulate

from bench import bots, fresh
from bench.visitors import visit

PARTS = ("fresh", "train", "load")
BOTS: dict[str, tuple[Callable[[Path], bots.Bot], Callable[[Path], float], Callable[[Path], float]]] = {
    "truc": (bots.truc, bots.train_truc, fresh.truc),
    "stock": (bots.stock, bots.train_stock, fresh.stock),
}
Result = dict[str, Any]


COMMANDS = {
    "nlu": "bench.nlu.command",
    "gazetteer": "bench.gazetteer",
    "planner": "bench.planner.command",
    "channels": "bench.channels",
    "load": "bench.load.command",
    "pages": "bench.pages",
}
"""Commands beside ``bots`` and the modules of their ``<name>_command``, each imported only when it is called."""


class BotsUnlessNamed(click.Group):
    """A group whose first command is meant where none is named: ``bench train`` is ``bench bots train``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with ``bots`` before them unless they name a command or ask for help."""
        named = args and (args[0] in self.list_commands(ctx) or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["bots", *args])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, the default first."""
        return [*self.commands, *COMMANDS]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A command by its name."""
        if name in COMMANDS:
            return getattr(import_module(COMMANDS[name]), f"{name}_command")
        return super().get_command(ctx, name)


@click.group(cls=BotsUnlessNamed)
def bench() -> None:
    """Measure the bot beside the stock Rasa bot (bots, also without saying so), or one of its parts."""


@bench.command("bots")
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option(
    "--visitors", default="1,4,16", show_default=True, help="How many visitors at once, each after the other."
)
@click.option(
    "--messages", default=50, show_default=True, type=click.IntRange(1, 1000), help="Messages of each visitor."
)
@click.option("--only", type=click.Choice(list(BOTS)), help="Measure one of the two bots only.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all figures to this file.")
def bots_command(
    parts: tuple[str, ...], visitors: str, messages: int, only: str | None, json_file: Path | None
) -> None:
    """Measure this bot and the bot that `rasa init` makes.

    PARTS are fresh (from a clone to the first answer), train and load (start, memory, answering times); without PARTS:
    all three. How well questions are understood is told by ./run eval.
    Everything happens on this machine, over 127.0.0.1, and ends by itself.
    """
    chosen = parts or PARTS
    crowds = [int(number) for number in visitors.split(",")]
    names = [name for name in BOTS if only in (None, name)]
    results = {name: _measure(name, list(chosen), crowds, messages) for name in names}
    if results:
        click.echo(table(results))
    if json_file:
        json_file.write_text(json.dumps({"machine": machine(), **results}, indent=1) + "\n", "utf-8")
        click.echo(f"\nAll figures: {json_file}")


def _measure(name: str, parts: list[str], crowds: list[int], messages: int) -> Result:
    make, train, from_nothing = BOTS[name]
    result: Result = {}
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as temporary:
        folder = Path(temporary)
        if "fresh" in parts:
            click.echo(f"{name}: from nothing to the first answer …", err=True)
            (folder / "fresh").mkdir()
            result["fresh_seconds"] = round(from_nothing(folder / "fresh"), 1)
        if {"train", "load"} & set(parts):
            bot = make(folder / "bot")
            if "train" in parts or name == "stock":
                click.echo(f"{name}: training …", err=True)
                result["train_seconds"] = round(train(folder / "bot"), 1)
            if "load" in parts:
                result |= _load(bot, folder / "server.log", crowds, messages)
    return result


def _load(bot: bots.Bot, log: Path, crowds: list[int], messages: int) -> Result:
    """Start the bot, warm it up, let the crowds at it, and look at its memory at the end."""
    click.echo(f"{bot.name}: starting …", err=True)
    with bot.running(log) as started:
        visit(started.url, bot.questions, 1, len(bot.questions))
        loads = []
        for crowd in crowds:
            click.echo(f"{bot.name}: {crowd} visitors at once …", err=True)
            loads.append(visit(started.url, bot.questions, crowd, messages).summary())
        return {"start_seconds": round(started.seconds, 1), "load": loads, "memory": started.memory()}


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def table(results: dict[str, Result]) -> str:
    """One row a figure, one column a bot, and how many times the second is of the first."""
    names = list(results)
    rows = []
    for label in dict.fromkeys(label for result in results.values() for label in figures(result)):
        values = [figures(results[name]).get(label) for name in names]
        ratio = f"{values[1] / values[0]:.1f}×" if len(values) == 2 and values[0] and values[1] is not None else ""
        rows.append([label, *values, *([ratio] if len(names) == 2 else [])])
    return tabulate(
        rows, headers=["", *names, *(["stock ÷ truc"] if len(names) == 2 else [])], floatfmt=".1f", missingval="–"
    )


def figures(result: Result) -> dict[str, float]:
    """A result as labelled figures, in the order of the table."""
    labels = {"fresh_seconds": "fresh clone to first answer, s", "train_seconds": "training, s"}
    labels |= {"start_seconds": "second start to first answer, s"}
    found = {label: result[key] for key, label in labels.items() if key in result}
    memory = result.get("memory", {})
    for kind in ("rss", "pss"):
        for process, amount in memory.items():
            found[f"memory of {process}, {kind.upper()}, MB"] = amount[f"{kind}_mb"]
        if memory:
            found[f"memory of all, {kind.upper()}, MB"] = round(
                sum(amount[f"{kind}_mb"] for amount in memory.values()), 1
            )
    for load in result.get("load", ()):
        crowd = f"{load['visitors']} visitor{'s' if load['visitors'] > 1 else ''}"
        for key in ("p50_ms", "p95_ms", "p99_ms"):
            found[f"{crowd}: {key[:3]}, ms"] = load[key]
        found[f"{crowd}: messages a second"] = load["messages_per_second"]
        found[f"{crowd}: without an answer"] = load["unanswered"]
    return found
