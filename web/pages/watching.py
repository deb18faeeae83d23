"""For those who run the pages: figures, for whoever brings the token (guide/watching.py)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from guide.watching import figures, may_see


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures of this process."""
    if not may_see(request.headers):
        raise Http404
    return HttpResponse(figures(), content_type=CONTENT_TYPE_LATEST)
