"""``./run status`` tells what goes through the bot."""

from __future__ import annotations

from pathlib import Path

from ops.ports import free_ports
from ops.settings import Settings
from ops.traffic import read, told, traffic

FIGURES = """
# TYPE truc_messages_total counter
truc_messages_total{channel="web",result="answered"} 40
truc_messages_total{channel="rest",result="answered"} 2
truc_messages_total{channel="web",result="apology"} 1
# TYPE truc_last_message_timestamp_seconds gauge
truc_last_message_timestamp_seconds 1000
# TYPE truc_channel_waiting_conversations gauge
truc_channel_waiting_conversations{channel="telegram"} 3
# TYPE truc_channel_token_seconds_left gauge
truc_channel_token_seconds_left{channel="zalo_oa"} 72000
"""


def test_the_figures_are_told_in_words() -> None:
    assert told(read(FIGURES), 1120) == [
        "last message 2 min ago",
        "42 answered",
        "1 with an apology",
        "3 conversations waiting",
        "token of zalo_oa good for 20.0 h",
    ]


def test_a_bot_that_nobody_has_talked_to() -> None:
    assert told({}, 1120)[0] == "no message since the bot was started"


def test_without_a_bot_nothing_is_known(tmp_path: Path) -> None:
    settings = Settings(dict(zip(("bot", "actions", "web"), free_ports(3), strict=True)), var=tmp_path)
    assert traffic(settings) == "unknown while the bot does not answer"
