"""The measurements measure: the crowd is as large as it was asked to be, and the figures are those of the answers."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.bots import QUESTIONS
from bench.command import bench, figures, table
from bench.fresh import _versions
from bench.visitors import Load, visit


class SlowBot(ThreadingHTTPServer):
    """Answers everything but 'silence', and counts who came and how many were there at once."""

    def __init__(self) -> None:
        self.senders: Counter[str] = Counter()
        self.here = self.most = 0
        self.lock = threading.Lock()
        self.together = threading.Barrier(1)
        super().__init__(("127.0.0.1", 0), SlowHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class SlowHandler(BaseHTTPRequestHandler):
    server: SlowBot

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.senders[body["sender"]] += 1
            self.server.here += 1
            self.server.most = max(self.server.most, self.server.here)
        self.server.together.wait(5)
        with self.server.lock:
            self.server.here -= 1
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"[]" if body["message"] == "silence" else b'[{"text": "hi"}]')

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def bot() -> Iterator[SlowBot]:
    with SlowBot() as it:
        thread = threading.Thread(target=it.serve_forever, args=(0.01,))
        thread.start()
        yield it
        it.shutdown()
        thread.join()


def test_a_crowd_comes_at_once_and_everybody_says_as_much(bot: SlowBot) -> None:
    bot.together = threading.Barrier(4)  # no answer before four have asked
    load = visit(bot.url, ["hello"], visitors=4, messages=3)
    assert sorted(bot.senders.values()) == [3, 3, 3, 3]
    assert bot.most == 4
    assert load.summary()["messages"] == 12
    assert load.unanswered == 0


def test_an_empty_answer_is_no_answer(bot: SlowBot) -> None:
    load = visit(bot.url, ["hello", "silence"], visitors=1, messages=4)
    assert load.unanswered == 2


def test_percentiles_and_rate() -> None:
    load = Load(visitors=1, seconds=10.0, times=[n / 1000 for n in range(1, 102)])
    assert load.summary() == {
        "visitors": 1, "messages": 101, "unanswered": 0,
        "p50_ms": 51.0, "p95_ms": 96.0, "p99_ms": 100.0, "messages_per_second": 10.1,
    }  # fmt: skip


TRUC = {
    "train_seconds": 20.0,
    "memory": {"bot": {"rss_mb": 500.0, "pss_mb": 450.0}, "web": {"rss_mb": 100.0, "pss_mb": 50.0}},
    "load": [Load(visitors=16, seconds=2.0, times=[0.01, 0.01]).summary()],
}
STOCK = {"train_seconds": 70.0, "memory": {"bot": {"rss_mb": 1200.0, "pss_mb": 1100.0}}}


def test_memory_is_summed_over_the_processes() -> None:
    assert figures(TRUC)["memory of all, PSS, MB"] == 500.0


def test_the_table_has_both_and_their_ratio() -> None:
    rows = [re.split(" {2,}", line) for line in table({"truc": TRUC, "stock": STOCK}).splitlines()]
    lines = {label: [value for value in values if value] for label, *values in rows}
    assert lines["training, s"] == ["20.0", "70.0", "3.5×"]
    assert lines["memory of all, PSS, MB"] == ["500.0", "1100.0", "2.2×"]
    assert lines["memory of web, RSS, MB"] == ["100.0", "–"]
    assert lines["16 visitors: p50, ms"] == ["10.0", "–"]


def test_versions_are_taken_from_the_lock_file_without_hashes() -> None:
    lock = "# made by\nrasa==3.6.21 ; os_name == 'x' \\\n    --hash=sha256:00 \\\n    # via truc\nnumpy==1.23.5 \\\n"
    assert _versions(lock) == "rasa==3.6.21 ; os_name == 'x'\nnumpy==1.23.5"


def test_both_bots_have_as_much_to_be_asked() -> None:
    assert len(QUESTIONS["truc"]) == len(QUESTIONS["stock"]) >= 16


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(bench, ["everything"])
    assert done.exit_code == 2
    assert "fresh" in done.output
