"""What deploy/ says is true: every file, verb, variable and measurement that it names is there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ops.__main__ import main
from ops.cluster.nginx import NGINX
from ops.settings import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = [DEPLOY / "compose.yml", DEPLOY / "scale" / "compose.yml"]
VARIABLE = re.compile(r"\$\{(\w+)(?::-[^}]*)?\}")
# What Prometheus and its client add by themselves.
GIVEN = {"up", "process_resident_memory_bytes"}


def source() -> str:
    """All code of the project."""
    rooms = (ROOT / room for room in ("actions", "bot", "guide", "ops", "web"))
    return "\n".join(path.read_text("utf-8") for room in rooms for path in room.rglob("*.py"))


def services(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text("utf-8"))["services"]


def of_ours(file: Path) -> dict[str, Any]:
    return {name: service for name, service in services(file).items() if service["image"] == "truc"}


def names(file: Path) -> set[str]:
    """The variables that an example of an .env file has."""
    return set(re.findall(r"^#? ?(\w+)=", file.read_text("utf-8"), re.M))


@pytest.mark.parametrize("file", COMPOSE, ids=["one-host", "scale"])
def test_every_service_is_given_what_it_needs_and_no_more(file: Path) -> None:
    for name, service in services(file).items():
        assert service.get("build") or ":" in service["image"], f"{name}: the image has no version"
        assert service["restart"] == "always" or name == "facts"
        for needed in service.get("depends_on", ()):
            assert needed in services(file)
        for volume in service.get("volumes", ()):
            here, inside, *_ = VARIABLE.sub("/x", volume).split(":")
            assert inside.startswith("/")
            assert not here.startswith(".") or (file.parent / here).exists(), f"{name}: {here}"
    for name, service in of_ours(file).items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"] and service["volumes"], name
        assert "ports" not in service, "only nginx is reached from outside"
        for env_file in service["env_file"]:
            assert (file.parent / env_file).exists() or (file.parent / f"{env_file}.example").exists()


@pytest.mark.parametrize("file", COMPOSE, ids=["one-host", "scale"])
def test_every_command_is_a_verb(file: Path) -> None:
    for service in of_ours(file).values():
        line = service["command"] or shlex.split(service["entrypoint"][-1].split("-m ops ")[1])
        verb, *arguments = [word.rstrip(";") for word in line if word != "done"]
        main.commands[verb].make_context(verb, arguments, resilient_parsing=False)


@pytest.mark.parametrize("file", COMPOSE, ids=["one-host", "scale"])
def test_every_variable_is_one_that_the_code_reads(file: Path) -> None:
    code, template = source(), (NGINX / "truc.conf.template").read_text("utf-8")
    endpoints = (DEPLOY / "scale" / "endpoints.yml").read_text("utf-8")
    for name, service in of_ours(file).items():
        for variable in service["environment"]:
            if variable.startswith("TRUC_"):
                assert variable in code or variable in endpoints or variable.endswith("_PORT"), f"{name}: {variable}"
    for variable in names(DEPLOY / "scale" / "scale.env"):
        assert variable in code or not variable.startswith("TRUC_"), variable
    wanted = set(re.findall(r"\$\{(TRUC_\w+)\}", template))
    assert wanted == {name for name in services(file)["nginx"]["environment"] if name.startswith("TRUC_")}
    assert set(VARIABLE.findall(file.read_text("utf-8"))) <= names(file.parent / ".env.example")


def test_the_image_is_made_of_what_is_there_and_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    for line in words:
        if line[0] == "COPY":
            for file in [word for word in line[1:-1] if not word.startswith("--")]:
                made = file.removeprefix("/app/")
                assert made in (".venv", "models") or (ROOT / made).exists(), file
    assert ["USER", "truc"] in words
    assert words[-2] == ["ENTRYPOINT", '["python",', '"-m",', '"ops"]'] and words[-1][0] == "CMD"
    python = [line[1] for line in words if line[0] == "FROM"]
    assert all(image.startswith("python:3.10-") for image in python)


def rules() -> Iterator[str]:
    """Every expression of the alerts and the dashboard."""
    alerts = yaml.safe_load((DEPLOY / "scale" / "alerts.yml").read_text("utf-8"))
    yield from (rule["expr"] for group in alerts["groups"] for rule in group["rules"])
    board = json.loads((DEPLOY / "scale" / "grafana" / "dashboards" / "truc.json").read_text("utf-8"))
    yield from (target["expr"] for panel in board["panels"] for target in panel["targets"])


def test_every_figure_that_is_watched_is_measured() -> None:
    measured = set(re.findall(r'(?:Counter|Gauge|Histogram)\(\s*"(truc_\w+)"', source()))
    for rule in rules():
        for name in re.findall(r"\b(truc_\w+|process_\w+|up)\b", rule):
            plain = re.sub(r"_(total|bucket|sum|count)$", "", name)
            assert plain in measured or name in measured | GIVEN, f"{name} in {rule}"


def test_prometheus_asks_services_that_there_are() -> None:
    asked = yaml.safe_load((DEPLOY / "scale" / "prometheus.yml").read_text("utf-8"))
    there = services(DEPLOY / "scale" / "compose.yml")
    for job in asked["scrape_configs"]:
        assert {name for found in job["dns_sd_configs"] for name in found["names"]} <= set(there)
    assert all((DEPLOY / "scale" / file).exists() for file in asked["rule_files"])


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = []
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text("utf-8").replace("/opt/truc/.venv/bin/python", sys.executable)
        units.append(tmp_path / unit.name)
        units[-1].write_text(text, "utf-8")
        for verb, *arguments in [shlex.split(line) for line in re.findall(r"^ExecStart=.* -m ops (.*)$", text, re.M)]:
            main.commands[verb].make_context(verb, arguments)
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert not [line for line in done.stderr.splitlines() if "truc-" in line], done.stderr
