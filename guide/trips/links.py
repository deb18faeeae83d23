"""The addresses of a kept trip: its page and the files that go with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Optional


def base_url(environ: Mapping[str, str] = os.environ) -> str:
    """Where visitors reach the pages: TRUC_PUBLIC_URL, else the web server on this machine."""
    public = environ.get("TRUC_PUBLIC_URL", "").rstrip("/")
    host = environ.get("TRUC_HOST", "127.0.0.1")
    here = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
    return public or f"http://{here}:{environ.get('TRUC_WEB_PORT') or 8000}"


def page_url(id_: str, lang: str, base: Optional[str] = None) -> str:
    """The page of a kept trip in a language. ``base`` as in ``base_url()`` where it is known better."""
    return _address(id_, "", lang, base)


def ics(id_: str, lang: str, base: Optional[str] = None) -> str:
    """Its calendar file."""
    return _address(id_, ".ics", lang, base)


def gpx(id_: str, lang: str, base: Optional[str] = None) -> str:
    """Its file for map programs."""
    return _address(id_, ".gpx", lang, base)


def qr(id_: str, lang: str, base: Optional[str] = None) -> str:
    """The picture of its QR code."""
    return _address(id_, ".svg", lang, base)


def _address(id_: str, ending: str, lang: str, base: Optional[str]) -> str:
    return f"{base_url() if base is None else base}/t/{id_}{ending}?lang={lang}"
