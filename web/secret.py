"""Django's secret key: from the environment, else generated once and kept in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(file: Path) -> str:
    """``TRUC_SECRET_KEY``, else the content of ``file``, which is made when it is not there."""
    given = os.environ.get("TRUC_SECRET_KEY")
    if given:
        return given
    if not file.exists():
        _write_private(file, secrets.token_urlsafe(50))
    return file.read_text("ascii").strip()


def _write_private(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write(text)
    try:
        os.link(part, file)  # fails where another process was faster: its key then holds for both
    except FileExistsError:
        pass
    finally:
        part.unlink()
