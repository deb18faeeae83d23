"""What goes through the bot, for ``./run status``: from the figures that it keeps for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Mapping

import requests
from prometheus_client.parser import text_string_to_metric_families

from ops.screen import span
from ops.settings import Settings

PATIENCE = 2.0  # seconds
HOUR = 3600.0


def traffic(settings: Settings) -> str:
    """When the last message was, how many were answered, how many wait, and how long the channels' tokens last."""
    try:
        headers = {"Authorization": f"Bearer {settings.metrics_token()}"}
        answer = requests.get(f"{settings.url('bot')}/metrics", headers=headers, timeout=PATIENCE)
        answer.raise_for_status()
    except requests.RequestException:
        return "unknown while the bot does not answer"
    return ", ".join(told(read(answer.text), time.time()))


def read(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """Figures in Prometheus' text format: name → values of the labels → figure."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def told(figures: Mapping[str, Mapping[tuple[str, ...], float]], now: float) -> list[str]:
    """The figures in words. ``now``: Unix time."""
    messages = figures.get("truc_messages_total", {})
    last = figures.get("truc_last_message_timestamp_seconds", {}).get((), 0.0)
    waiting = figures.get("truc_channel_waiting_conversations", {})
    answered = sum(number for (_, result), number in messages.items() if result == "answered")
    words = [f"last message {span(now - last)} ago" if last else "no message since the bot was started"]
    words += [f"{answered:.0f} answered", f"{sum(messages.values()) - answered:.0f} with an apology"]
    words.append(f"{sum(waiting.values()):.0f} conversations waiting")
    for (channel,), left in figures.get("truc_channel_token_seconds_left", {}).items():
        words.append(f"token of {channel} good for {left / HOUR:.1f} h")
    return words
