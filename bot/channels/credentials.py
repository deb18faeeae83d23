"""credentials.yml for the messengers that the environment configures. Secrets stay there: only names are written.

A channel is on when the variables that it needs are set, and off, without a word, when none of them is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

import yaml


@dataclass(frozen=True)
class Setting:
    """A setting of a channel: its name in credentials.yml, its variable, and what it is for."""

    name: str
    variable: str
    says: str
    needed: bool = False


@dataclass(frozen=True)
class Channel:
    """A messenger: the class that Rasa loads, and its settings."""

    path: str
    settings: tuple[Setting, ...]


class IncompleteChannel(Exception):
    """Some of the variables that a channel needs are set, others are not"""

    def __init__(self, channel: str, missing: list[str]) -> None:
        super().__init__(f"{channel} is configured in part: {', '.join(missing)} is missing (docs/channels.md)")


def _address(prefix: str) -> tuple[Setting, ...]:
    return (
        Setting("api", f"{prefix}_API", "base address of the interface, for tests and simulation"),
        Setting("calls_a_second", f"{prefix}_CALLS_A_SECOND", "most calls a second of one bot process"),
        Setting("calls_in_a_chat", f"{prefix}_CALLS_IN_A_CHAT", "most messages at once in a chat, then one a second"),
    )


CHANNELS: dict[str, Channel] = {
    "telegram": Channel(
        "bot.channels.telegram.channel.TelegramInput",
        (
            Setting("token", "TRUC_TELEGRAM_TOKEN", "bot token, from @BotFather", needed=True),
            Setting("secret", "TRUC_TELEGRAM_SECRET", "of your choice: 1–256 of A–Z a–z 0–9 _ -", needed=True),
            *_address("TRUC_TELEGRAM"),
        ),
    ),
    "zalo_oa": Channel(
        "bot.channels.zalo_oa.channel.ZaloOaInput",
        (
            Setting("app_id", "TRUC_ZALO_OA_APP_ID", "App ID", needed=True),
            Setting("app_secret", "TRUC_ZALO_OA_APP_SECRET", "App Secret Key", needed=True),
            Setting("oa_secret", "TRUC_ZALO_OA_SECRET", "OA Secret Key, from the Webhook page", needed=True),
            Setting("refresh_token", "TRUC_ZALO_OA_REFRESH_TOKEN", "a first refresh token, instead of `authorise`"),
            Setting("proof", "TRUC_ZALO_OA_PROOF", "1 when the app requires appsecret_proof"),
            Setting("lists", "TRUC_ZALO_OA_LISTS", "1 to show several pictures as a list template"),
            Setting("paid", "TRUC_ZALO_OA_PAID", "1 to allow charged messages between 48 hours and 7 days"),
            Setting("oauth", "TRUC_ZALO_OA_OAUTH", "base address of the token server, for tests"),
            *_address("TRUC_ZALO_OA"),
        ),
    ),
    "zalo_bot": Channel(
        "bot.channels.zalo_bot.channel.ZaloBotInput",
        (
            Setting("token", "TRUC_ZALO_BOT_TOKEN", "bot token, from the OA “Zalo Bot Manager”", needed=True),
            Setting("secret", "TRUC_ZALO_BOT_SECRET", "of your choice: 8–256 characters; not needed for polling"),
            Setting("polling", "TRUC_ZALO_BOT_POLLING", "1 to poll, where there is no public address"),
            *_address("TRUC_ZALO_BOT"),
        ),
    ),
}
COMMON = (
    Setting("store", "TRUC_CHANNELS_STORE", "where messages wait: a SQLAlchemy or Redis URL; usually var/channels.db"),
    Setting("key", "TRUC_CHANNELS_KEY", "key of the account hashes; usually made in var/channels.key"),
    Setting("public_url", "TRUC_PUBLIC_URL", "how visitors reach the pages, for pictures and files"),
)


def settings_of(channel: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The values of a channel's settings that the environment has."""
    found = {setting.name: environ.get(setting.variable, "") for setting in CHANNELS[channel].settings}
    return {name: value for name, value in found.items() if value}


def missing(channel: str, environ: Mapping[str, str]) -> list[str]:
    """The variables that a channel needs and that are not set."""
    return [one.variable for one in CHANNELS[channel].settings if one.needed and not environ.get(one.variable)]


def entries(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What belongs into credentials.yml: ``${VARIABLE}`` for each setting that is set. Raises IncompleteChannel."""
    made: dict[str, dict[str, str]] = {}
    for name, channel in CHANNELS.items():
        needed = [setting.variable for setting in channel.settings if setting.needed]
        lacking = missing(name, environ)
        if lacking and len(lacking) < len(needed):
            raise IncompleteChannel(name, lacking)
        if not lacking:
            given = [setting for setting in channel.settings if environ.get(setting.variable)]
            made[channel.path] = {setting.name: f"${{{setting.variable}}}" for setting in given}
    return made


def write(base: Path, environ: Mapping[str, str], target: Path) -> Path:
    """Write the channels of ``base`` and those that the environment configures to ``target``, and return that.

    ``base`` itself is returned when no messenger is configured. Raises IncompleteChannel.
    """
    more = entries(environ)
    if not more:
        return base
    channels: dict[str, Any] = yaml.safe_load(base.read_text("utf-8")) or {}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(yaml.safe_dump(channels | more, sort_keys=False), "utf-8")
    return target
