"""A key of our own: from a setting, else from a file that is made when it is missing."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

STAFF_KEY, STAFF_KEY_FILE = "TRUC_STAFF_KEY", "staff.key"  # with which the console asks the bot


def key_from(setting: str, file: Path) -> bytes:
    """The key of a setting, else the one in this file, which is made when it is missing (for its owner only)."""
    if setting:
        return setting.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return file.read_text().strip().encode()


def staff_key() -> bytes:
    """The key with which the staff console asks the bot: TRUC_STAFF_KEY, else staff.key in TRUC_VAR (or var)."""
    var = Path(os.environ.get("TRUC_VAR") or "var").absolute()
    return key_from(os.environ.get(STAFF_KEY, ""), var / STAFF_KEY_FILE)
