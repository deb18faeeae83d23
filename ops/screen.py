"""What is shown in the terminal: one line a step."""

from __future__ import annotations

import sys
import time

import click


class Screen:
    """Writes the steps. On a terminal a running step is replaced by its outcome; elsewhere both are lines."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self._pending = False

    def line(self, name: str, text: str) -> None:
        """One finished line: the name of the step or server, and what there is to say."""
        if not self.quiet:
            click.echo(self._over() + f"  {click.style(f'{name:<12}', bold=True)} {text}")

    def plain(self, text: str = "") -> None:
        """A line of its own."""
        if not self.quiet:
            click.echo(self._over() + text)

    def doing(self, name: str, text: str) -> None:
        """Say what is going on now."""
        if self.quiet:
            return
        if sys.stdout.isatty():
            click.echo(self._over() + f"  {name:<12} {text} …", nl=False)
            self._pending = True
        else:
            click.echo(f"  {name:<12} {text} …")

    def _over(self) -> str:
        pending, self._pending = self._pending, False
        return "\r\x1b[K" if pending else ""


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s"


def span(seconds: float) -> str:
    """A time for people: ``45 s``, ``12 min``, ``3 h 05 min``, ``2 d 4 h``."""
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60:02} min"
    return f"{minutes} min" if minutes else f"{seconds:.0f} s"
