"""``./run test``: pytest over everything, its own summary last."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from ops.debian import ProgramMissing, install, missing
from ops.settings import QUIET, ROOT


def run_tests(arguments: Sequence[str]) -> None:
    """Become pytest. Settings of this person's own copy do not reach the tests; they make their own.

    Programs that the tests need are installed first where that can be done; else the tests that need them say so.
    """
    try:
        install(missing())
    except ProgramMissing as fault:
        click.echo(f"{fault.message}\n", err=True)
    mine = {name: value for name, value in os.environ.items() if not name.startswith("TRUC_")}
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *arguments], mine | QUIET)
