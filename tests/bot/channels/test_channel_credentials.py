"""Which channels are on: decided by the environment, written without secrets, explained in docs/channels.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from rasa.shared.utils.common import class_from_module_path

from bot.channels.credentials import CHANNELS, COMMON, IncompleteChannel, entries, write
from bot.channels.messengers.settings import BadCredentials, Common
from bot.channels.telegram.channel import TelegramInput

ROOT = Path(__file__).parents[3]
TELEGRAM = {"TRUC_TELEGRAM_TOKEN": "1:secret-token", "TRUC_TELEGRAM_SECRET": "secret"}


def test_without_accounts_rasa_gets_our_own_file(tmp_path: Path) -> None:
    base = ROOT / "credentials.yml"
    assert write(base, {"PATH": "x"}, tmp_path / "credentials.yml") == base


def test_a_configured_channel_is_added_and_no_secret_is_written(tmp_path: Path) -> None:
    written = write(ROOT / "credentials.yml", TELEGRAM, tmp_path / "run" / "credentials.yml")
    channels = yaml.safe_load(written.read_text("utf-8"))
    assert set(yaml.safe_load((ROOT / "credentials.yml").read_text("utf-8"))) < set(channels)
    assert channels[CHANNELS["telegram"].path] == {
        "token": "${TRUC_TELEGRAM_TOKEN}",
        "secret": "${TRUC_TELEGRAM_SECRET}",
    }
    assert "secret-token" not in written.read_text("utf-8")


def test_half_a_configuration_names_what_is_missing() -> None:
    with pytest.raises(IncompleteChannel, match="TRUC_TELEGRAM_SECRET"):
        entries({"TRUC_TELEGRAM_TOKEN": "x"})


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_rasa_finds_each_channel_under_its_name(name: str) -> None:
    assert class_from_module_path(CHANNELS[name].path).name() == name


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_the_commented_entries_are_the_ones_that_are_needed(name: str) -> None:
    comments = re.sub(r"^# ?", "", (ROOT / "credentials.yml").read_text("utf-8"), flags=re.M)
    block = comments.split(f"{CHANNELS[name].path}:\n", 1)[1].split("\nbot.", 1)[0]
    needed = {one.name: f"${{{one.variable}}}" for one in CHANNELS[name].settings if one.needed}
    assert needed.items() <= yaml.safe_load(block).items()


def test_every_variable_is_explained() -> None:
    page = (ROOT / "docs" / "channels.md").read_text("utf-8")
    every = [one.variable for channel in CHANNELS.values() for one in channel.settings] + [
        one.variable for one in COMMON
    ]
    assert not [variable for variable in every if f"`{variable}`" not in page]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param(None, "token, secret", id="nothing"),
        pytest.param({"token": "x"}, "secret", id="no-secret"),
        pytest.param({"token": "x", "secret": "a b"}, "A-Z", id="letters-that-telegram-does-not-take"),
        pytest.param({"token": "x", "secret": "s", "calls_a_second": "many"}, "number", id="not-a-number"),
    ],
)
def test_settings_that_do_not_do_are_explained(
    given: dict[str, str] | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUC_VAR", str(tmp_path))
    with pytest.raises(BadCredentials, match=says):
        TelegramInput.from_credentials(given)


def test_the_key_of_the_hashes_is_made_once_for_its_owner(tmp_path: Path) -> None:
    first, second = (Common.read({}, {"TRUC_VAR": str(tmp_path)}) for _ in range(2))
    assert first.key == second.key and len(first.key) == 64
    assert (tmp_path / "channels.key").stat().st_mode & 0o077 == 0
    assert Common.read({}, {"TRUC_CHANNELS_KEY": "k", "TRUC_VAR": str(tmp_path)}).key == b"k"
