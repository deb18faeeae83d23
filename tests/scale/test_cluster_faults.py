"""What the machines stand on is lost and comes back: no message is lost with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from ops.cluster.cluster import Cluster
from ops.cluster.visitor import Visitor
from tests.e2e.evidence import plain

OUTAGE = 3.0  # seconds
NewVisitor = Callable[[], Visitor]
Record = Callable[[str, object], None]


def answered(guest: Visitor, text: str) -> str:
    """Ask as people do: again, when told to try again in a moment. The answer."""
    for _ in range(8):
        said = guest.ask(text)
        if "xin loi" not in plain(said):
            return said
        time.sleep(1)
    raise AssertionError(said)


@pytest.mark.parametrize("lost", ["redis", "postgresql", "nginx"])
def test_a_store_is_killed_and_comes_back(
    machines: Cluster, visitor: NewVisitor, record_property: Record, lost: str
) -> None:
    guest = visitor()
    guest.ask("giá vé Yên Tử")
    daemon = machines.daemons[lost]
    daemon.kill()
    began = time.monotonic()
    with ThreadPoolExecutor(1) as meanwhile:
        waiting = meanwhile.submit(answered, guest, "thế còn Côn Sơn?")
        time.sleep(OUTAGE)
        daemon.start()
        said = waiting.result()
    record_property("seconds until answered", round(time.monotonic() - began, 1))
    assert "con son" in plain(said)
    assert "con son" in plain(answered(guest, "ở đó mở cửa mấy giờ?")), "the conversation goes on where it was"
    seen = [frame["seq"] for frame in guest.frames]
    assert seen == list(range(seen[0], seen[0] + len(seen))), "nothing is missing and nothing comes twice"


def test_an_action_server_that_hangs_costs_seconds_and_no_answer(
    machines: Cluster, visitor: NewVisitor, record_property: Record
) -> None:
    group = machines.keepers["actions-a"].pid or 0
    guests = [visitor() for _ in range(4)]
    os.killpg(group, signal.SIGSTOP)
    began = time.monotonic()
    try:
        with ThreadPoolExecutor(len(guests)) as crowd:
            said = list(crowd.map(lambda guest: answered(guest, "giá vé Yên Tử"), guests))
    finally:
        os.killpg(group, signal.SIGCONT)
    record_property("seconds until answered", round(time.monotonic() - began, 1))
    assert all("yen tu" in plain(text) for text in said)


def test_a_damaged_copy_of_the_site_database_is_fetched_again(machines: Cluster, record_property: Record) -> None:
    machines.machines["b"].site_db.write_bytes(b"no database " * 1000)
    began = time.monotonic()
    heard, say = "", f"{machines.machines['b'].url('bot')}/webhooks/rest/webhook"
    while "Côn Sơn" not in heard:
        assert time.monotonic() - began < 15, heard
        body = {"sender": f"d{time.monotonic()}", "message": "giới thiệu chùa Côn Sơn"}
        heard = " ".join(message["text"] for message in requests.post(say, json=body).json())
    record_property("seconds until answered", round(time.monotonic() - began, 1))
