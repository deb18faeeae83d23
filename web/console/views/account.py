"""One's own account: password and second step."""

from __future__ import annotations

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from web.console.forms import ChangePassword, Code
from web.console.middleware import before_second_step
from web.console.models import Account
from web.console.page import page, tell

SPARE_CODES = 8


@sensitive_post_parameters("present", "new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Change the password; other sessions of the account end with it."""
    form = ChangePassword(request.lang, request.POST or None)
    form.owner = request.user
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["new_password"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        tell(request, "account.password_changed")
        return redirect("console:account")
    return page(request, "account", form=form, has_second_step=user_has_device(request.user))


@before_second_step
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_second_step(request: HttpRequest) -> HttpResponse:
    """Scan the code, type what the phone shows, keep the spare codes. Whoever has a second step must have passed it."""
    if user_has_device(request.user):
        return redirect("console:account" if request.user.is_verified() else "console:second-step")
    device, _ = TOTPDevice.objects.get_or_create(user=request.user, confirmed=False, defaults={"name": "phone"})
    form = Code(request.lang, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            device.confirmed = True
            device.save()
            otp_login(request, device)
            return page(request, "spare_codes", codes=_spare_codes(request.user))
        form.add_wrong("code", "mistake.code")
    picture = segno.make(device.config_url).svg_inline(scale=5, border=2, omitsize=True, svgclass="qr", lineclass=None)
    return page(request, "set_up_second_step", form=form, picture=mark_safe(picture), key=_grouped(device))


def _grouped(device: TOTPDevice) -> str:
    """The key for typing in by hand, in groups of four."""
    from base64 import b32encode

    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def _spare_codes(user: Account) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="spare codes")
    codes = [StaticToken.random_token() for _ in range(SPARE_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@require_POST
def end_second_step(request: HttpRequest) -> HttpResponse:
    """Do without it again (a new phone); an administrator is led to set a new one up at once."""
    forget_second_step(request.user)
    tell(request, "account.second_step_ended")
    return redirect("console:account")


def forget_second_step(user: Account) -> None:
    """Take away the phone and the spare codes of an account."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
