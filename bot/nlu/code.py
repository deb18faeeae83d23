"""A fingerprint of the code that understands, so that Rasa's training cache never serves what older code made."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_FOLDERS = (Path(__file__).parent, Path(__file__).parents[2] / "guide" / "gazetteer")


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """A hash of every source and word-list file of the understanding."""
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted([*folder.glob("*.py"), *folder.glob("*.yaml")]):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
