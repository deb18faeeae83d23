"""What the commands of ``./run facts`` share: the database, who acts, what was typed as values and references."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Callable, Iterator

import click

from guide.refs import KINDS, Ref
from guide.sitedb import SiteDb, SiteDbError, default_path
from guide.sitedb import fields as f
from guide.sitedb import values as v
from guide.sitedb.tables import TABLES
from guide.text import fold


class Failure(click.ClickException):
    """An error in a sentence, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Write the sentence to the error stream, without click's "Error:" before it."""
        click.echo(self.format_message(), err=True)


@contextmanager
def explained() -> Iterator[None]:
    """Errors of the database as a sentence."""
    try:
        yield
    except SiteDbError as error:
        raise Failure(str(error)) from error


def database(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says which database."""
    shown = "The site database (environment TRUC_SITE_DB, else var/site.db)."
    return click.option(
        "--db", type=click.Path(path_type=Path), default=default_path, envvar="TRUC_SITE_DB", help=shown
    )(function)


def actor_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says who makes the change."""
    who = click.option("--actor", default=_login, help="Who makes the change, for the history (your login name).")
    return who(database(function))


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may have no user of that number
        return "command line"


@contextmanager
def writing(db: Path, actor: str) -> Iterator[SiteDb]:
    """The database, while ``actor`` changes it."""
    with explained():
        site = SiteDb.open(db, writable=True)
        try:
            with site.acting(actor, date.today()):
                yield site
        finally:
            site.close()


@contextmanager
def reading(db: Path) -> Iterator[SiteDb]:
    """The database, to look things up."""
    with explained():
        site = SiteDb.open(db)
        try:
            yield site
        finally:
            site.close()


def resolve(site: SiteDb, text: str) -> str:
    """A reference from what was typed: place/chua-dong, chua-dong, or a name; Failure when none or several fit."""
    kind, slash, key = text.partition("/")
    if slash and (kind in KINDS or kind in f.TEXTS):
        return text
    found = [str(ref) for kind in (*KINDS, "province") if site.find(ref := Ref(kind, text))]
    found = found or sorted({str(name.ref) for name in site.names() if fold(name.text) == fold(text)})
    if len(found) == 1:
        return found[0]
    raise Failure(f"'{text}' may be {', '.join(found)}: say which" if found else f"The site database knows no '{text}'")


def from_text(ref: str, field: str, text: str) -> Any:
    """What was typed as the field's kind of value: numbers, yes and no; lists are separated by commas."""
    target = f.target(ref)
    if target is None:
        return text
    if field in f.LISTS.get(target.kind, {}):
        return [part.strip() for part in text.split(",") if part.strip()]
    column = TABLES[target.table].columns.get(field) if target.table else None
    if column is None or field in f.TEXTS[target.kind]:
        return text
    if column.kind is v.Bool:
        return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(text.lower(), text)
    if column.sql_type in ("INTEGER", "REAL"):
        return _number(text, int if column.sql_type == "INTEGER" else float)
    return text


def _number(text: str, kind: Callable[[str], Any]) -> Any:
    try:
        return kind(text)
    except ValueError:
        return text  # the check explains what to write
