"""The verbs, as they are typed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from ops.__main__ import main
from ops.freshness import Stamp
from ops.ports import free_ports
from ops.settings import PORTS, ROOT, Settings, port_variable
from ops.state import Running, State
from ops.status import span

HELP_OF_RUN = (ROOT / "run").read_text("utf-8").split("set -eu")[0]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_verb_has_help_and_is_named_where_people_look(name: str) -> None:
    assert main.commands[name].help
    assert f"./run {name}" in HELP_OF_RUN or name == "serve", "the head of ./run lists it"
    assert f"./run {name}" in (ROOT / "docs" / "operations.md").read_text("utf-8") or name == "serve"


def test_every_setting_is_explained() -> None:
    source = "".join(path.read_text("utf-8") for path in [ROOT / "run", *(ROOT / "ops").glob("*.py")])
    settings = set(re.findall(r"TRUC_[A-Z_]+[A-Z]", source)) | {port_variable(server) for server in PORTS}
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert {name for name in settings if f"`{name}`" not in explained and f"{name}=" not in explained} == set()


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, ops.__main__; print(sorted({'rasa', 'guide', 'requests', 'yaml', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_bad_port_is_one_readable_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--bot-port", "99999", "status"])
    assert done.exit_code == 2
    assert "99999 is not in the range" in done.output


def test_stop_says_when_nothing_runs(tmp_path: Path) -> None:
    done = CliRunner(env={"TRUC_VAR": str(tmp_path)}).invoke(main, ["stop"])
    assert done.exit_code == 1
    assert "not running here" in done.output


def test_a_state_file_of_a_launcher_that_is_gone_counts_as_nothing(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    State(ended.pid, (Running("bot", 1, 5005, 0.0),)).write(tmp_path / "servers.json")
    assert State.read(tmp_path / "servers.json") is None


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    state = State(os.getpid(), (Running("bot", 12, 5005, 1.5, 2), Running("web", None, 8000, None)))
    state.write(tmp_path / "run" / "servers.json")
    assert State.read(tmp_path / "run" / "servers.json") == state


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, "5 s"), (65, "1 min"), (3600 * 3 + 305, "3 h 05 min"), (86400 * 2 + 3600 * 4, "2 d 4 h")]
)
def test_spans_are_said_as_people_do(seconds: float, said: str) -> None:
    assert span(seconds) == said


SERVE_WITH_STANDINS = """
import sys
from pathlib import Path
import ops.serve
from ops.launcher import Service
from ops.screen import Screen
from ops.settings import Settings

folder, fake = Path(sys.argv[1]), sys.argv[2]
settings = Settings(dict(zip(("bot", "actions", "web"), map(int, sys.argv[3:6]))), var=folder)
ops.serve.ensure_database = ops.serve.ensure_model = lambda settings, screen: screen.line("made", "up to date")
ops.serve.services = lambda settings: [
    Service(name, [sys.executable, "-S", fake, str(port), str(folder)], settings.url(name) + "/", folder / name)
    for name, port in settings.ports.items()
]
ops.serve.serve(settings, Screen())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_serving_from_start_to_end(tmp_path: Path, number: signal.Signals) -> None:
    ports = free_ports(3)
    fake = str(Path(__file__).with_name("fake_server.py"))
    command = [sys.executable, "-c", SERVE_WITH_STANDINS, str(tmp_path), fake, *map(str, ports)]
    serving = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines: list[str] = []
    while not any("Ctrl-C ends everything" in line for line in lines):
        line = serving.stdout.readline()
        assert line, "".join(lines)
        lines.append(line)
    assert f"http://localhost:{ports[2]}/" in "".join(lines)
    began = time.monotonic()
    serving.send_signal(number)
    rest, _ = serving.communicate(timeout=10)
    assert time.monotonic() - began < 10
    assert serving.returncode == 0
    assert "All has ended." in rest
    assert not (tmp_path / "run" / "servers.json").exists()


def test_serving_is_refused_when_a_port_is_taken(tmp_path: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner(env={"TRUC_VAR": str(tmp_path)}).invoke(main, ["--web-port", str(port)])
    assert done.exit_code == 1
    assert f"port {port}, which web needs, is in use" in done.output


def test_status_tells_what_is_not_there(tmp_path: Path) -> None:
    environ = {"TRUC_VAR": str(tmp_path), "TRUC_MODELS": str(tmp_path)}
    done = CliRunner(env=environ).invoke(main, ["status"])
    assert done.exit_code == 0
    assert done.output.count("not running") == len(PORTS)
    assert "not trained yet: ./run train" in done.output


def test_the_model_is_trained_once_and_again_when_forced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ops import model
    from ops.screen import Screen

    trainings = []

    def train(settings: Settings) -> None:
        trainings.append(settings.model)
        settings.model.write_bytes(b"a model")

    monkeypatch.setattr(model, "train", train)
    settings = Settings(PORTS, var=tmp_path, models=tmp_path / "models")
    for force in (False, False, True):
        model.ensure_model(settings, Screen(quiet=True), force)
    assert len(trainings) == 2
    assert "seconds" in Stamp(settings.model).read()
