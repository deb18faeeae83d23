"""What tools can see in the source is as it should be."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ops.settings import ROOT


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(["ruff", "check", "--quiet", "."], id="ruff finds nothing"),
        pytest.param(["mypy"], id="types agree"),
    ],
)
def test_source(tool: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
