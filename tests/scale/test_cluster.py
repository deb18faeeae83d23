"""Two bots, two action servers, two web servers behind nginx over PostgreSQL and Redis: one of each dies, and nobody
notices more than a pause."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import requests

from guide.sitedb import SiteDb
from ops.cluster.cluster import Cluster
from ops.cluster.visitor import Visitor
from tests.e2e.evidence import plain

HEARD_WITHIN = 5.0  # seconds
TALK = ("giá vé Yên Tử", "mấy giờ mở cửa?", "thế còn Côn Sơn?", "how do I get there?", "cảm ơn")
GUESTS = 8
NewVisitor = Callable[[], Visitor]


def talk(guest: Visitor) -> list[str]:
    """A whole conversation; the answers."""
    return [guest.ask(text) for text in TALK]


def kill(machines: Cluster, server: str) -> None:
    os.killpg(machines.keepers[server].pid or 0, signal.SIGKILL)


def wait_until_up(machines: Cluster, server: str) -> None:
    keeper = machines.keepers[server]
    until = time.monotonic() + 60
    while keeper.pid is None or keeper.started is None:
        assert time.monotonic() < until, f"{server} did not come back"
        time.sleep(0.1)


def test_a_conversation_keeps_its_thread_whichever_bot_answers(visitor: NewVisitor) -> None:
    guest = visitor()
    assert "yen tu" in plain(guest.ask("giá vé Yên Tử"))
    assert "con son" in plain(guest.ask("thế còn Côn Sơn?"))


@pytest.mark.parametrize(
    "path",
    ["webhooks/rest/webhook", "webhooks/telegram/set_webhook", "conversations/x/tracker", "model", "status", "metrics"],
)
def test_nginx_shows_nothing_of_rasa_but_the_channels(machines: Cluster, path: str) -> None:
    assert requests.post(f"{machines.url}/{path}", json={}, verify=str(machines.certificate)).status_code == 404


def test_pages_are_served_over_tls_by_both_web_servers(machines: Cluster) -> None:
    for _ in range(4):
        page = requests.get(f"{machines.url}/vi/yen-tu", verify=str(machines.certificate))
        assert page.status_code == 200 and "Yên Tử" in page.text
        assert "max-age" in page.headers["Strict-Transport-Security"]


def test_what_staff_change_on_one_machine_is_heard_on_the_other(machines: Cluster) -> None:
    with closing(SiteDb.open(machines.machines["a"].site_db, writable=True)) as site, site.acting("tests"):
        site.set("place/chua-thanh-mai", "hours", "Mo-Su 06:20-17:40")
    began = time.monotonic()
    say = f"{machines.machines['b'].url('bot')}/webhooks/rest/webhook"  # this bot itself, past nginx
    heard = ""
    while "6:20" not in heard:
        assert time.monotonic() - began < HEARD_WITHIN, heard
        body = {"sender": f"t{time.monotonic()}", "message": "chùa Thanh Mai mở cửa mấy giờ"}
        heard = " ".join(message["text"] for message in requests.post(say, json=body).json())


def test_a_bot_is_killed_under_load_and_no_conversation_is_lost(machines: Cluster, visitor: NewVisitor) -> None:
    guests = [visitor() for _ in range(GUESTS)]
    with ThreadPoolExecutor(GUESTS) as crowd:
        talks = [crowd.submit(talk, guest) for guest in guests]
        time.sleep(1.0)
        kill(machines, "bot-a")
        answers = [one.result() for one in talks]
    for said in answers:
        assert len(said) == len(TALK) and all(said)
        assert "con son" in plain(said[2]), "the topic was forgotten"
        assert not [text for text in said if "xin loi" in plain(text)]
    for guest in guests:
        seen = [frame["seq"] for frame in guest.frames]
        assert seen == list(range(seen[0], seen[0] + 2 * len(TALK))), "each question and each answer once, in order"
    wait_until_up(machines, "bot-a")


def test_an_action_server_is_killed_and_nobody_hears_of_it(machines: Cluster, visitor: NewVisitor) -> None:
    guest = visitor()
    guest.ask("giá vé Yên Tử")
    kill(machines, "actions-a")
    assert not [text for text in (guest.ask(text) for text in TALK) if "xin loi" in plain(text)]
    wait_until_up(machines, "actions-a")


def test_a_web_server_is_killed_and_the_pages_stay(machines: Cluster) -> None:
    kill(machines, "web-b")
    codes = [requests.get(f"{machines.url}/en/", verify=str(machines.certificate)).status_code for _ in range(6)]
    assert codes == [200] * 6
    wait_until_up(machines, "web-b")
