"""Where the servers listen, and what is said when they can't."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.errors import AlreadyRunning, BadSetting, PortInUse
from ops.ports import free_ports, is_free, require_free
from ops.screen import Screen
from ops.serve import serve
from ops.services import services
from ops.settings import PORTS, Settings
from ops.state import Running, State


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which this process listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_the_usual_ports() -> None:
    assert Settings.read({}).ports == {"bot": 5005, "actions": 5055, "web": 8000}


def test_the_environment_says_otherwise_and_an_option_wins() -> None:
    environ = {"TRUC_BOT_PORT": "6005", "TRUC_WEB_PORT": "9000"}
    assert Settings.read(environ, ports={"web": 9001, "bot": None}).ports == {"bot": 6005, "actions": 5055, "web": 9001}


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "50 05", "5005.0"])
def test_a_port_that_is_none_is_refused_by_name(value: str) -> None:
    with pytest.raises(BadSetting, match=f"TRUC_BOT_PORT is '{value}'"):
        Settings.read({"TRUC_BOT_PORT": value})


def test_a_port_in_use_is_named_with_its_owner_and_the_way_out(taken: int, tmp_path: Path) -> None:
    settings = Settings({"bot": taken, "actions": 1, "web": 2}, var=tmp_path)
    with pytest.raises(PortInUse) as refusal:
        require_free(settings, ("bot",))
    message = refusal.value.message
    assert f"port {taken}, which bot needs, is in use" in message
    assert f"(process {os.getpid()})" in message
    assert "./run --bot-port" in message and "TRUC_BOT_PORT=" in message


def test_a_second_start_from_the_same_clone_is_refused(tmp_path: Path) -> None:
    settings = Settings(PORTS, var=tmp_path)
    State(os.getpid(), (Running("bot", 1, 5005, 0.0),)).write(settings.state)
    with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}\).*./run stop"):
        serve(settings, Screen(quiet=True))


def test_free_ports_are_different_and_free() -> None:
    found = free_ports(5)
    assert len(set(found)) == 5
    assert all(is_free("127.0.0.1", port) for port in found)


def test_the_servers_hear_where_everything_is(tmp_path: Path) -> None:
    settings = Settings.read(
        {"TRUC_VAR": str(tmp_path), "TRUC_WEB_ORIGINS": "https://yentu.example"}, ports={"actions": 7}
    )
    environ = settings.child_environ({"PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1"})
    assert environ["PATH"] == "/bin"
    assert environ["TRUC_ACTIONS_URL"] == "http://127.0.0.1:7/webhook"
    assert environ["TRUC_SITE_DB"] == str(tmp_path / "site.db")
    assert environ["TRUC_TRACKER_URL"] == f"sqlite:///{tmp_path}/conversations.db"
    assert environ["RASA_TELEMETRY_ENABLED"] == "false"
    assert "PYTHONDONTWRITEBYTECODE" not in environ
    bot, actions, web = services(settings)
    assert "https://yentu.example" in bot.command, "a page of that site may talk to the bot"
    assert "7" in actions.command
    assert web.health == "http://127.0.0.1:8000/healthz"


def test_listening_everywhere_is_still_reached_on_this_machine() -> None:
    assert Settings.read({}, host="0.0.0.0").url("bot") == "http://127.0.0.1:5005"
