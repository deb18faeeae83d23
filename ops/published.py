"""What ``publish`` writes and ``follow`` reads: a compressed copy of the site database, and a file that names it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

NAMED_IN = "site.json"


@dataclass(frozen=True)
class Published:
    """``file`` lies beside the naming file; ``sha256`` and ``size`` (bytes) are those of the database in it."""

    file: str
    sha256: str
    size: int
    revision: int
    schema: int

    def to_json(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Published:
        """As it was written. Raises ValueError for anything else."""
        try:
            found = cls(**json.loads(text))
        except TypeError as other:
            raise ValueError("this does not name a published site database") from other
        if "/" in found.file or "\\" in found.file:
            raise ValueError("a published database lies beside the file that names it")
        return found
