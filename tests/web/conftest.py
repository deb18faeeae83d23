"""Django set up once, and a visitor whose pages come from the test database at the tests' moment."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "web.settings"
os.environ["TRUC_SECRET_KEY"] = "only for tests"
os.environ["TRUC_ACCOUNTS_DB"] = os.path.join(tempfile.mkdtemp(prefix="truc-"), "accounts.db")
os.environ["TRUC_BOT_URL"] = "https://bot.example.vn"

import django
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from guide.sitedb import SiteDb
from tests.web.reading import Visit
from web.pages.words import LANGUAGES

# Django's own set-up of logging ends the handlers that are there; absl's, which comes with TensorFlow, then closes the
# stream it was made with, and in a session that has collected the bot's tests before that stream is pytest's own.
settings.LOGGING_CONFIG = None
django.setup()


@pytest.fixture
def visit(site_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """``visit("/vi/", lang="en", cookies={…})`` → the answer, read from the shipped facts."""
    yield from _visitor(site_path, now, monkeypatch)


@pytest.fixture
def visit_fresh(fresh_site: SiteDb, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """The same over a database of the test's own, which it may change."""
    yield from _visitor(fresh_site.path, now, monkeypatch)


def _visitor(path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    monkeypatch.setattr("web.pages.views.now", lambda: now)

    def get(address: str, lang: str = "", cookie: str = "", host: str = "localhost") -> HttpResponse:
        client = Client(headers={"host": host, **({"accept-language": lang} if lang else {})})
        if cookie:
            client.cookies["truc_lang"] = cookie
        return client.get(address)

    with override_settings(SITE_DB=path):
        yield get


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    """Each language of the pages in turn."""
    return str(request.param)
