"""``./run bench planner``: public instances against published scores, and the planner on the project's own data."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Optional

import click
from tabulate import tabulate

from bench.planner import own, toptw
from guide.sitedb import SiteDb

FACTS = Path(__file__).parents[2] / "data" / "facts"
ASKED_ON = date(2026, 11, 24)  # the same requests in every run, whatever the day


@click.command("planner")
@click.option(
    "--instances", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of TOPTW instances with their references.csv.",
)  # fmt: skip
@click.option(
    "--seconds", default=1.0, show_default=True, type=click.FloatRange(0.01), help="Of search on an instance."
)
@click.option("--days", default="1,2", show_default=True, help="For how many tours each instance is solved.")
@click.option("--own", "own_data", is_flag=True, help="Also measure plans of the project's own data.")
@click.option("--plans", default=40, show_default=True, type=click.IntRange(1), help="Own plans that are timed.")
@click.option("--trips", default=50, show_default=True, type=click.IntRange(1), help="Small trips solved exactly.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all figures to this file.")
def planner_command(
    instances: Optional[Path],
    seconds: float,
    days: str,
    own_data: bool,
    plans: int,
    trips: int,
    json_file: Optional[Path],
) -> None:
    """Measure the itinerary planner.

    With --instances: the gap to published scores on any folder of TOPTW instances, every tour checked. With --own: how
    long a plan of three days takes, and how many small trips are planned as well as is proven to be possible.
    """
    if instances is None and not own_data:
        raise click.UsageError("Say what to measure: --instances FOLDER, --own, or both.")
    figures: dict[str, Any] = {}
    if instances is not None:
        figures |= toptw.run(instances, [int(number) for number in days.split(",")], seconds)
        click.echo(table(figures))
    if own_data:
        figures["own"] = measure_own(plans, trips)
        click.echo(own_table(figures["own"]))
    if json_file:
        json_file.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
        click.echo(f"\nAll figures: {json_file}")


def measure_own(plans: int, trips: int) -> dict[str, Any]:
    """The figures of the project's own data, on a database built from the shipped facts."""
    with tempfile.TemporaryDirectory(prefix="bench-planner-") as temporary:
        site = SiteDb.build(FACTS, Path(temporary) / "site.db")
        try:
            return {
                "speed": own.speed(site, plans, 3, ASKED_ON),
                "small_trips": own.optimal(site, trips, ASKED_ON),
            }
        finally:
            site.close()


def table(figures: dict[str, Any]) -> str:
    """One row for each number of days, and one for all."""
    rows = [
        [label, *(summary.get(key) for key in ("count", *_GAPS, "matched", "mean_seconds"))]
        for label, summary in (*figures["by_days"].items(), ("all", figures))
    ]
    headers = ["days", "instances", "mean gap %", "median", "worst", "matched", "seconds"]
    return tabulate(rows, headers=headers, floatfmt=".2f", missingval="–")


_GAPS = ("mean_gap_percent", "median_gap_percent", "worst_gap_percent")


def own_table(figures: dict[str, Any]) -> str:
    """The figures of the own data, a line each."""
    speed, small = figures["speed"], figures["small_trips"]
    rows = [
        [f"plans of {speed['days']} days, p50 ms", speed["p50_ms"]],
        [f"plans of {speed['days']} days, p95 ms", speed["p95_ms"]],
        ["plans that break a rule", speed["broken"]],
        [f"small trips of {small['trips']} planned optimally, %", small["percent"]],
    ]
    return "\n" + tabulate(rows, floatfmt=".1f")
