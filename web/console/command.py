"""``./run staff …``: invite the first administrator, help those who are locked out."""

from __future__ import annotations

import os
from typing import Any

import click


@click.group()
def staff() -> None:
    """Who may sign in to the staff console."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")
    import django

    django.setup()
    from web.console.accounts import prepare

    prepare()


@staff.command()
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice(["viewer", "editor", "reviewer", "administrator"]),
    help="What they may do. Usually editor; the first of all becomes administrator.",
)
@click.option("--area", "areas", multiple=True, help="province/quang-ninh, place/yen-tu …; without it, everywhere.")
@click.option("--review", is_flag=True, help="What this editor changes waits for a reviewer.")
def invite(email: str, role: str | None, areas: tuple[str, ...], review: bool) -> None:
    """Print a link with which EMAIL joins, or chooses a new password. It works once, for three days."""
    from django.core.exceptions import ValidationError

    from web.console.accounts import HOURS_TO_ACCEPT
    from web.console.accounts import invite as make
    from web.pages.facts import now

    _check_areas(areas)
    known = _account(email)
    role = role or (known.role if known else "editor" if _anybody() else "administrator")
    try:
        token = make(
            email, role, areas or (known.areas if known else ()), now(), review or bool(known and known.needs_review)
        )
    except ValidationError:
        raise click.BadParameter(f"'{email}' is no e-mail address") from None
    click.echo(f"{_address()}/console/invitation/{token}\nFor {email} as {role}, once, within {HOURS_TO_ACCEPT} hours.")


def _account(email: str) -> Any:
    from web.console.models import Account

    return Account.objects.filter(email=email.strip().lower()).first()


def _anybody() -> bool:
    from web.console.models import Account

    return Account.objects.exists()


def _check_areas(areas: tuple[str, ...]) -> None:
    from guide.refs import Ref
    from web.console.page import site

    for area in areas:
        kind, _, id_ = area.partition("/")
        if kind not in ("province", "place") or not site().find(Ref(kind, id_)):
            raise click.BadParameter(f"'{area}' is no province or place: write province/quang-ninh or place/yen-tu")


def _address() -> str:
    from django.conf import settings

    return settings.PUBLIC_URL or f"http://localhost:{os.environ.get('TRUC_WEB_PORT', '8000')}"


@staff.command("list")
def list_() -> None:
    """Who may sign in, as what, and since when they last did."""
    from web.console.models import Account

    for account in Account.objects.order_by("email"):
        state = "" if account.is_active else ", closed"
        seen = f"{account.last_login:%Y-%m-%d}" if account.last_login else "never"
        areas = ", ".join(account.areas) or "everywhere"
        click.echo(f"{account.email}  {account.role}{state}  {areas}  signed in: {seen}")


@staff.command("forget-phone")
@click.argument("email")
def forget_phone(email: str) -> None:
    """Take the second step off EMAIL, whose phone is lost. An administrator must set up a new one at the next visit."""
    from web.console.views.account import forget_second_step

    account = _account(email)
    if account is None:
        raise click.BadParameter(f"nobody signs in as '{email}'")
    forget_second_step(account)
    click.echo(f"{account.email} signs in with the password alone next time.")
