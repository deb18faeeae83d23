"""The views: choose the language, find the page, answer it from the cache when no fact has changed."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, Callable, Optional
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from guide.sitedb import SiteDbError
from guide.trips import qr
from web.pages import embed as embed_page
from web.pages import home as home_page
from web.pages import place as place_page
from web.pages import privacy as privacy_page
from web.pages.facts import now, remembered, site
from web.pages.words import DEFAULT_LANGUAGE, LANGUAGES

COOKIE = "truc_lang"
BROKEN_PAGE = Path(__file__).with_name("broken.html")
logger = logging.getLogger(__name__)


def absolute_maker(request: HttpRequest) -> Callable[[str], str]:
    """Makes a path a full address: of the configured public site, else of the host that was asked."""
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return lambda path: f"{base}{path}"


def preferred_language(request: HttpRequest) -> str:
    """The language chosen before (cookie), else the best of Accept-Language, else Vietnamese."""
    if request.COOKIES.get(COOKIE) in LANGUAGES:
        return request.COOKIES[COOKIE]
    wishes = []
    for order, item in enumerate(request.headers.get("Accept-Language", "").split(",")[:20]):
        code, _, weight = item.strip().partition(";q=")
        wishes.append((-_weight(weight), order, code[:2].lower()))
    return next((code for rank, _, code in sorted(wishes) if rank < 0 and code in LANGUAGES), DEFAULT_LANGUAGE)


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


@require_safe
def choose_language(request: HttpRequest, place_id: str = "", page: str = "home") -> HttpResponse:
    """Send ``/``, ``/embed`` and ``/<place>`` to the visitor's language, keeping the query."""
    lang = preferred_language(request)
    if place_id and place_page.find_place(site(), place_id) is None:
        return not_found(request)
    target = home_page.place_url(place_id, lang) if place_id else reverse(page, args=[lang])
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"{target}?{quote(query, safe='=&%+')}" if query else target)
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def add_slash(request: HttpRequest, lang: str) -> HttpResponse:
    """``/vi`` is ``/vi/``."""
    return HttpResponsePermanentRedirect(reverse("home", args=[lang]))


@require_safe
def home(request: HttpRequest, lang: str) -> HttpResponse:
    """The page about the heritage complex."""
    return _page(
        request, lang, "pages/home.html", lambda absolute: home_page.context(site(), lang, now().date(), absolute)
    )


@require_safe
def place(request: HttpRequest, lang: str, place_id: str) -> HttpResponse:
    """The page of one place."""
    here = place_page.find_place(site(), place_id)
    if here is None:
        return not_found(request)
    return _page(
        request,
        lang,
        "pages/place.html",
        lambda absolute: place_page.context(site(), here, lang, now().date(), absolute),
    )


def _page(
    request: HttpRequest, lang: str, template: str, context: Callable[[Callable[[str], str]], dict[str, Any]]
) -> HttpResponse:
    absolute = absolute_maker(request)

    def make() -> bytes:
        values = {**common(request, lang), **context(absolute)}
        return render_to_string(template, values).encode()

    response = HttpResponse(remembered((request.path, absolute(""), now().date()), make))
    response["Content-Language"] = lang
    response["Cache-Control"] = "public, max-age=60"
    return response


def common(request: HttpRequest, lang: str) -> dict[str, Any]:
    """What every page's template needs."""
    absolute = absolute_maker(request)
    rest = request.path.split("/", 2)[-1]
    return {
        "lang": lang,
        "canonical": absolute(request.path),
        "versions": [(code, absolute(f"/{code}/{rest}")) for code in LANGUAGES],
        "picture": absolute(static("pages/share.png")),
        "bot_url": settings.BOT_URL,
        "privacy_path": privacy_page.path(lang),
        "zalo_code": settings.ZALO_CODE,
    }


@require_safe
def embed(request: HttpRequest, lang: str) -> HttpResponse:
    """How to put the widget on another site."""

    def context(absolute: Callable[[str], str]) -> dict[str, Any]:
        return {**embed_page.context(absolute), "places": site().places(heritage=True)}

    return _page(request, lang, "pages/embed.html", context)


