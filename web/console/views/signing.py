"""Coming in and going out: password, second step, invitations."""

from __future__ import annotations

from typing import Any, Optional

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login
from django_otp import match_token

from web.console import accounts
from web.console.forms import Code, Join, SignIn
from web.console.middleware import LANGUAGE_COOKIE, ROOT, before_second_step
from web.console.models import Account
from web.console.page import page, tell
from web.console.words import LANGUAGES
from web.pages.facts import now

A_YEAR = 365 * 24 * 3600


@login_not_required
@before_second_step
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Address and password. A wrong one does not tell which of the two was wrong."""
    form = SignIn(request.lang, request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
        user = authenticate(request, email=email, password=password)
        if user is not None:
            login(request, user)
            return redirect(_next(request))
        form.add_wrong(None, "mistake.sign_in")
    return page(request, "sign_in", form=form, next=_next(request))


def _next(request: HttpRequest) -> str:
    """The page that was asked for before signing in, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if fine and wanted.startswith(f"{ROOT}/") else f"{ROOT}/"


def locked_out(request: HttpRequest, response: Optional[HttpResponse], credentials: Any = None) -> HttpResponse:
    """Told instead of the sign-in form while an address is locked."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return page(request, "locked", status=429, minutes=minutes)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of our own pages: too old, or from elsewhere."""
    return page(request, "stale", status=403)


@before_second_step
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("console:sign-in")


@before_second_step
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the phone's app, or a spare code. Wrong ones make the next wait longer."""
    form = Code(request.lang, request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(request.user, form.cleaned_data["code"])
        if device is not None:
            otp_login(request, device)
            return redirect(_next(request))
        form.add_wrong("code", "mistake.code")
    return page(request, "second_step", form=form, next=_next(request))


@login_not_required
@before_second_step
@sensitive_post_parameters("new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join, or choose a new password, with a link that works once."""
    found = accounts.find_invitation(token, now())
    if found is None:
        return page(request, "invitation_over", status=410)
    owner = accounts.existing(found) or Account(email=found.email)
    form = Join(request.lang, request.POST or None, initial={"full_name": owner.name})
    form.owner = owner
    if request.method == "POST" and form.is_valid():
        account = accounts.accept(found, form.cleaned_data["full_name"], form.cleaned_data["new_password"], now())
        if account is None:
            return page(request, "invitation_over", status=410)
        logout(request)  # somebody else may be signed in here
        tell(request, "sign_in.joined")
        return redirect("console:sign-in")
    return page(request, "invitation", form=form, invitation=found, again=bool(owner.pk))


@login_not_required
@before_second_step
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the console in another language, here and wherever the person signs in."""
    code = request.POST.get("lang", "")
    response = HttpResponseRedirect(_next(request))
    if code in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, code, A_YEAR, path=ROOT, httponly=True, samesite="Lax")
        if request.user.is_authenticated:
            Account.objects.filter(pk=request.user.pk).update(lang=code)
    return response


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Told where the reader may not go."""
    return page(request, "forbidden", status=403)
