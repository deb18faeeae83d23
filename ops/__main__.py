"""The verbs of ``./run``. Each imports what it needs only when it is called, so that help is quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

PASS_ON = {"ignore_unknown_options": True, "allow_interspersed_args": False, "help_option_names": []}


def ports(function: Any) -> Any:
    """The options that say where the servers listen."""
    for server, port in (("web", 8000), ("actions", 5055), ("bot", 5005)):
        option = click.option(
            f"--{server}-port",
            type=click.IntRange(1, 65535),
            envvar=f"TRUC_{server.upper()}_PORT",
            show_envvar=True,
            help=f"The port of {server} (usually {port}).",
        )
        function = option(function)
    return function


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@ports
@click.option(
    "--host", envvar="TRUC_HOST", show_envvar=True, help="Where to listen: 127.0.0.1 unless set; 0.0.0.0 is all."
)
@click.pass_context
def main(context: click.Context, host: str | None, **chosen: int | None) -> None:
    """Trúc, a visitor assistant for Yên Tử – Vĩnh Nghiêm – Côn Sơn, Kiếp Bạc.

    Without a verb: make what is missing, start the bot, its actions and the pages, and print where to chat.
    """
    from ops.settings import Settings

    context.obj = Settings.read(host=host, ports={name.removesuffix("_port"): port for name, port in chosen.items()})
    if context.invoked_subcommand is None:
        context.invoke(serve)


@main.command()
@click.pass_obj
def serve(settings: Any) -> None:
    """Run everything until Ctrl-C (what ./run does without a verb)."""
    from ops.screen import Screen
    from ops.serve import serve as run

    run(settings, Screen())


@main.command()
@click.argument("server", type=click.Choice(["bot", "actions", "web"]))
@click.pass_obj
def only(settings: Any, server: str) -> None:
    """Be one of the servers, for containers and service managers, which keep it alive themselves.

    Nothing is made first: the site database and the model must be there.
    """
    from ops.only import become

    become(settings, server)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False))
@click.option("--once", is_flag=True, help="Publish what there is now and end.")
@click.pass_obj
def publish(settings: Any, folder: str, once: bool) -> None:
    """Put a copy of the site database into FOLDER whenever it has changed, for other machines to follow."""
    from ops.publishing import publish as run

    run(settings, folder, once)


@main.command()
@click.argument("url")
@click.option("--once", is_flag=True, help="Fetch the present copy when it is another than ours, and end.")
@click.pass_obj
def follow(settings: Any, url: str, once: bool) -> None:
    """Keep this machine's site database the same as the one published at URL (the address of ``publish``'s folder)."""
    from ops.following import follow as run

    run(settings, url, once)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False), required=False)
@click.option("--conversations/--no-conversations", default=True, show_default=True, help="Take conversations along.")
@click.option("--keep", type=click.IntRange(1), default=14, show_default=True, help="How many backups to keep there.")
@click.pass_obj
def backup(settings: Any, folder: str | None, conversations: bool, keep: int) -> None:
    """Write everything of value into one checked file in FOLDER (usually var/backups), also while the servers run."""
    from pathlib import Path

    from ops.backup import backup as run

    click.echo(run(settings, Path(folder) if folder else settings.var / "backups", conversations, keep))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--while-running", is_flag=True, help="Replace it though the servers run here.")
@click.pass_obj
def restore(settings: Any, file: str, while_running: bool) -> None:
    """Put a backup in place of what there is. The former state is kept in var/before-restore-…"""
    from pathlib import Path

    from ops.restore import restore as run

    click.echo(f"Restored. What was there before is in {run(settings, Path(file), while_running)}")


@main.command()
@click.option("--lang", type=click.Choice(["vi", "en"]), help="The language of the first greeting and of the hints.")
@click.option("--sender", help="Who is speaking; the same name goes on with the same conversation.")
@click.pass_obj
def chat(settings: Any, lang: str | None, sender: str | None) -> None:
    """Talk to the bot in the terminal; it is started when it is not running. Ctrl-D leaves."""
    from ops.chat import chat as run

    run(settings, lang or "vi", sender)


@main.command()
@click.pass_obj
def status(settings: Any) -> None:
    """What is running, and how old the facts and the model are."""
    from ops.status import report

    for line in report(settings):
        click.echo(line)


@main.command()
@click.pass_obj
def stop(settings: Any) -> None:
    """Stop what ./run started from this clone."""
    from ops.stop import stop as run

    click.echo(run(settings))


@main.command()
@click.option("--force/--if-needed", default=True, show_default=True, help="Train even when the model is up to date.")
@click.pass_obj
def train(settings: Any, force: bool) -> None:
    """Train the model from config.yml, domain.yml, data/nlu and data/dialogue."""
    _up_to_date(settings, force)


@main.command(context_settings=PASS_ON | {"help_option_names": ["--help"]})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the whole test suite; the ARGUMENTS go to pytest.

    The end-to-end tests train the model when needed and start the real servers on free ports.
    """
    from ops.testing import run_tests

    run_tests(arguments)


@main.command()
@click.option("--overwrite", is_flag=True, help="Let the files win over what staff have changed.")
@click.pass_obj
def load(settings: Any, overwrite: bool) -> None:
    """Load data/facts into the site database. Staff's changes are kept, and said."""
    from ops.database import load_facts

    click.echo(load_facts(settings, overwrite))


@main.command(context_settings=PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def facts(settings: Any, arguments: tuple[str, ...]) -> None:
    """Read and change single facts: get, set, add-place, history, revert …"""
    _hand_over("guide.sitedb.cli", "facts", settings, arguments)


@main.command("eval", context_settings=PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def evaluate(settings: Any, arguments: tuple[str, ...]) -> None:
    """How well questions are understood, on questions that were never trained on."""
    if "--help" not in arguments:
        _up_to_date(settings)
    _hand_over("ops.evaluate", "eval_command", settings, arguments)


@main.command(context_settings=PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def bench(settings: Any, arguments: tuple[str, ...]) -> None:
    """Measure start, training, memory and answering times, side by side with the stock Rasa bot."""
    _hand_over("bench.command", "bench", settings, arguments)


@main.command(context_settings=PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def channel(settings: Any, arguments: tuple[str, ...]) -> None:
    """Set up, check and try out Telegram and Zalo."""
    _hand_over("ops.channel", "channel", settings, arguments)


@main.command(context_settings=PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def staff(settings: Any, arguments: tuple[str, ...]) -> None:
    """Invite people to the staff console, see who may sign in."""
    if "--help" not in arguments:
        from ops.database import ensure_database
        from ops.screen import Screen

        ensure_database(settings, Screen(quiet=True))
    _hand_over("web.console.command", "staff", settings, arguments)


@main.command()
def lock() -> None:
    """Resolve pyproject.toml into requirements.lock again."""
    from ops.locking import resolve

    resolve()


def _up_to_date(settings: Any, force: bool = False) -> None:
    """Database and model as ./run would make them."""
    from ops.database import ensure_database
    from ops.model import ensure_model
    from ops.screen import Screen

    ensure_database(settings, Screen())
    ensure_model(settings, Screen(), force)


def _hand_over(module: str, name: str, settings: Any, arguments: tuple[str, ...]) -> None:
    """Let a click command of another room take the rest of the line, with the same places in its environment."""
    import os

    os.environ.update(settings.child_environ())
    command: click.Command = getattr(import_module(module), name)
    command.main(args=list(arguments), prog_name=f"./run {click.get_current_context().info_name}", obj=settings)


if __name__ == "__main__":
    main(prog_name="./run")
