"""What visitors ask: real questions that were never trained on, in an order that is the same every time."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path

import yaml

from ops.settings import ROOT

HELD_OUT = ROOT / "data" / "heldout"
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\{[^}]*\}|\([^)]*\))")


@lru_cache(maxsize=1)
def real_questions(folder: Path = HELD_OUT) -> list[str]:
    """The held-out questions of all topics and both languages, mixed."""
    found = [text for path in sorted(folder.glob("*.yml")) for text in _examples(path)]
    random.Random(0).shuffle(found)
    return found


def _examples(path: Path) -> list[str]:
    groups = yaml.safe_load(path.read_text("utf-8")).get("nlu", [])
    lines = (line.strip() for group in groups for line in group["examples"].splitlines())
    return [ANNOTATION.sub(r"\1", line[2:]) for line in lines if line.startswith("- ")]
