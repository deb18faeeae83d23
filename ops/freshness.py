"""Whether something made from files is still up to date, by the content of the files: a fresh clone has fresh dates."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

_NOT_INPUT = {"__pycache__", ".DS_Store"}


def digest(inputs: Iterable[Path], root: Path) -> str:
    """SHA-256 over names (relative to root) and contents of files, also of those in folders; missing ones are empty."""
    whole = hashlib.sha256()
    for file in sorted(_files(inputs)):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(root).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()


def _files(inputs: Iterable[Path]) -> Iterator[Path]:
    for path in inputs:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file() and not _NOT_INPUT & set(file.parts))


class Stamp:
    """A small JSON file beside a product, saying from which inputs it was made and when."""

    def __init__(self, product: Path) -> None:
        self.product = product
        self.path = product.with_name(f"{product.name}.made.json")

    def read(self) -> dict[str, Any]:
        """What was written, or an empty dict when there is nothing or it cannot be read."""
        try:
            return json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def matches(self, inputs: str) -> bool:
        """Whether the product is there and was made from inputs with this digest."""
        return self.product.exists() and self.read().get("inputs") == inputs

    def write(self, inputs: str, **more: Any) -> None:
        """Note that the product was made from these inputs just now."""
        made = datetime.now(timezone.utc).isoformat(timespec="seconds")
        replace(self.path, json.dumps({"inputs": inputs, "made": made, **more}, indent=1) + "\n")


def replace(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(text, "utf-8")
    half.replace(path)
