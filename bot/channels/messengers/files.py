"""Fetching our own small files (calendar, GPX) to send them along. From our own web server only, whatever is asked."""

from __future__ import annotations

import requests

MAX_BYTES = 1_000_000
SECONDS = 5.0


class FileUnavailable(Exception):
    """The file is not ours, too large, or our web server does not give it"""


class Files:
    """``public`` is how visitors reach our web server, ``internal`` how this process does."""

    def __init__(self, public: str, internal: str) -> None:
        self._public, self._internal = public.rstrip("/"), internal.rstrip("/")

    def fetch(self, url: str) -> bytes:
        """The content of a file below the public address. Blocks. Raises FileUnavailable."""
        if not self._public or not url.startswith(f"{self._public}/"):
            raise FileUnavailable
        inside = self._internal + url[len(self._public) :]
        try:
            with requests.get(inside, timeout=SECONDS, stream=True, allow_redirects=False) as got:
                content = got.raw.read(MAX_BYTES + 1, decode_content=True) if got.status_code == 200 else b""
        except (requests.RequestException, OSError) as fault:
            raise FileUnavailable from fault
        if not 0 < len(content) <= MAX_BYTES:
            raise FileUnavailable
        return content
