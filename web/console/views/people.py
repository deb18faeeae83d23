"""Who works with the console: for administrators."""

from __future__ import annotations

from functools import wraps
from typing import Any, Callable

from axes.models import AccessAttempt, AccessLog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from web.console import accounts
from web.console.forms import Invite
from web.console.models import Account, Invitation
from web.console.page import page, site, tell
from web.console.views.account import forget_second_step
from web.pages.facts import now
from web.pages.views import absolute_maker

View = Callable[..., HttpResponse]
SIGN_INS_SHOWN = 30


def administrators_only(view: View) -> View:
    """Others get 403. That they have passed the second step is seen to by the middleware."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, and a form to invite one more: its link is shown once."""
    areas = area_choices(request.lang)
    form, link = Invite(request.lang, areas, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        token = accounts.invite(told["email"], told["role"], told["areas"], now(), told["needs_review"])
        link = absolute_maker(request)(reverse("console:invitation", args=[token]))
    names = dict(areas)
    staff = [(each, [names.get(area, area) for area in each.areas]) for each in Account.objects.order_by("name")]
    return page(
        request,
        "people",
        form=form,
        link=link,
        invited_email=form.data.get("email"),
        staff=staff,
        waiting=Invitation.objects.filter(used=None, expires__gt=now()).order_by("expires"),
        sign_ins=AccessLog.objects.order_by("-attempt_time")[:SIGN_INS_SHOWN],
        failures=AccessAttempt.objects.order_by("-attempt_time")[:SIGN_INS_SHOWN],
    )


def area_choices(lang: str) -> list[tuple[str, str]]:
    """The areas that an editor can be given: provinces with places, former ones too, and the main sites."""
    known = site()
    provinces = [each for each in known.provinces() if each.level == "province" and known.places(province=each.id)]
    sites = [place for place in known.places() if known.children(place.id)]
    return [(str(each.ref), each.name.in_(lang)) for each in (*provinces, *sites)]


@administrators_only
@require_POST
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody in or not, forget their lost phone, have their changes reviewed. Not for one's own account."""
    account = get_object_or_404(Account, pk=number)
    if account == request.user:
        raise PermissionDenied
    action = request.POST.get("action")
    if action in ("close", "open"):
        Account.objects.filter(pk=number).update(is_active=action == "open")
        Invitation.objects.filter(email=account.email).delete()  # a link still out there would open it again
        tell(request, f"people.done_{action}", name=account.name)
    elif action in ("review", "trust"):
        Account.objects.filter(pk=number).update(needs_review=action == "review")
        tell(request, f"people.done_{action}", name=account.name)
    elif action == "forget":
        forget_second_step(account)
        tell(request, "people.forgotten", name=account.name)
    return redirect("console:people")
