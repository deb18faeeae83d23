"""The widget as other sites load it: a stable address, and one of this very version that never changes."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FILE = "widget.js"
YEAR = 31_536_000


@lru_cache(maxsize=1)
def version() -> str:
    """The version of the widget that is served, as in widget/package.json."""
    return str(json.loads((settings.ROOT / "widget" / "package.json").read_text("utf-8"))["version"])


@lru_cache(maxsize=1)
def integrity() -> str:
    """The widget's hash as ``<script integrity>`` takes it (W3C Subresource Integrity)."""
    content = (_folder() / FILE).read_bytes()
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _folder() -> Path:
    return Path(settings.WHITENOISE_ROOT)


@require_safe
def versioned(request: HttpRequest, number: str, file: str) -> HttpResponse:
    """One of the widget's files under the present version's address, to be kept for a year. 404 for another version."""
    served = {path.relative_to(_folder()).as_posix(): path for path in _folder().rglob("*.js")}
    if number != version() or file not in served:
        raise Http404(f"{file} of version {number} is not served here")
    response = FileResponse(served[file].open("rb"), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    return response
