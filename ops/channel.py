"""``./run channel …``: set the messengers up, see whether all is well, try them out without an account."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import click

from bot.channels.credentials import CHANNELS, IncompleteChannel, missing, settings_of, write
from bot.channels.findings import Finding
from ops.channel_checks import ADDRESS, alerts, asked, settings_findings, store, tokens_of, webhook
from ops.errors import BadSetting, OpsError
from ops.settings import ROOT, Settings

NOT_PREPARED = "(it could not even be prepared; the bot's log says why)"
NAME = click.argument("name", type=click.Choice(sorted(CHANNELS)))


def credentials_file(settings: Settings, environ: Mapping[str, str] = os.environ) -> Path:
    """The credentials file for the bot server: ours, and the messengers that are configured. Raises BadSetting."""
    try:
        return write(ROOT / "credentials.yml", environ, settings.var / "run" / "credentials.yml")
    except IncompleteChannel as incomplete:
        raise BadSetting(str(incomplete)) from incomplete


@click.group()
@click.pass_obj
def channel(settings: Settings) -> None:
    """Telegram and Zalo: set up, check, try out."""
    os.environ.update(settings.child_environ())


@channel.command()
@NAME
@click.option("--offline", is_flag=True, help="Look at the settings only, ask nobody.")
def check(name: str, offline: bool) -> None:
    """Is the channel set up as it must be? Says what is wrong; the exit code is 1 then."""
    findings = list(settings_findings(name))
    if all(finding.fine for finding in findings) and not offline:
        findings += asked(name, "inspect")
        findings += alerts(name)
    _show(findings)


@channel.command()
@NAME
def register(name: str) -> None:
    """Tell the platform where the webhook is (and Telegram the menu of commands)."""
    findings = list(settings_findings(name))
    if name == "zalo_oa":
        raise OpsError(f"Zalo's console takes the address by hand: {webhook(name) or 'set ' + ADDRESS}")
    if not webhook(name):
        raise OpsError(f"set {ADDRESS} to how the platform reaches the bot, such as https://chat.yentu.example")
    _show(findings if any(not finding.fine for finding in findings) else asked(name, "register"))


@channel.command()
@click.argument("name", type=click.Choice(["telegram", "zalo_bot"]))
def unregister(name: str) -> None:
    """Have the platform deliver no more: before polling, or before another machine takes over."""
    _require(name)
    _show(asked(name, "unregister"))


@channel.command()
@click.option("--callback", required=True, help="The callback address that the app's console has.")
def authorise(callback: str) -> None:
    """Let the administrator of a Zalo OA authorise the app, once."""
    from bot.channels.zalo_oa import oauth

    _require("zalo_oa")
    given = settings_of("zalo_oa", os.environ)
    verifier, state = oauth.new_verifier(), oauth.new_verifier()
    click.echo("Open this page as the OA's administrator and agree:\n")
    click.echo(f"  {oauth.permission_page(given['app_id'], callback, verifier, state)}\n")
    came = click.prompt("Paste the address to which you were led back")
    _show([_authorised(given, came, verifier, state)])


@channel.command()
@click.option("--resend", metavar="ID", help="Send one of them again, and take it off the list.")
def failed(resend: str | None) -> None:
    """What could not be delivered, newest first."""
    from bot.channels.messengers.state import said, send_again

    kept = store()
    if resend:
        if not send_again(kept, resend):
            raise OpsError(f"there is no undelivered message {resend} that could be sent")
        click.echo("It will be sent within a few seconds, while the bot runs.")
        return
    for one in kept.buried():
        when = datetime.fromtimestamp(one.at).strftime("%Y-%m-%d %H:%M")
        click.echo(f"{one.id:>6}  {when}  {one.conversation}  {one.reason}\n        {said(one.body) or NOT_PREPARED}")


@channel.command()
@NAME
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.pass_obj
def simulate(settings: Settings, name: str, lang: str) -> None:
    """Talk through the channel's real webhook, in the terminal, without an account. Ctrl-D leaves."""
    from ops.simulator import simulate as run

    run(settings, name, lang)


def _require(name: str) -> None:
    lacking = missing(name, os.environ)
    if lacking:
        raise OpsError(f"{', '.join(lacking)} must be set; docs/channels.md says where they come from")


def _authorised(given: dict[str, str], came: str, verifier: str, state: str) -> Finding:
    from bot.channels.messengers.transport import MaybeSent, NotSent, Transport
    from bot.channels.zalo_oa import oauth
    from bot.channels.zalo_oa.tokens import OAUTH_BASE

    answer = {name: values[0] for name, values in parse_qs(urlsplit(came.strip()).query).items()}
    if answer.get("state") != state or not answer.get("code"):
        return Finding(False, "this address is not the one to which this authorisation led")
    transport = Transport(given.get("oauth") or OAUTH_BASE)
    try:
        pair = oauth.exchange_code(transport, given["app_id"], given["app_secret"], answer["code"], verifier)
    except (oauth.NotAuthorised, NotSent, MaybeSent) as refused:
        return Finding(False, str(refused) or "Zalo could not be reached")
    tokens_of(given).save_now(pair)
    return Finding(True, "the tokens are kept; they are renewed by themselves while the bot runs")


def _show(findings: list[Finding]) -> None:
    """Print them; exit with 1 when something is wrong."""
    for finding in findings:
        click.echo(f"  {'ok   ' if finding.fine else 'WRONG'}  {finding.text}")
    if any(not finding.fine for finding in findings):
        raise SystemExit(1)
