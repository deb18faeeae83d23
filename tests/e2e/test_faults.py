"""Something below an answer breaks: the visitor is told to try again, and the conversation goes on afterwards."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from guide.sitedb import SiteDb
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


def test_a_writer_that_holds_the_site_database_keeps_no_visitor_waiting(ask, servers) -> None:
    with closing(sqlite3.connect(servers.settings.site_db, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        (answer, *_) = ask("giá vé Yên Tử")
        writer.execute("ROLLBACK")
    assert "Yên Tử" in answer["text"] and time.monotonic() - began < 2


@pytest.mark.parametrize("damage", [None, b"no database " * 1000], ids=["missing", "corrupt"])
def test_a_lost_site_database_is_an_apology_and_a_restored_one_is_used_at_once(
    damage: bytes | None, ask, servers, tmp_path: Path
) -> None:
    site_db = servers.settings.site_db
    with closing(SiteDb.open(site_db)) as site:
        site.connection.backup(whole := sqlite3.connect(tmp_path / "whole.db"))
        whole.close()
    ask("giá vé Yên Tử")
    try:
        for lost in site_db.parent.glob(f"{site_db.name}*"):
            if not lost.name.endswith(".json"):
                lost.unlink()
        if damage:
            site_db.write_bytes(damage)
        (sorry, *_) = ask("thế còn Côn Sơn?")
        assert "xin loi" in plain(sorry["text"])
    finally:
        (tmp_path / "whole.db").replace(site_db)
    (answer, *_) = ask("thế còn Côn Sơn?")
    assert "Côn Sơn" in answer["text"], "the topic was forgotten"
