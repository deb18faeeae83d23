"""``python -m web``: starts, answers, and says clearly why it cannot."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.conftest import ROOT

START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, site_db: Path) -> subprocess.Popen[str]:
    """The web server as a process."""
    environment = {**os.environ, "TRUC_SITE_DB": str(site_db), "TRUC_WEB_PORT": str(port), "TRUC_SECRET_KEY": "test"}
    command = [sys.executable, "-m", "web"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_for(address: str) -> bytes:
    """The answer at an address, as soon as there is one."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(address) as answer:
                return bytes(answer.read())
        except URLError:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.2)


def test_serves_pages_and_widget(site_path: Path) -> None:
    port = free_port()
    server = start(port, site_path)
    try:
        assert b'"status": "ok"' in wait_for(f"http://localhost:{port}/healthz")
        assert b'<html lang="vi">' in wait_for(f"http://localhost:{port}/")
        assert b"customElements" in wait_for(f"http://localhost:{port}/widget.js")
    finally:
        server.terminate()
        server.wait(10)


def test_a_port_in_use_is_named(site_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = start(port, site_path)
        said, _ = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 1
    assert f"127.0.0.1:{port}" in said and "Traceback" not in said


def test_a_missing_database_is_named_with_the_command_that_builds_it(tmp_path: Path) -> None:
    server = start(free_port(), tmp_path / "missing.db")
    said, _ = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 1
    assert "missing.db" in said and "./run load" in said and "Traceback" not in said
