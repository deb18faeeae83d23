"""Whole conversations (talks/*.yml), 3 to 8 turns each: every answer shows rows of the database on what was meant.

A turn says something (``say``; ``press`` a button by the number of its place; ``at`` a position; ``place`` of the page)
and expects: ``shows``, pairs of topic and subject of which a row each must stand in the answer, in this order;
``lang``; ``buttons``, payloads offered; ``asks``, words of a question asked back; ``recorded``, kept for staff.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.conversation import TIMEZONE
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.visits import Visits
from ops.rest import say
from tests.e2e.conftest import kept
from tests.e2e.evidence import owns_up, rows_for, shows

TALKS = [
    {**talk, "file": path.stem}
    for path in sorted(Path(__file__).with_name("talks").glob("*.yml"))
    for talk in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.fixture(scope="module")
def rows(servers) -> SiteDb:
    return SiteDb.open(servers.settings.site_db)


def test_enough_is_talked_about() -> None:
    assert len(TALKS) >= 40
    assert all(3 <= len(talk["turns"]) <= 8 for talk in TALKS)
    assert {turn.get("lang", "vi") for talk in TALKS for turn in talk["turns"]} == {"vi", "en"}


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: f"{talk['file']}: {talk['name']}")
def test_a_conversation_goes_as_people_mean_it(
    talk: dict[str, Any], servers, sender: str, rows: SiteDb, left: Visits
) -> None:
    buttons: list[dict[str, str]] = []
    for turn in talk["turns"]:
        payload = buttons[turn["press"] - 1]["payload"] if "press" in turn else None
        words = buttons[turn["press"] - 1]["title"] if "press" in turn else turn.get("say", "")
        given = {"lang": turn.get("page_lang"), "place": turn.get("place"), "location": turn.get("at")}
        (message,) = say(servers.url("bot"), sender, words, payload, **{k: v for k, v in given.items() if v})
        buttons = message.get("buttons", [])
        check(turn, message, words, rows, left)


def check(turn: dict[str, Any], message: dict[str, Any], said: str, rows: SiteDb, left: Visits) -> None:
    """Whether one answer is what its turn expects."""
    answer, lang = message["text"], turn.get("lang", "vi")
    assert message["custom"]["lang"] == lang, answer
    for topic, subject in turn.get("shows", ()):
        ref = Ref.parse(subject) if subject else None
        expected = rows_for(rows, topic, ref, lang, datetime.now(TIMEZONE))
        assert shows(answer, expected) or owns_up(answer, rows, topic, ref, lang), (
            f"{said}: no {topic} of {ref} in {answer}"
        )
    offered = {button["payload"] for button in message.get("buttons", [])}
    assert set(turn.get("buttons", ())) <= offered, f"{said}: {offered}"
    for words in turn.get("has", ()):
        assert words in answer, f"{said}: {answer}"
    if turn.get("recorded"):
        assert kept(left, said)
