"""The first page: what there is to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from web.console.page import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader."""
    return page(request, "home")
