"""The action server dies: the visitor is told to try again, and the conversation goes on when it is back."""

from __future__ import annotations

import os
import signal
import time

from tests.e2e.evidence import plain

BACK_WITHIN = 40.0  # seconds


def test_a_dead_action_server_is_an_apology_and_loses_nothing(ask, servers) -> None:
    ask("giá vé Yên Tử")
    os.killpg(servers.keepers["actions"].pid, signal.SIGKILL)
    (sorry, *_) = ask("thế còn Côn Sơn?")
    assert "xin loi" in plain(sorry["text"])
    deadline = time.monotonic() + BACK_WITHIN
    answer = sorry
    while "custom" not in answer and time.monotonic() < deadline:
        time.sleep(0.5)
        (answer, *_) = ask("thế còn Côn Sơn?")
    assert "Côn Sơn" in answer["text"], "the topic was forgotten"