@require_safe
def privacy(request: HttpRequest, lang: str) -> HttpResponse:
    """What is kept of a visitor. Another language's word in the address leads to this one's."""
    if request.path != privacy_page.path(lang):
        return HttpResponsePermanentRedirect(privacy_page.path(lang))
    return _page(request, lang, "pages/privacy.html", privacy_page.context)


@require_safe
def scanned(request: HttpRequest, place_id: str) -> HttpResponse:
    """Where a place's QR code leads: its page in the visitor's language, with the chat open."""
    if place_page.find_place(site(), place_id) is None:
        return not_found(request)
    target = home_page.place_url(place_id, preferred_language(request))
    response = HttpResponseRedirect(f"{target}?chat=open")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def qr_code(request: HttpRequest, place_id: str) -> HttpResponse:
    """A place's QR code, to be printed and put up there."""
    here = place_page.find_place(site(), place_id)
    if here is None:
        return not_found(request)
    address = absolute_maker(request)(reverse("scanned", args=[place_id]))
    response = HttpResponse(qr.svg(address, here.name.in_(DEFAULT_LANGUAGE)), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def photo(request: HttpRequest, file: str) -> HttpResponse:
    """A picture that staff have sent, made anew from its pixels; its name changes with it, so it may be kept."""
    path = Path(settings.PHOTOS) / f"{file}.jpg"
    if not re.fullmatch(r"[0-9a-f]{32}(-card)?", file) or not path.is_file():
        return not_found(request)
    response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; here is the map of it."""
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {absolute_maker(request)(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages in all languages, each naming its other versions."""
    absolute = absolute_maker(request)

    def make() -> bytes:
        rests = ["", *(found.id for found in site().all("place"))]
        pages = [[(code, absolute(f"/{code}/{rest}")) for code in LANGUAGES] for rest in rests]
        pages.append([(code, absolute(privacy_page.path(code))) for code in LANGUAGES])
        return render_to_string("pages/sitemap.xml", {"pages": pages}).encode()

    return HttpResponse(remembered(("sitemap", absolute("")), make), content_type="application/xml")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while the site database can be read, else 503."""
    try:
        return JsonResponse({"status": "ok", "places": len(site().all("place"))})
    except SiteDbError as problem:
        logger.error("%s", problem)
        return JsonResponse({"status": "the site database cannot be read"}, status=503)


@require_safe
def zalo_verifier(request: HttpRequest, code: str) -> HttpResponse:
    """The file by which Zalo sees that the domain is ours; 404 for any other code than the one that is set."""
    if not settings.ZALO_CODE or code != settings.ZALO_CODE:
        return not_found(request)
    return HttpResponse(render_to_string("pages/zalo_verifier.html", {"zalo_code": settings.ZALO_CODE}))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here whatever the page says."""
    return HttpResponsePermanentRedirect(static("pages/mark.svg"))


def error(request: HttpRequest, status: int, name: str) -> HttpResponse:
    """A page that says, in both languages, why there is none."""
    first = request.GET.get("lang") or request.path.split("/")[1]
    lang = first if first in LANGUAGES else preferred_language(request)
    ordered = sorted(LANGUAGES, key=lambda code: (code != lang, code))
    return render(
        request, "pages/error.html", {"lang": lang, "languages": ordered, "name": name, "status": status}, status=status
    )


def not_found(request: HttpRequest, exception: Optional[Exception] = None) -> HttpResponse:
    """404, in both languages: the address does not say which one the visitor reads."""
    return error(request, 404, "not_found")


def bad_request(request: HttpRequest, exception: Optional[Exception] = None) -> HttpResponse:
    """400, in both languages."""
    return error(request, 400, "bad_request")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in both languages: a plain file, since the database or the templates may be what is broken."""
    return HttpResponse(BROKEN_PAGE.read_bytes(), status=500)
