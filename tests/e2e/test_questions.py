"""Single questions in both languages, with and without diacritics, over REST: each answer shows a database row."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.conversation import TIMEZONE
from guide.dialogue.intents import topic_of
from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.e2e.evidence import owns_up, rows_for, shows, way

HERE = Path(__file__).parent
QUESTIONS = [
    question for path in sorted(HERE.glob("questions*.yml")) for question in yaml.safe_load(path.read_text("utf-8"))
]
LONGEST = 1_200  # characters of an answer in a chat


@pytest.fixture(scope="module")
def rows(servers) -> SiteDb:
    """The database that the servers answer from."""
    return SiteDb.open(servers.settings.site_db)


def test_enough_is_asked() -> None:
    kinds = {(question["lang"], question["text"].isascii()) for question in QUESTIONS}
    assert len(QUESTIONS) >= 80
    assert kinds == {("vi", True), ("vi", False), ("en", True), ("en", False)}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question['lang']}: {question['text']}")
def test_a_question_is_answered_from_the_database(question: dict[str, Any], ask, rows: SiteDb) -> None:
    messages = ask(question["text"])
    answer = "\n".join(message["text"] for message in messages)
    assert answer.strip()
    assert all(len(message["text"]) <= LONGEST for message in messages)
    assert {message["custom"]["lang"] for message in messages} == {question["lang"]}
    topic = topic_of(question["intent"])
    if topic:
        ref = Ref.parse(question["subject"]) if question.get("subject") else None
        expected = rows_for(rows, topic, ref, question["lang"], datetime.now(TIMEZONE))
        if ref and question.get("origin"):
            expected += way(rows, Ref.parse(question["origin"]), ref)
        assert shows(answer, expected) or owns_up(answer, rows, topic, ref, question["lang"]), (
            f"no row on {topic} of {ref} in:\n{answer}"
        )
