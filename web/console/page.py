"""What every page of the console needs: its language, who reads it, and where they may go."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guide.sitedb import SiteDb
from guide.visits import Visits
from web.console.words import LANGUAGES, say


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the console from ``templates/console/<template>.html``."""
    known = {"request": request, "lang": request.lang, "languages": LANGUAGES, "account": request.user}  # type: ignore
    said = {"messages": messages.get_messages(request)}
    return render(request, f"console/{template}.html", {**known, **said, **context}, status=status)


def tell(request: HttpRequest, phrase: str, **values: Any) -> None:
    """A sentence for the next page: what has just been done; the draft of this address is then no longer needed."""
    messages.success(request, say(request.lang, phrase, **values), extra_tags=request.path)  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _open(path: Path) -> SiteDb:
    return SiteDb.open(path, writable=True)


def site() -> SiteDb:
    """The site database, opened for writing; threads share it. What it reads is what was last committed."""
    return _open(settings.SITE_DB)


def visits() -> Visits:
    """What visitors left: questions without an answer, ratings, counts."""
    return Visits.at(settings.VISITS_URL)
