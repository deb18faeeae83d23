"""``python -m web --port 8000``: serve the pages and the widget with waitress."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
import waitress


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="TRUC_WEB_PORT",
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option("--host", envvar="TRUC_WEB_HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    envvar="TRUC_WEB_THREADS",
    default=4,
    show_default=True,
    help="Requests answered at once.",
)
def main(port: int, host: str, threads: int) -> None:
    """Serve the public pages of Trúc."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")
    from web.wsgi import application  # after the settings are named

    _check()
    _forget()
    _prepare_accounts()
    _keep_hours()
    try:
        server = waitress.create_server(
            application, host=host, port=port, threads=threads, ident=None, **_behind_a_proxy()
        )
    except OSError as problem:
        sys.exit(f"The web server cannot listen on {host}:{port}: {problem.strerror}. Choose another port with --port.")
    click.echo(f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/")
    server.run()


def _behind_a_proxy() -> dict[str, Any]:
    """Where TLS ends at a proxy (TRUC_WEB_HTTPS), what it says of how it was reached counts; nobody else reaches us."""
    from django.conf import settings

    trusted = {"trusted_proxy": "*", "trusted_proxy_headers": {"x-forwarded-proto"}}
    return trusted if settings.SECURE_PROXY_SSL_HEADER else {}


def _check() -> None:
    """Make the home pages once: a broken database or template is found now, and the first visitor need not wait."""
    from django.conf import settings
    from django.test import RequestFactory

    from guide.sitedb import SiteDbError
    from web.pages.views import home
    from web.pages.words import LANGUAGES

    try:
        for lang in LANGUAGES:
            home(RequestFactory(headers={"host": settings.ALLOWED_HOSTS[0].lstrip("*.")}).get(f"/{lang}/"), lang)
    except SiteDbError as problem:
        sys.exit(str(problem))


def _forget() -> None:
    """Delete the trips whose time is over. A store that cannot be used is no reason to show no pages."""
    from guide.trips.store import TripStoreBroken
    from web.pages.facts import now
    from web.trips.views import store

    try:
        store().purge(now())
    except TripStoreBroken as problem:
        click.echo(str(problem), err=True)


def _prepare_accounts() -> None:
    """Bring the console's accounts up to date. A store that cannot be used is no reason to show no pages."""
    from django.db import DatabaseError

    from web.console.accounts import prepare

    try:
        prepare()
    except (DatabaseError, OSError) as problem:
        click.echo(f"The staff console cannot be used: {problem}", err=True)


def _keep_hours() -> None:
    """Publish the console's drafts at their hour, as long as this server runs, beginning with what it missed."""
    from web.console.schedule import start

    start()


if __name__ == "__main__":
    main()
