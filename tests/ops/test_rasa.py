"""Rasa with schemas that are checked once says the same about what it is given, and sooner."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import Any

import jsonschema
import pytest

from ops import rasa
from ops.settings import ROOT, Settings

SCHEMA = {"type": "object", "properties": {"entity": {"type": "string"}}, "required": ["entity"]}


@pytest.mark.parametrize(
    "instance",
    [
        pytest.param({"entity": "place"}, id="right"),
        pytest.param({"entity": 1}, id="wrong type"),
        pytest.param({}, id="missing"),
        pytest.param([], id="no object"),
    ],
)
def test_it_says_what_jsonschema_says(instance: Any) -> None:
    def verdict(validate: Any) -> str | None:
        try:
            validate(instance, SCHEMA)
        except jsonschema.ValidationError as wrong:
            return wrong.message
        return None

    assert verdict(rasa.validate) == verdict(jsonschema.validate)


def test_a_schema_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kind, checked = jsonschema.validators.validator_for(SCHEMA), []
    monkeypatch.setattr(kind, "check_schema", lambda schema: checked.append(schema))
    rasa._validator.cache_clear()
    for _ in range(3):
        rasa.validate({"entity": "place"}, dict(SCHEMA))
    assert len(checked) == 1


def test_a_wrong_schema_is_still_an_error() -> None:
    with pytest.raises(jsonschema.SchemaError):
        rasa.validate({}, {"type": "no such type"})


class Agent:
    """Stands in for Rasa's agent."""

    def __init__(self, ready: bool) -> None:
        self.is_ready = lambda: ready


@pytest.mark.parametrize("agent", [pytest.param(None, id="no agent"), pytest.param(Agent(False), id="no model in it")])
def test_a_server_without_a_model_ends(agent: Agent | None) -> None:
    async def load(path: str) -> Agent | None:
        return agent

    with pytest.raises(rasa.NoModel, match="./run train"):
        asyncio.run(rasa.require_model(load)("models/truc.tar.gz"))


def test_a_server_with_a_model_goes_on() -> None:
    async def load(path: str) -> Agent:
        return ready

    ready = Agent(True)
    assert asyncio.run(rasa.require_model(load)("models/truc.tar.gz")) is ready


def test_rasas_command_line_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ops.rasa", "--version"], cwd=ROOT, env=os.environ | Settings.read({}).child_environ(),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Rasa Version" in done.stdout


def test_domain_and_training_data_agree() -> None:
    """What ``rasa data validate`` checks: what is used is declared, what is declared is used."""
    done = subprocess.run(
        [sys.executable, "-m", "ops.rasa", "data", "validate", "--data", "data/nlu", "data/dialogue"], cwd=ROOT,
        env=Settings.read({}).child_environ(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
