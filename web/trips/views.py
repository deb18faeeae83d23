"""The views of a kept trip: find it, say when it is over, answer page and files."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Callable, Optional

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from guide.trips import links, qr
from guide.trips.calendar_file import ics
from guide.trips.gpx_file import gpx
from guide.trips.store import Kept, TripStore
from guide.trips.telling import TripTold
from web.pages import views as pages
from web.pages.facts import now, remembered, site
from web.pages.words import LANGUAGES
from web.trips.page import context

PRIVATE = {
    "Cache-Control": "private, max-age=60",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address is the key: no other site gets to know it
}
Answer = Callable[[Kept, str], HttpResponse]


def store() -> TripStore:
    """The trips that visitors have kept."""
    return _store(str(settings.TRIPS))


@lru_cache(maxsize=2)
def _store(place: str) -> TripStore:
    return TripStore(place)


@require_safe
def trip(request: HttpRequest, trip_id: str) -> HttpResponse:
    """The trip as a page."""

    def answer(kept: Kept, lang: str) -> HttpResponse:
        base, today = pages.absolute_maker(request)(""), now().date()

        def make() -> bytes:
            values = {**pages.common(request, lang), **context(site(), trip_id, kept, lang, today, base)}
            return render_to_string("trips/trip.html", values).encode()

        response = HttpResponse(remembered((trip_id, lang, base, today), make))
        response["Content-Language"] = lang
        return response

    return _answered(request, trip_id, answer)


@require_safe
def calendar_file(request: HttpRequest, trip_id: str) -> HttpResponse:
    """The trip for a calendar."""
    return _file(request, trip_id, "text/calendar; charset=utf-8; method=PUBLISH", "ics", ics)


@require_safe
def map_file(request: HttpRequest, trip_id: str) -> HttpResponse:
    """The trip for a map program."""
    return _file(request, trip_id, "application/gpx+xml", "gpx", gpx)


def _file(
    request: HttpRequest, trip_id: str, content_type: str, ending: str, write: Callable[..., bytes]
) -> HttpResponse:
    def answer(kept: Kept, lang: str) -> HttpResponse:
        url = links.page_url(trip_id, lang, pages.absolute_maker(request)(""))
        name = f"truc-{kept.plan.days[0].date}.{ending}"
        return HttpResponse(
            write(site(), kept.plan, lang, made=kept.kept_on, url=url),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return _answered(request, trip_id, answer)


@require_safe
def code(request: HttpRequest, trip_id: str) -> HttpResponse:
    """The QR code of the trip's page."""

    def answer(kept: Kept, lang: str) -> HttpResponse:
        url = links.page_url(trip_id, lang, pages.absolute_maker(request)(""))
        title = TripTold(site(), kept.plan, lang).say("qr")
        return HttpResponse(qr.svg(url, title), content_type="image/svg+xml")

    return _answered(request, trip_id, answer)


def _answered(request: HttpRequest, trip_id: str, answer: Answer) -> HttpResponse:
    """What ``answer`` makes of the trip in the language asked for, or the page that says that there is none."""
    moment = now()
    kept = store().read(trip_id, moment)
    response = answer(kept, _language(request, kept)) if kept else _none(request, trip_id, moment)
    for name, value in PRIVATE.items():
        response[name] = value
    return response


def _language(request: HttpRequest, kept: Kept) -> str:
    asked: Optional[str] = request.GET.get("lang")
    return asked if asked in LANGUAGES else kept.lang


def _none(request: HttpRequest, trip_id: str, moment: datetime) -> HttpResponse:
    """410 for a trip whose time is over, which is deleted now if nobody has yet; 404 for one that never was."""
    if store().expired(trip_id, moment):
        store().purge(moment)
        return pages.error(request, 410, "expired_trip")
    return pages.error(request, 404, "no_trip")
