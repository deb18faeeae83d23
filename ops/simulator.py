"""``./run channel simulate``: the platform's side of a conversation, in the terminal.

A small server takes the calls that the bot makes and shows them; what is typed goes to the bot's webhook, proved as the
platform would prove it. The bot that runs already is used when it was started for this, that is, with the channel's
``…_API`` on this machine; otherwise one is started, with settings of its own.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import click
import requests

from bot.channels.credentials import CHANNELS, settings_of, write
from ops.background import running
from ops.database import ensure_database
from ops.launcher import Service
from ops.model import ensure_model
from ops.ports import free_ports
from ops.screen import Screen
from ops.services import services
from ops.settings import ROOT, Settings
from ops.simulated import BODIES, proof

SECRET = "simulated-secret"
SETTINGS = {
    "telegram": {"token": "1:simulated", "secret": SECRET},
    "zalo_bot": {"token": "1:simulated", "secret": SECRET},
    "zalo_oa": {"app_id": "1", "app_secret": SECRET, "oa_secret": SECRET, "refresh_token": "simulated"},
}
QUIET_SECONDS = 2.5
PATIENCE_SECONDS = 30.0


class _Platform(BaseHTTPRequestHandler):
    """Says yes to everything and hands it on."""

    calls: queue.Queue[tuple[str, Any]]
    numbers = itertools.count(1)

    def do_POST(self) -> None:
        """One call of the bot."""
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            params = json.loads(raw)
        except ValueError:
            params = {"file or form": len(raw)}
        method = urlsplit(self.path).path.rsplit("/", 1)[-1]
        self.calls.put((method, params))
        number = next(self.numbers)
        result = {"message_id": number, "id": 1, "username": "simulated_bot"}
        tokens = {"access_token": f"a{number}", "refresh_token": f"r{number}", "expires_in": "90000"}
        answer = {"ok": True, "result": result, "error": 0, "data": {"message_id": str(number)}, **tokens}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def simulate(settings: Settings, name: str, lang: str) -> None:
    """Talk until Ctrl-D."""
    given = settings_of(name, os.environ)
    here = urlsplit(given.get("api", ""))
    uses_running = here.hostname in ("127.0.0.1", "localhost")
    calls: queue.Queue[tuple[str, Any]] = queue.Queue()
    handler = type("Platform", (_Platform,), {"calls": calls})
    with ThreadingHTTPServer(("127.0.0.1", here.port if uses_running and here.port else 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        if uses_running:
            _converse(settings.url("bot"), name, given, lang, calls)
        else:
            made = SETTINGS[name] | {"api": address} | ({"oauth": address} if name == "zalo_oa" else {})
            with _bot(settings, name, made) as url:
                _converse(url, name, made, lang, calls)
        server.shutdown()


@contextmanager
def _bot(settings: Settings, name: str, given: dict[str, str]) -> Iterator[str]:
    """A bot and its actions on free ports, with this channel as it was given. Yields the bot's address."""
    screen, ports = Screen(), dict(zip(("bot", "actions"), free_ports(2), strict=True))
    ensure_database(settings, screen)
    ensure_model(settings, screen)
    apart = replace(settings.with_ports(ports), var=settings.var / "simulation")
    screen.doing("servers", "starting bot and actions")
    with running(with_channels(apart, {name: given}), screen.line):
        yield apart.url("bot")


def with_channels(settings: Settings, given: Mapping[str, Mapping[str, str]]) -> list[Service]:
    """Bot and actions, the bot with these messengers and their settings, whatever the environment says."""
    every = [(one, values) for name, values in given.items() for one in CHANNELS[name].settings if one.name in values]
    variables = {one.variable: values[one.name] for one, values in every}
    file = write(ROOT / "credentials.yml", variables, settings.var / "run" / "credentials.messengers.yml")
    store = {"TRUC_CHANNELS_STORE": f"sqlite:///{settings.var / 'channels.db'}", "TRUC_CHANNELS_KEY": SECRET}
    bot, actions = services(settings, ("bot", "actions"))
    command = list(bot.command)
    command[command.index("--credentials") + 1] = str(file)
    return [replace(bot, command=command, environ={**bot.environ, **variables, **store}), actions]


def _converse(bot: str, name: str, given: dict[str, str], lang: str, calls: queue.Queue[tuple[str, Any]]) -> None:
    click.echo("\n  Type as a visitor would; a number presses a button; +lat,lon shares a position. Ctrl-D leaves.\n")
    numbers = itertools.count(int(time.time()))
    buttons: list[Any] = []
    while True:
        try:
            typed = input("> ").strip()
        except EOFError:
            click.echo()
            return
        chosen = buttons[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(buttons) else None
        body = BODIES[name](typed, chosen, next(numbers), lang, given)
        raw = json.dumps(body, ensure_ascii=False).encode()
        headers = proof(name, raw, body, given)
        answer = requests.post(f"{bot}/webhooks/{name}/webhook", data=raw, headers=headers, timeout=10)
        if answer.status_code != 200:
            click.echo(f"  the webhook answered {answer.status_code}")
            continue
        buttons = _shown(calls)


def _shown(calls: queue.Queue[tuple[str, Any]]) -> list[Any]:
    """Print what the bot sends until it is quiet; return the buttons that it offers."""
    buttons: list[Any] = []
    said, wait = False, PATIENCE_SECONDS
    while True:
        try:
            method, params = calls.get(timeout=wait)
        except queue.Empty:
            if not said:
                click.echo("  (no answer)")
            return buttons
        message = params.get("message") or params
        if text := message.get("text") or message.get("caption"):
            said, wait = True, QUIET_SECONDS
            click.echo("\n".join(f"  {line}" for line in str(text).splitlines()))
        elif method not in ("getMe", "access_token", "sendChatAction", "editMessageReplyMarkup", "answerCallbackQuery"):
            click.echo(f"  [{method}] {json.dumps(params, ensure_ascii=False)[:300]}")
        for button in _buttons(message):
            buttons.append(button)
            click.echo(f"    {len(buttons)}. {button.get('text') or button.get('title')}")


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard") or []
    template = ((message.get("attachment") or {}).get("payload") or {}).get("buttons") or []
    return [button for row in rows for button in row if "callback_data" in button] + [
        button for button in template if button["type"].startswith("oa.query")
    ]
