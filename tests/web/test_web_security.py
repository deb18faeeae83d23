"""Headers, hosts, methods, and text that staff or an attacker has filled with markup."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client

from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.reading import Page, Visit
from web.secret import secret_key
from web.security import content_security_policy

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


@pytest.mark.parametrize("address", ["/vi/", "/en/yen-tu", "/vi/nowhere", "/robots.txt", "/widget.js", "/healthz"])
def test_every_answer_carries_the_headers(visit: Visit, address: str) -> None:
    headers = visit(address).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_policy_lets_the_widget_reach_the_bot_and_nothing_else() -> None:
    policy = dict(rule.split(" ", 1) for rule in content_security_policy("https://bot.example.vn").split("; "))
    assert policy["connect-src"] == "'self' https://bot.example.vn wss://bot.example.vn"
    assert "unsafe" not in str(policy)
    assert policy["require-trusted-types-for"] == "'script'"


def test_pages_hold_no_inline_script_style_or_foreign_address(visit: Visit, lang: str) -> None:
    page = Page(visit(f"/{lang}/").content.decode())
    assert [
        script for script in page.of("script") if "src" not in script and script["type"] != "application/ld+json"
    ] == []
    assert page.of("style") == []
    assert [
        (tag, values) for tag, values in page.elements if "style" in values or any(n.startswith("on") for n in values)
    ] == []
    loaded = [values.get("src") for tag, values in page.elements if "src" in values]
    loaded += [link["href"] for link in page.of("link") if link["rel"] in ("icon", "stylesheet")]
    assert all(address.startswith("/") for address in loaded)


def test_markup_in_a_fact_is_only_text(visit_fresh: Visit, fresh_site: SiteDb, lang: str) -> None:
    ref = Ref("place", "chua-dong")
    with fresh_site.acting("test"):
        for field in ("name", "summary", "address", "hours_note"):
            fresh_site.set(ref, field, EVIL, lang=lang)
    for address in (f"/{lang}/chua-dong", f"/{lang}/"):
        page = Page(visit_fresh(address).content.decode())
        assert page.mistakes == []
        assert not [values for _, values in page.elements if "onerror" in values]
        assert len([script for script in page.of("script") if "src" not in script]) == 1, "the JSON-LD alone"
        assert EVIL in page.said(lang)


def test_unknown_hosts_get_a_plain_refusal(visit: Visit) -> None:
    answer = visit("/vi/", host="evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_for_reading(visit: Visit, method: str) -> None:
    assert getattr(Client(headers={"host": "localhost"}), method)("/vi/").status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/vi/../../etc/passwd", id="climbing-out"),
        pytest.param("/static/../settings.py", id="static-climbing-out"),
        pytest.param("/vi/%00", id="null-byte"),
        pytest.param("/vi/%ff%fe", id="broken-utf-8"),
        pytest.param("/vi/chua-dong'--", id="sql"),
        pytest.param("/" + "a" * 5000, id="very-long"),
    ],
)
def test_odd_addresses_are_just_not_there(visit: Visit, address: str) -> None:
    assert visit(address).status_code == 404


def test_redirects_stay_on_this_site(visit: Visit) -> None:
    two_slashes = Client(headers={"host": "localhost"}).get("/", PATH_INFO="//evil.example/vi/")
    assert two_slashes.status_code == 404
    assert visit("/?next=https://evil.example", lang="en")["Location"].startswith("/en/?")


def test_a_fault_shows_no_trace(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.views.home_page.context", lambda *_: 1 / 0)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    monkeypatch.setattr("web.pages.facts._pages._kept", type(client.cookies)())
    answer = client.get("/vi/")
    page = Page(answer.content.decode())
    assert answer.status_code == 500
    assert page.mistakes == []
    assert "ZeroDivisionError" not in answer.content.decode()
    assert page.said("vi") and page.said("en")


def test_the_secret_key_is_made_once_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUC_SECRET_KEY")
    file = tmp_path / "var" / "key"
    key = secret_key(file)
    assert len(key) >= 50 and secret_key(file) == key
    assert os.stat(file).st_mode & 0o077 == 0
    assert list(file.parent.iterdir()) == [file]
