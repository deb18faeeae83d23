"""The console with accounts of the test's own, over a copy of the site database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django_otp.plugins.otp_totp.models import TOTPDevice

from guide.sitedb import SiteDb
from guide.visits import Visits
from web.console.accounts import prepare
from web.console.models import Account

PASSWORD = "một câu dài dễ nhớ"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SignedIn = Callable[..., Client]


@pytest.fixture(scope="session")
def accounts_db() -> None:
    """The accounts' database, made as the server makes it."""
    prepare()


@pytest.fixture
def site_db(fresh_site: SiteDb, visits: Visits, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteDb]:
    """What the console writes to and the pages read, at the tests' moment."""
    monkeypatch.setattr("web.pages.facts.now", lambda: now)
    views = ("signing", "people", "facts", "places", "work", "review", "numbers", "sheets")
    for module in (*(f"views.{view}" for view in views), "editing", "trying", "drafting", "badges"):
        monkeypatch.setattr(f"web.console.{module}.now", lambda: now)
    monkeypatch.setattr("web.console.templatetags.console.now", lambda: now)
    with override_settings(SITE_DB=fresh_site.path, VISITS_URL=visits.store.url, PASSWORD_HASHERS=QUICK):
        yield fresh_site


@pytest.fixture
def running_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that takes every question for one about prices of the place it names, and shows answers as the real one."""
    from bot.channels.staff.looks import looks

    def asked(what: str, body: Any) -> Any:
        if what == "render":
            return {"looks": [looks(reply) for reply in body["replies"]]}
        if what == "alike":
            return {"alike": [[0, 1]] if len(body["texts"]) > 1 else []}
        return {"parsed": [{"text": text, "intent": {"name": "ask_price"}, "entities": []} for text in body["texts"]]}

    monkeypatch.setattr("web.console.bot._asked", asked)
    monkeypatch.setattr("web.console.inbox._ask_again", 0.0)


@pytest.fixture
def anonymous(accounts_db: None, site_db: SiteDb) -> Iterator[Client]:
    """A browser in which nobody has signed in. Accounts made in the test are gone after it."""
    with transaction.atomic():
        yield Client(headers={"host": "localhost"})
        transaction.set_rollback(True)


@pytest.fixture
def staff(anonymous: Client) -> Callable[..., Account]:
    """``staff("editor", areas=["place/yen-tu"])`` → an account."""

    def make(role: str, areas: tuple[str, ...] = (), **values: Any) -> Account:
        email = values.pop("email", f"{role}{Account.objects.count()}@example.vn")
        account = Account(email=email, name=values.pop("name", role.title()), role=role, areas=list(areas), **values)
        account.set_password(PASSWORD)
        account.save()
        return account

    return make


@pytest.fixture
def signed_in(staff: Callable[..., Account]) -> SignedIn:
    """``signed_in("editor", areas=["province/quang-ninh"])`` → a browser in which such a one has signed in."""

    def sign_in(role: str, *areas: str, **values: Any) -> Client:
        account = staff(role, areas, **values)
        client = Client(headers={"host": "localhost"})
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        if role == "administrator":
            past_second_step(client, account)
        return client

    return sign_in


def past_second_step(client: Client, account: Account) -> None:
    """As if the account had typed its phone's code."""
    device = TOTPDevice.objects.create(user=account, name="phone", confirmed=True)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
