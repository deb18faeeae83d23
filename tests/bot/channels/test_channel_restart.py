"""kill -9 in the middle of a turn, and stops at every other point: what was acknowledged is answered, once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

import pytest

from bot.channels.messengers.calls import Call
from bot.channels.messengers.stores import open_store
from tests.bot.channels.kit import serving
from tests.bot.channels.platforms import FAST, Messenger

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, of each kind."""
    if request.param == "redis":
        return str(request.getfixturevalue("redis_url"))
    return f"sqlite:///{tmp_path / 'channels.db'}"


def line(process: subprocess.Popen[str], beginning: str) -> str:
    """The rest of the next line of its output that begins so."""
    assert process.stdout
    for one in process.stdout:
        if one.startswith(beginning):
            return one[len(beginning) :].strip()
    raise AssertionError("the server has ended")


@pytest.fixture
def victim(telegram: Messenger, store: str) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own."""
    settings = json.dumps({**FAST, **telegram.settings, "store": store})
    command = [sys.executable, "-W", "ignore", "-m", "tests.bot.channels.killed_server", settings]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield process
        process.kill()


def test_a_killed_server_owes_no_answer(telegram: Messenger, store: str, victim: subprocess.Popen[str]) -> None:
    address = line(victim, "address ")
    for number in (1, 2, 3):
        assert telegram.say(address, f"câu {number}", number=number).status_code == 200
    line(victim, "turn")
    victim.kill()
    victim.wait()
    with serving(telegram.make(store)) as server:
        telegram.standin.wait_for(lambda: len(telegram.told()) == 3, 4)
        telegram.say(server.url, "câu 1", number=1)
        telegram.say(server.url, "câu 4", number=4)
        telegram.standin.wait_for(lambda: len(telegram.told()) == 4)
    assert telegram.told() == [f"re: câu {number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("step", "trying", "sent", "kept"),
    [
        pytest.param(0, False, ["một", "hai"], 0, id="before-the-first-call"),
        pytest.param(1, False, ["hai"], 0, id="between-two-calls"),
        pytest.param(0, True, ["hai"], 1, id="while-the-first-was-being-made"),
        pytest.param(1, True, [], 1, id="while-the-last-was-being-made"),
    ],
)
def test_an_answer_goes_on_where_it_stopped(
    telegram: Messenger, store: str, step: int, trying: bool, sent: list[str], kept: int
) -> None:
    """What may have arrived is not said again: it is kept for staff."""
    calls = [Call("sendMessage", "70001", {"chat_id": "70001", "text": text}).to_json() for text in ("một", "hai")]
    before = open_store(store)
    before.add("telegram:somebody", calls, time.time())
    job = before.first("telegram:somebody")
    assert job
    before.progress(job, step, trying)
    before.close()
    channel = telegram.make(store)
    with serving(channel):
        telegram.standin.wait_for(lambda: not channel._shelf.store.waiting("telegram"))
        assert len(channel._shelf.store.buried()) == kept
    assert telegram.told() == sent


def test_two_bots_behind_one_address_share_the_work(telegram: Messenger, store: str) -> None:
    """Whichever of them gets a message, each visitor is answered once and in order."""
    with serving(telegram.make(store, settle=0.3)) as one, serving(telegram.make(store, settle=0.3)) as other:
        for number in range(1, 7):
            for who in (1, 2, 3, 4):
                url = one.url if (number + who) % 2 else other.url
                assert telegram.say(url, f"câu {number}", who, who * 100 + number).status_code == 200
                assert telegram.say(other.url, f"câu {number}", who, who * 100 + number).status_code == 200
        telegram.standin.wait_for(lambda: all(len(telegram.told(who)) >= 6 for who in (1, 2, 3, 4)), 10)
        assert one.agent.heard and other.agent.heard
    assert all(telegram.told(who) == [f"re: câu {number}" for number in range(1, 7)] for who in (1, 2, 3, 4))


def test_what_is_half_a_day_old_is_not_answered_any_more(telegram: Messenger, store: str) -> None:
    channel, before = telegram.make(store), open_store(store)
    incoming = channel.platform.read(telegram.body("giá vé hôm qua?", 70_001, 1))
    before.accept("telegram:x", "1", 1, incoming.to_json(), time.time() - 13 * 3_600)
    before.close()
    with serving(channel) as server:
        telegram.standin.wait_for(lambda: not channel._shelf.store.waiting("telegram"))
        assert server.agent.heard == []


def test_a_full_disk_asks_the_platform_to_repeat(
    telegram: Messenger, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.channels.messengers.stores import StoreFault

    channel = telegram.make(store)
    with serving(channel) as server:

        def full(*_: object) -> None:
            raise StoreFault("disk full")

        with monkeypatch.context() as patched:
            patched.setattr(channel._shelf.store, "accept", full)
            assert telegram.say(server.url, "giá vé?", number=1).status_code == 503
        assert telegram.say(server.url, "giá vé?", number=1).status_code == 200
        assert telegram.standin.wait_for(telegram.told) == ["re: giá vé?"]
