"""What the channels count, for Prometheus' default registry. Never an account, a text or a token as a label."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

RECEIVED = Counter("truc_channel_received", "Webhook calls by what became of them", ["channel", "result"])
ACKNOWLEDGED = Histogram(
    "truc_channel_acknowledge_seconds",
    "From the arrival of a webhook call to its acknowledgement",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2),
)
TURNS = Histogram(
    "truc_channel_turn_seconds",
    "From taking a message up to its answer being ready to send",
    ["channel"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30),
)
CALLS = Counter("truc_channel_calls", "Calls of a platform by their outcome", ["channel", "method", "outcome"])
CHARGED = Counter("truc_channel_charged_messages", "Messages that cost money or package quota", ["channel", "quota"])
WAITING = Gauge("truc_channel_waiting_conversations", "Conversations with messages not answered yet", ["channel"])
ALERTS = Counter("truc_channel_alerts", "Faults that a person must mend", ["channel", "reason"])
REFRESH_LEFT = Gauge(
    "truc_channel_refresh_seconds_left", "Until the refresh token of a channel lapses unless it is renewed", ["channel"]
)
TOKEN_LEFT = Gauge("truc_channel_token_seconds_left", "Until the access token of a channel lapses", ["channel"])
