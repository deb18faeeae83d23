"""No page of the console is open by accident: every address, by the router's own list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.web.console.conftest import SignedIn
from web.console.urls import app_name, urlpatterns

OPEN = {"sign-in", "invitation", "language"}  # to people who have not signed in
ADMINISTRATORS = {"messengers", "people", "person", "undelivered"}
SAMPLES: dict[str, Any] = {"token": "no-such-token", "number": 999}
SAMPLES |= {"kind": "place", "key": "yen-tu", "part": "words", "statement": "notice", "form": "xlsx"}


def address(pattern: URLPattern) -> str:
    """One address of a route, with values that fit its converters."""
    names = pattern.pattern.converters
    return reverse(f"{app_name}:{pattern.name}", kwargs={name: SAMPLES[name] for name in names})


EVERY = [pytest.param(pattern, id=pattern.name) for pattern in urlpatterns]
GUARDED = [pytest.param(pattern, id=pattern.name) for pattern in urlpatterns if pattern.name not in OPEN]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("pattern", GUARDED)
def test_strangers_are_led_to_the_sign_in(anonymous: Client, pattern: URLPattern, method: str) -> None:
    answer = getattr(anonymous, method)(address(pattern))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/console/sign-in?next=")


@pytest.mark.parametrize("pattern", EVERY)
def test_no_form_is_taken_without_the_mark_of_our_own_pages(signed_in: SignedIn, pattern: URLPattern) -> None:
    browser = signed_in("administrator")
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(address(pattern), {"lang": "en"})
    assert answer.status_code == 403
    assert "nút quay lại" in answer.content.decode()


@pytest.mark.parametrize("role", ["viewer", "editor", "reviewer"])
@pytest.mark.parametrize("name", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_people_are_for_administrators(signed_in: SignedIn, role: str, name: str, method: str) -> None:
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    assert getattr(signed_in(role), method)(address(pattern)).status_code == 403


@pytest.mark.parametrize("pattern", EVERY)
def test_an_administrator_without_a_second_step_gets_nowhere(signed_in: SignedIn, pattern: URLPattern) -> None:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    browser = signed_in("administrator")
    TOTPDevice.objects.all().delete()
    answer = browser.get(address(pattern))
    before = {"sign-in", "sign-out", "second-step", "set-up-second-step", "invitation", "language"}
    assert pattern.name in before or answer["Location"] == "/console/account/second-step"


@pytest.mark.parametrize("pattern", EVERY)
def test_headers_of_the_console(signed_in: SignedIn, pattern: URLPattern) -> None:
    headers = signed_in("editor").get(address(pattern)).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'") and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_public_pages_have_neither_sessions_nor_the_consoles_headers(anonymous: Client) -> None:
    answer = anonymous.get("/vi/")
    assert answer.status_code == 200
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
    assert "bot.example.vn" in answer["Content-Security-Policy"] and answer["Cache-Control"] != "no-store"
    assert not hasattr(answer.wsgi_request, "session")


def test_the_console_speaks_vietnamese_unless_asked(signed_in: SignedIn) -> None:
    browser = signed_in("editor")
    assert '<html lang="vi">' in browser.get("/console/").content.decode()
    browser.post("/console/language", {"lang": "en", "next": "/console/account"})
    assert '<html lang="en">' in browser.get("/console/").content.decode()
