"""Those who run it see that it works and what a message went through, and never what was said or who said it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import requests

REQUEST = re.compile(r"\[request ([0-9a-f]{16})\]")
SECRET = "mấy giờ Chùa Đồng mở cửa vậy bạn ơi 0912345678"


def figures(servers, name: str) -> str:
    token = servers.settings.metrics_token()
    answer = requests.get(f"{servers.url(name)}/metrics", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert answer.status_code == 200
    return answer.text


def figure(text: str, start: str) -> float:
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(start))


def log(servers, name: str) -> str:
    return Path(servers.settings.logs / f"{name}.log").read_text("utf-8")


@pytest.mark.parametrize("name", ["bot", "actions", "web"])
def test_each_server_says_that_it_lives_and_is_ready(servers, name: str) -> None:
    for path in ("health", "ready"):
        assert requests.get(f"{servers.url(name)}/{path}", timeout=10).status_code == 200


@pytest.mark.parametrize("name", ["bot", "actions", "web"])
@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}])
def test_figures_are_for_those_with_the_token_only(servers, name: str, given: dict[str, str]) -> None:
    assert requests.get(f"{servers.url(name)}/metrics", headers=given, timeout=10).status_code == 404


def test_one_message_is_found_in_both_logs_and_counted_and_its_text_in_neither(servers, ask, sender) -> None:
    before = {name: figures(servers, name) for name in ("bot", "actions")}
    ask(SECRET)
    turns = [line for line in log(servers, "bot").splitlines() if "turn channel=rest" in line]
    (request,) = REQUEST.findall(turns[-1])
    deadline = time.monotonic() + 5
    while request not in log(servers, "actions") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert request in log(servers, "actions")
    after = {name: figures(servers, name) for name in ("bot", "actions")}
    for name, start in (
        ("bot", 'truc_messages_total{channel="rest",result="answered"}'),
        ("bot", "truc_intents_total"),
        *(("bot", f'truc_stage_seconds_count{{stage="{stage}"}}') for stage in ("nlu", "policy", "action", "whole")),
        ("actions", "truc_action_seconds_count"),
        ("actions", "truc_turns_total"),
    ):
        assert figure(after[name], start) > figure(before[name], start), start
    for told in (*after.values(), log(servers, "bot"), log(servers, "actions")):
        assert "0912345678" not in told and sender not in told
