"""``./run facts add …``: every kind of subject and statement by its sheet's keys; having back what was."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Mapping, Optional

import click

from guide.sitedb import fields as f
from guide.sitedb import parts
from guide.sitedb.cli_common import Failure, actor_option, database, explained, from_text, reading, resolve, writing
from guide.sitedb.database import SiteDb
from guide.sitedb.printing import VIET_NAM, in_full
from guide.sitedb.sheets import ALIASES
from guide.sitedb.tables import TABLE_OF_KIND
from guide.sitedb.writes import ADD, Write, apply

KINDS = (*TABLE_OF_KIND, *f.STATEMENTS, f.SOURCE)


def _values(kind: str, given: tuple[str, ...]) -> Mapping[str, Any]:
    """``name.vi=Hội X`` as a sheet's value; several names are separated by semicolons, rows are JSON."""
    found = {}
    for each in given:
        key, equals, text = each.partition("=")
        name = key.partition(".")[0]
        if not equals or name not in (*f.known(kind), ALIASES, parts.SOURCES):
            raise Failure(f"'{each}' is no value of {kind}: write key=value; keys: {', '.join(f.known(kind))}")
        found[key] = value_of(kind, key, text)
    return found


def value_of(kind: str, key: str, text: str) -> Any:
    """What was typed for a key of a sheet of this kind."""
    name = key.partition(".")[0]
    if name in f.PARTS.get(kind, {}):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise Failure(f'{key}: write rows as JSON, such as [{{"month": 1, "day": 10}}] ({error})') from error
    if name == ALIASES or parts.is_part(kind, key):
        return [part.strip() for part in text.split(";") if part.strip()]
    return from_text(f"{kind}/0", key, text)


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("values", nargs=-1, required=True)
@click.option("--id", "id_", help="The id of a new subject or source: small letters, digits and hyphens.")
@click.option("--about", help="The subject that a statement is about; without it, everything.")
@actor_option
def add(kind: str, values: tuple[str, ...], id_: Optional[str], about: Optional[str], db: Path, actor: str) -> None:
    """Add anything: facts add festival --id hoi-x name.vi="Hội X" name.en="X Festival" month=1 day=10 lunar=yes."""
    statement = kind in f.STATEMENTS
    if not statement and not id_:
        raise click.UsageError("Give it an id: --id hoi-x")
    with writing(db, actor) as site:
        subject = (resolve(site, about) if about else None) if statement else f"{kind}/{id_}"
        (ref,) = apply(site, [Write(ADD, subject, _values(kind, values), kind if statement else "")])
        click.echo(f"{ref}: added.")


@click.command()
@click.argument("subject")
@click.argument("moment")
@actor_option
def restore(subject: str, moment: str, db: Path, actor: str) -> None:
    """Make a subject what it was at a moment of Việt Nam's time: facts restore yen-tu "2026-11-24 09:30"."""
    try:
        at = datetime.fromisoformat(moment).replace(tzinfo=VIET_NAM)
    except ValueError:
        raise Failure(f"'{moment}' is no moment: write it as 2026-11-24 09:30") from None
    with explained():
        site = SiteDb.open(db, writable=True)
        try:
            ref = resolve(site, subject)
            click.echo(f"{ref}: {site.restore(ref, at, actor)} rows are as they were.")
        finally:
            site.close()


@click.command()
@click.option("--limit", default=20, show_default=True, help="How many, newest first.")
@database
def deleted(limit: int, db: Path) -> None:
    """List what was deleted and can be had back with facts revert."""
    with reading(db) as site:
        for each in site.deleted(limit):
            name = each.name.get("vi") or each.change.row_key
            rows = sum(each.rows.values())
            click.echo(f"{each.change.id:>5}  {each.change.actor}  {each.change.row_key} ({name}), {rows} rows")


@click.command()
@click.argument("subject")
@database
def sheet(subject: str, db: Path) -> None:
    """Show everything that can be set of a subject, statement or source, by its key."""
    with reading(db) as site:
        found = site.sheet(resolve(site, subject))
        for key, value in {**found.values, **found.sources}.items():
            click.echo(f"{key}: {json.dumps(value, ensure_ascii=False) if isinstance(value, list) else in_full(value)}")


COMMANDS = (add, restore, deleted, sheet)
