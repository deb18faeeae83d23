"""Django's middleware for the console's addresses alone: public pages need neither sessions nor accounts."""

from __future__ import annotations

from typing import Any, Callable, Optional

from axes.middleware import AxesMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils import translation
from django_otp import user_has_device
from django_otp.middleware import OTPMiddleware

from web.console.words import DEFAULT_LANGUAGE, LANGUAGES

ROOT = "/console"
LANGUAGE_COOKIE = "truc_console_lang"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # Django's CSRF check needs the referrer over https
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


def is_console(request: HttpRequest) -> bool:
    """Whether the address is one of the console's."""
    return request.path == ROOT or request.path.startswith(f"{ROOT}/")


class _ConsoleOnly:
    """Lets every other address pass by the middleware it is mixed into."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if is_console(request) else self.get_response(request)  # type: ignore[misc]

    def process_view(self, request: HttpRequest, *view: Any) -> Any:
        """The other middleware's own check, for the console's addresses."""
        inner = getattr(super(), "process_view", None)
        return inner(request, *view) if inner and is_console(request) else None


class Sessions(_ConsoleOnly, SessionMiddleware):
    """Who has signed in."""


class Csrf(_ConsoleOnly, CsrfViewMiddleware):
    """Forms come from our own pages."""


class Authentication(_ConsoleOnly, AuthenticationMiddleware):
    """``request.user``."""


class SecondFactor(_ConsoleOnly, OTPMiddleware):
    """``request.user.is_verified()``."""


class SignInRequired(_ConsoleOnly, LoginRequiredMiddleware):
    """Every address of the console, unless its view says otherwise."""


class Messages(_ConsoleOnly, MessageMiddleware):
    """What happened, told on the next page."""


class LockOut(_ConsoleOnly, AxesMiddleware):
    """Too many wrong passwords."""


class Console:
    """The console's headers and language; and nobody goes past the second step who has one or must have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language, with headers of the console's own."""
        if not is_console(request):
            return self.get_response(request)
        request.lang = _language(request)  # type: ignore[attr-defined]
        with translation.override(request.lang):  # type: ignore[attr-defined]
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> Optional[HttpResponse]:
        """To the second step first, unless the page is part of getting there."""
        if not is_console(request) or not request.user.is_authenticated or request.user.is_verified():
            return None
        if getattr(view, "before_second_step", False):
            return None
        if user_has_device(request.user):
            return redirect("console:second-step")
        return redirect("console:set-up-second-step") if request.user.is_administrator else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> Optional[HttpResponse]:
        """A form whose changes wait leads to where they do."""
        from web.console.drafting import KeptAsDraft  # needs the applications, which are not there yet above
        from web.console.page import tell

        if not isinstance(exception, KeptAsDraft):
            return None
        tell(request, exception.phrase)
        return redirect("console:draft", exception.number)


def before_second_step(view: Any) -> Any:
    """A view that is open to people who have given their password only."""
    view.before_second_step = True
    return view


def _language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    if chosen not in LANGUAGES and request.user.is_authenticated:
        chosen = request.user.lang
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
