"""The launcher: up together, kept up, down together."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from ops.errors import StartFailed
from ops.health import answers
from ops.launcher import Launcher, Pace, Service
from ops.ports import free_ports

Fake = Callable[..., Service]


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something has come true; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.02)


def run(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 40))


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_all_come_up_and_answer_and_all_end(fake: Fake, heard, pace: Pace, tmp_path: Path) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot"), fake("actions"), fake("web")], heard, pace=pace)
        await launcher.start()
        assert [await answers(keeper.service.health) for keeper in launcher.keepers] == [True] * 3
        assert {name for name, text in heard if text.startswith("ready")} == {"bot", "actions", "web"}
        await launcher.stop()
        assert [keeper.pid for keeper in launcher.keepers] == [None] * 3

    run(story)
    assert not any(alive(int(pid)) for pid in (tmp_path / "pids").read_text().split())


def test_one_that_is_killed_is_started_again_and_said_so(fake: Fake, heard, pace: Pace) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot"), fake("web")], heard, pace=pace)
        await launcher.start()
        bot, web = launcher.keepers
        before, neighbour = bot.pid, web.pid
        os.kill(before, signal.SIGKILL)
        await until(lambda: bool(heard.about("is back")))
        assert bot.pid not in (None, before)
        assert bot.restarts == 1
        assert web.pid == neighbour, "the others are left alone"
        await launcher.stop()

    run(story)
    assert heard.about("is down") == [
        f"is down: it was ended by SIGKILL. Starting it again in 0.1 s; its log is {heard_log(heard)}"
    ]


def heard_log(heard) -> str:
    return heard.about("is down")[0].rsplit(" ", 1)[1]


def test_the_pause_doubles_while_it_keeps_dying(fake: Fake, heard, pace: Pace) -> None:
    async def story() -> None:
        service = fake("bot")
        launcher = Launcher([service], heard, pace=pace)
        await launcher.start()
        keeper = launcher.keepers[0]
        keeper.service = replace(service, command=[*service.command, "dies"])
        os.kill(keeper.pid, signal.SIGKILL)
        await until(lambda: len(heard.about("is down")) >= 5)
        await launcher.stop()

    run(story)
    pauses = [text.split("again in ")[1].split(" s")[0] for text in heard.about("is down")]
    assert pauses[:5] == ["0.1", "0.2", "0.4", "0.4", "0.4"]
    assert "it ended with exit code 3" in heard.about("is down")[1]


def test_a_long_calm_life_forgives_earlier_failures(fake: Fake, heard, pace: Pace) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot")], heard, pace=replace(pace, calm=0.05))
        await launcher.start()
        for count in (1, 2):
            await asyncio.sleep(0.2)
            os.kill(launcher.keepers[0].pid, signal.SIGKILL)
            await until(lambda count=count: len(heard.about("is back")) == count)
        await launcher.stop()

    run(story)
    assert all("again in 0.1 s" in text for text in heard.about("is down"))


def test_one_that_is_alive_and_silent_is_started_again(fake: Fake, heard, pace: Pace) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot", "deaf")], heard, pace=pace)
        await launcher.start()
        await until(lambda: bool(heard.about("is back")))
        await launcher.stop()

    run(story)
    assert "it did not answer for 0.5 s" in heard.about("is down")[0]


@pytest.mark.parametrize(
    ("behaviour", "patience", "reason"),
    [
        pytest.param("dies", 10, "it ended with exit code 3", id="ends at once"),
        pytest.param("mute", 0.6, "within 0.6 s", id="never answers"),
    ],
)
def test_a_first_start_that_fails_ends_the_others(
    fake: Fake, heard, pace: Pace, tmp_path: Path, behaviour: str, patience: float, reason: str
) -> None:
    async def story() -> None:
        launcher = Launcher([fake("web"), fake("bot", behaviour, patience=patience)], heard, pace=pace)
        with pytest.raises(StartFailed, match="bot did not start") as failure:
            await launcher.start()
        assert reason in str(failure.value)
        assert "fake server is starting" in str(failure.value), "the end of the log is shown"

    run(story)
    assert not any(alive(int(pid)) for pid in (tmp_path / "pids").read_text().split())


def test_one_that_ignores_the_farewell_is_killed(fake: Fake, heard, pace: Pace, tmp_path: Path) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot", "stubborn")], heard, pace=replace(pace, farewell=0.3))
        await launcher.start()
        began = time.monotonic()
        await launcher.stop()
        assert 0.3 <= time.monotonic() - began < 2

    run(story)
    assert not alive(int((tmp_path / "pids").read_text()))


def test_hurry_kills_at_once(fake: Fake, heard, pace: Pace) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot", "stubborn")], heard, pace=replace(pace, farewell=30))
        await launcher.start()
        launcher.hurry()
        began = time.monotonic()
        await launcher.stop()
        assert time.monotonic() - began < 2

    run(story)


def test_no_grandchild_is_left_behind(fake: Fake, heard, pace: Pace, tmp_path: Path) -> None:
    async def story() -> None:
        launcher = Launcher([fake("bot", "parent")], heard, pace=pace)
        await launcher.start()
        assert alive(int((tmp_path / "children").read_text()))
        await launcher.stop()
        await until(lambda: not alive(int((tmp_path / "children").read_text())))

    run(story)


ORPHAN_STORY = """
import asyncio, sys
from pathlib import Path
from ops.launcher import Launcher, Service
async def story():
    command, port, log = sys.argv[3:], sys.argv[1], Path(sys.argv[2])
    await Launcher([Service("bot", command, f"http://127.0.0.1:{port}/", log)], print).start()
    await asyncio.sleep(60)
asyncio.run(story())
"""


def test_servers_end_when_the_launcher_is_killed(fake: Fake, tmp_path: Path) -> None:
    port = free_ports(1)[0]
    service = fake("bot", port=port)
    launcher = subprocess.Popen(
        [sys.executable, "-c", ORPHAN_STORY, str(port), str(service.log), *service.command], stdout=subprocess.PIPE
    )
    assert b"ready" in launcher.stdout.readline()
    server = int((tmp_path / "pids").read_text())
    launcher.kill()
    launcher.communicate()
    asyncio.run(until(lambda: not alive(server)))


def test_every_start_begins_a_new_log_and_keeps_the_last(fake: Fake, heard, pace: Pace, tmp_path: Path) -> None:
    (tmp_path / "bot.log").write_text("of the last time")

    async def story() -> None:
        launcher = Launcher([fake("bot")], heard, pace=pace)
        await launcher.start()
        await launcher.stop()

    run(story)
    assert (tmp_path / "bot.log").read_text().startswith("fake server is starting\n")
    assert (tmp_path / "bot.log.1").read_text() == "of the last time"


def test_pauses_have_a_longest() -> None:
    assert [Pace().pause(failures) for failures in (1, 2, 3, 6, 7, 50)] == [1, 2, 4, 32, 60, 60]
