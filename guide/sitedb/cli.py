"""The command line over the same calls that everything else uses: ``./run facts …`` and ``./run load``."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Callable, Optional

import click

from guide.refs import Ref
from guide.sitedb import SiteDb, parts
from guide.sitedb import fields as f
from guide.sitedb import values as v
from guide.sitedb.cli_common import Failure, actor_option, database, explained, from_text, reading, resolve, writing
from guide.sitedb.cli_kinds import COMMANDS, value_of
from guide.sitedb.loading import load as load_facts
from guide.sitedb.printing import VIET_NAM, change_line, in_full, subject_lines, title
from guide.visits import Visits, VisitsBroken

FACTS_DIR = Path(__file__).parents[2] / "data" / "facts"


def _words(*names: str, required: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Options for texts in each language: ``--name-vi``, ``--name-en``."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            for lang in reversed(v.LANGUAGES):
                function = click.option(f"--{name}-{lang}", required=required, help=f"The {name}, in language {lang}.")(
                    function
                )
        return function

    return decorate


def _gather(options: dict[str, Any], name: str) -> dict[str, str]:
    """Take ``name_vi`` and ``name_en`` out of the options, as a text in languages."""
    found = {lang: options.pop(f"{name}_{lang}", None) for lang in v.LANGUAGES}
    return {lang: text for lang, text in found.items() if text}


@click.group()
def main() -> None:
    """The site database: load the fact files, look facts up, change them."""


@main.command()
@database
@click.option(
    "--facts-dir", type=click.Path(path_type=Path), default=FACTS_DIR, help="Where the fact files are (data/facts)."
)
@click.option("--overwrite", is_flag=True, help="Give up what staff changed in rows that the files have.")
def load(db: Path, facts_dir: Path, overwrite: bool) -> None:
    """Bring the database up to data/facts: all or nothing, and never over what staff changed unless told so."""
    with explained():
        click.echo(load_facts(facts_dir, db, overwrite))


@main.group()
def facts() -> None:
    """Look facts up and change them. A subject is named by its reference (place/chua-dong), its id or its name."""


@facts.command()
@click.argument("subject")
@click.argument("field", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@database
def get(subject: str, field: Optional[str], as_json: bool, db: Path) -> None:
    """Show what is known about a subject, or one field of it."""
    with reading(db) as site:
        ref = Ref.of(resolve(site, subject))
        record = site.get(ref)
        if field and not hasattr(record, field):
            raise Failure(f"{ref} has no '{field}'; it has {', '.join(vars(record))}")
        if as_json:
            value = getattr(record, field) if field else record
            click.echo(
                json.dumps(
                    asdict(value) if is_dataclass(value) and not isinstance(value, type) else value,
                    ensure_ascii=False,
                    default=str,
                    indent=2,
                )
            )
        elif field:
            click.echo(in_full(getattr(record, field)))
        else:
            click.echo("\n".join(subject_lines(site, record, date.today())))


@facts.command("set")
@click.argument("subject")
@click.argument("field")
@click.argument("value", required=False)
@click.option("--lang", help="The language of a text: vi, en …")
@click.option("--source", help="The id of the source; without it the value is the staff's own.")
@click.option("--unset", is_flag=True, help="Take the value out: it is not known.")
@actor_option
def set_(
    subject: str,
    field: str,
    value: Optional[str],
    lang: Optional[str],
    source: Optional[str],
    unset: bool,
    db: Path,
    actor: str,
) -> None:
    """Set a field: facts set chua-dong hours "Mo-Su 06:00-18:00"; facts set chua-dong summary --lang vi "…"."""
    if (value is None) != unset:
        raise click.UsageError("Give a value, or --unset to take it out.")
    with writing(db, actor) as site:
        ref = resolve(site, subject)
        kind = ref.partition("/")[0]
        if parts.is_part(kind, field):
            key = f"{field}.{lang or ''}" if field in f.LISTED.get(kind, {}) else field
            site.update(ref, {key: None if value is None else value_of(kind, key, value)})
        else:
            site.set(ref, field, None if value is None else from_text(ref, field, value), lang, source)
        click.echo(f"{ref} {field}{f'.{lang}' if lang else ''}: {'taken out' if unset else 'set'}.")


@facts.command()
@click.option("--id", required=True, help="Small letters, digits and hyphens, such as am-hoa.")
@click.option("--kind", required=True, type=click.Choice(v.PLACE_KINDS), help="What it is.")
@click.option("--part-of", help="The id of the place that contains it.")
@click.option("--province", help="The province now, when it is part of no place.")
@click.option("--province-before", help="The province until 30 June 2025.")
@click.option("--lat", type=float, help="Degrees north.")
@click.option("--lon", type=float, help="Degrees east.")
@_words("name", "summary")
@_words("address", required=False)
@actor_option
def add_place(db: Path, actor: str, **options: Any) -> None:
    """Add a place; the bot knows it from the next question on."""
    name, summary, address = (_gather(options, text) for text in ("name", "summary", "address"))
    with writing(db, actor) as site:
        ref = site.add_place(options.pop("id"), options.pop("kind"), name, summary, address=address, **options)
        click.echo(f"{ref}: added. Still unknown: {', '.join(field for _, field in site.missing(ref)) or 'nothing'}.")


@facts.command()
@click.argument("subject")
@click.argument("alias")
@click.option("--lang", default="", help="Its language, if it belongs to one: vi, en …")
@actor_option
def add_alias(subject: str, alias: str, lang: str, db: Path, actor: str) -> None:
    """Add a name that visitors type for a subject."""
    with writing(db, actor) as site:
        ref = resolve(site, subject)
        site.add_alias(ref, alias, lang)
        click.echo(f"{ref}: also known as {alias}.")


@facts.command()
@click.argument("subject")
@click.option("--topic", required=True, type=click.Choice(v.TOPICS), help="What it is about.")
@click.option("--source", help="The id of the source; without it the fact is the staff's own.")
@_words("text")
@actor_option
def add_fact(subject: str, topic: str, source: Optional[str], db: Path, actor: str, **options: Any) -> None:
    """Add a fact about a subject: one idea."""
    with writing(db, actor) as site:
        ref = resolve(site, subject)
        click.echo(f"fact/{site.add_fact(ref, topic, _gather(options, 'text'), source)}: added to {ref}.")


@facts.command()
@click.argument("subject", required=False)
@click.option(
    "--kind",
    type=click.Choice(v.permitted(v.NoticeKind) or ()),
    default="closure",
    show_default=True,
    help="What kind of notice.",
)
@click.option("--from", "starts", help="The first day, YYYY-MM-DD.")
@click.option("--to", "ends", help="The last day, YYYY-MM-DD.")
@_words("text")
@actor_option
def add_notice(
    subject: Optional[str], kind: str, starts: Optional[str], ends: Optional[str], db: Path, actor: str, **options: Any
) -> None:
    """Add a closure or an announcement; without a subject it is about everything."""
    with writing(db, actor) as site:
        ref = resolve(site, subject) if subject else None
        number = site.add_notice(ref, kind, _gather(options, "text"), starts=starts, ends=ends)
        click.echo(f"notice/{number}: added{f' to {ref}' if ref else ''}.")


@facts.command()
@click.argument("subject")
@click.option("--adult", type=int, help="The amount for an adult, in VND.")
@click.option("--child", type=int, help="The amount for a child.")
@click.option(
    "--unit", type=click.Choice(v.permitted(v.Unit) or ()), default="VND", show_default=True, help="Per what."
)
@click.option("--from", "valid_from", help="The first day it holds, YYYY-MM-DD.")
@click.option("--to", "valid_to", help="The last day it holds.")
@click.option("--source", help="The id of the source; without it the price is the staff's own.")
@_words("item")
@_words("note", required=False)
@actor_option
def add_price(subject: str, db: Path, actor: str, **options: Any) -> None:
    """Add a price. An old one that it replaces is ended with: facts set price/<number> valid_to 2026-12-31."""
    item, note = _gather(options, "item"), _gather(options, "note")
    with writing(db, actor) as site:
        ref = resolve(site, subject)
        click.echo(f"price/{site.add_price(ref, item, note=note, **options)}: added to {ref}.")


@facts.command()
@click.argument("subject")
@click.confirmation_option(
    prompt="Delete it with all that is said about it (facts history and revert can bring it back)?"
)
@actor_option
def delete(subject: str, db: Path, actor: str) -> None:
    """Delete a subject, or one statement such as notice/3."""
    with writing(db, actor) as site:
        ref = resolve(site, subject)
        site.delete(ref)
        click.echo(f"{ref}: deleted.")


@facts.command()
@click.argument("subject", required=False)
@click.option("--limit", default=20, show_default=True, help="How many changes, newest first.")
@database
def history(subject: Optional[str], limit: int, db: Path) -> None:
    """Show who changed what, and when: of a subject or of everything."""
    with reading(db) as site:
        changes = site.history(resolve(site, subject) if subject else None, limit)
        for change in changes:
            click.echo(change_line(change))
        if not changes:
            click.echo("Nothing was changed since the database was built.")


@facts.command()
@click.argument("change", type=int)
@actor_option
def revert(change: int, db: Path, actor: str) -> None:
    """Undo a change by its number (see history); the undoing is itself recorded."""
    with explained():
        site = SiteDb.open(db, writable=True)
        try:
            undone = site.revert(change, actor)
        finally:
            site.close()
    click.echo(f"Undone: {', '.join(map(str, undone))}.")


@facts.command()
@click.argument("subject", required=False)
@database
def missing(subject: Optional[str], db: Path) -> None:
    """List what is not known yet: of a subject or of everything."""
    with reading(db) as site:
        ref = Ref.of(resolve(site, subject)) if subject else None
        by_subject: dict[Ref, list[str]] = {}
        for about, field in site.missing(ref):
            by_subject.setdefault(about, []).append(field)
        for about, names in by_subject.items():
            click.echo(f"{title(site, about)}: {', '.join(names)}")
        click.echo(f"{sum(map(len, by_subject.values()))} values are not known.")


@facts.command()
@click.option("--limit", default=20, show_default=True, help="How many, newest first.")
def unanswered(limit: int) -> None:
    """List the questions that the bot could not answer."""
    try:
        questions = Visits.at().unanswered.open(limit)
    except VisitsBroken as fault:
        raise click.ClickException(str(fault)) from fault
    for question in questions:
        at = question.at.astimezone(VIET_NAM)
        click.echo(f"{at:%Y-%m-%d %H:%M} [{question.lang}, {question.channel}] {question.text}")


for command in COMMANDS:
    facts.add_command(command)

if __name__ == "__main__":
    main()
